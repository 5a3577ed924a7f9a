"""The people of the demo, whom one click signs in as. Used only where `DEMO_MODE` is on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms_portal.accounts.models import User


@dataclass(frozen=True)
class Persona:
    """Somebody of the demo: the user name, and one line on who they are."""

    slug: str
    who: str | Promise


FAMILIES = (
    Persona(
        "rosa", _("Mother in Santa Fe, reads Spanish. Mateo (9) is enrolled, Lucía (16) in review.")
    ),
    Persona("ben", _("Father in Las Cruces. His newborn did not pass the hearing screen.")),
    Persona("dana", _("Mother in Jackson. The yearly assessment is due in 20 days.")),
    Persona("tess", _("She is 18 and in charge of her own record.")),
    Persona("joe", _("Tess’s father. His view of her record ended on her 18th birthday.")),
    Persona(
        "vic", _("Kept away from Ben’s children by a block. He still has the old phone number.")
    ),
    Persona("hal", _("Navigator. Helps Rosa with one application.")),
)
NEW_MEXICO = (
    Persona("ida", _("Intake worker, Santa Fe.")),
    Persona("cleo", _("Social worker, Las Cruces, with 40 children.")),
    Persona("carla", _("Clinic coordinator, Northeast.")),
    Persona("max", _("Medical Director.")),
    Persona("sam", _("Supervisor.")),
    Persona("prue", _("Supervisor, who takes up requests for a review.")),
    Persona("rita", _("Member of the review committee.")),
)
MISSISSIPPI = (
    Persona("mo", _("Regional care coordinator, Central.")),
    Persona("sue", _("Supervisor.")),
)
BOTH = (
    Persona("pia", _("Privacy officer. Sees who looked and who changed, in each program.")),
    Persona("ana", _("Program administrator: wording, letters, offices, staff.")),
)
GROUPS = (
    ("families", _("Families"), FAMILIES),
    ("new-mexico", _("New Mexico staff"), NEW_MEXICO),
    ("mississippi", _("Mississippi staff"), MISSISSIPPI),
    ("both", _("Staff of both programs"), BOTH),
)
SLUGS = {persona.slug for _key, _title, personas in GROUPS for persona in personas}


@dataclass(frozen=True)
class Person:
    """A persona with the account that the demo data made for it."""

    slug: str
    name: str
    who: str | Promise


def groups() -> Iterator[tuple[str, str | Promise, list[Person]]]:
    """Yield each group of the demo's people who have an account, with its key and title."""
    names = dict(User.objects.filter(username__in=SLUGS).values_list("username", "name"))
    for key, title, personas in GROUPS:
        people = [
            Person(one.slug, names[one.slug], one.who) for one in personas if one.slug in names
        ]
        if people:
            yield key, title, people


def person(slug: str) -> User | None:
    """Return the account of one of the demo's people; nobody else can be signed in as by a click."""
    return User.objects.filter(username=slug).first() if slug in SLUGS else None
