"""Whether we know a child already: likely duplicates within one program, the likeliest first.

An index of groups of three letters and one of birth dates choose at most some fifty children; how alike
each is, is then judged one by one (`likeness`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet, TextField, Value

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.database.names import Plain, ask_for_similarity
from cms_portal.families.birth_dates import dates_near
from cms_portal.families.likeness import Alike, Facts, compare, plain
from cms_portal.families.models import (
    Address,
    Assignment,
    Child,
    Guardian,
    Household,
    HouseholdMembership,
    NotTheSame,
)
from cms_portal.families.models.child import PLAIN_NAME
from cms_portal.families.policies import ADDRESSES, CHILDREN, HOUSEHOLDS, KNOWN_CHILDREN

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

# Each of the three searches brings so many children at most.
AT_MOST = 30
# How much of two names' groups of three letters agrees: alone, or beside a birth date that is near.
ALIKE_ALONE, ALIKE_BESIDE = 0.55, 0.3
OFFERED = 20


@dataclass(frozen=True)
class Likeness:
    """A child who may be the one asked for. Out of reach, only name, birth date and office are told."""

    child: Child
    alike: Alike
    is_reached: bool
    office: str = ""


def likely_same(asked: Child | Facts, *, user: User, program: str | None = None) -> list[Likeness]:
    """Return the children of one program who may be the one asked for, as far as a worker may know.

    Phones and addresses speak only where the worker may read them. Twins come after those who are likely
    the same; whom somebody has said not to be the same is left out. Call it within a transaction.
    """
    child = asked if isinstance(asked, Child) else None
    program = program or child.program  # type: ignore[union-attr]
    on = programs.get(program).today()
    known = KNOWN_CHILDREN.rows(user, Permission.CHILD_MERGE).filter(program=program)
    if child is not None:
        known = _still_offered(known, child)
        asked = Facts.of(child, *_homes_of([child.pk], user, on)[child.pk])
    found = _candidates(known, asked, user, on)  # type: ignore[arg-type]
    return _judged(found, asked, user, on, is_heard=child is None)  # type: ignore[arg-type]


def _still_offered(known: QuerySet[Child], child: Child) -> QuerySet[Child]:
    """Leave out the child itself, and whom a person has told apart from it."""
    told = NotTheSame.objects.standing()
    return known.exclude(
        Q(pk=child.pk)
        | Q(pk__in=told.filter(first=child).values("second"))
        | Q(pk__in=told.filter(second=child).values("first"))
    )


def _judged(
    found: list[Child], asked: Facts, user: User, on: date, *, is_heard: bool
) -> list[Likeness]:
    keys = [one.pk for one in found]
    seen = CHILDREN.rows(user, Permission.CHILD_VIEW).filter(pk__in=keys)
    reached = set(seen.values_list("pk", flat=True)) if keys else set()
    homes = _homes_of(reached, user, on)
    judged = [
        Likeness(
            one,
            compare(asked, Facts.of(one, *homes[one.pk]), is_heard=is_heard),
            one.pk in reached,
        )
        for one in found
    ]
    likely = [one for one in judged if one.alike.is_likely_same or one.alike.is_likely_twin]
    likely.sort(key=lambda one: (one.alike.is_likely_twin, -one.alike.score, one.child.pk))
    return _with_offices(likely[:OFFERED], on)


def _candidates(known: QuerySet[Child], asked: Facts, user: User, on: date) -> list[Child]:
    """Return the children worth judging, each once: by birth date, by name, by home."""
    name = f"{asked.first_name} {asked.last_name}"
    ask_for_similarity(ALIKE_ALONE)
    alike = known.annotate(plain_name=PLAIN_NAME, alike=_similarity(name)).order_by("-alike", "pk")
    by_birth = alike.filter(date_of_birth__in=dates_near(asked.date_of_birth)).filter(
        Q(date_of_birth=asked.date_of_birth) | Q(alike__gte=ALIKE_BESIDE)
    )
    ways = [by_birth[:AT_MOST], alike.filter(plain_name__trigram_similar=name)[:AT_MOST]]
    if homes := _homes_alike(asked, on):
        seen = HOUSEHOLDS.rows(user, Permission.HOUSEHOLD_VIEW).filter(pk__in=homes)
        members = HouseholdMembership.objects.on(on).filter(household__in=seen)
        ways.append(alike.filter(pk__in=members.values("child"))[:AT_MOST])
    first, *rest = ways
    return list({child.pk: child for child in first.union(*rest, all=True)}.values())


def _similarity(name: str) -> TrigramSimilarity:
    plain_name: Any = Plain(Value(name, output_field=TextField()))
    return TrigramSimilarity(PLAIN_NAME, plain_name)


def _homes_alike(asked: Facts, on: date) -> list[int]:
    """Return homes with the same phone or street; whether the worker reads them is asked next."""
    streets = [one.partition("|")[0] for one in asked.addresses]
    by_phone = Guardian.objects.at_home(on).filter(phone__in=asked.phones)
    by_street = Address.objects.on(on).not_hidden().filter(street__plain__in=streets)
    ways = [
        rows.values_list("household_id", flat=True)[:AT_MOST]
        for rows, is_asked in ((by_phone, asked.phones), (by_street, streets))
        if is_asked
    ]
    return list(ways[0].union(*ways[1:])) if ways else []


Homes = dict[int, tuple[frozenset[str], frozenset[str]]]


def _homes_of(children: Iterable[int], user: User, on: date) -> Homes:
    """Return the phones and the addresses of children's homes, as far as the worker may read them."""
    if not children:
        return defaultdict(_no_home)
    lives = HouseholdMembership.objects.on(on).filter(child__in=children)
    lived_in = list(lives.values_list("child", "household"))
    # Asked by their keys: a search through all that the worker may read would be most of the time.
    keys = {home for _child, home in lived_in}
    phones, addresses = _phones_of(keys, user, on), _addresses_of(keys, user, on)
    found: Homes = defaultdict(_no_home)
    for child, home in lived_in:
        told = found[child]
        found[child] = (told[0] | phones[home], told[1] | addresses[home])
    return found


def _phones_of(homes: set[int], user: User, on: date) -> dict[int, set[str]]:
    seen = HOUSEHOLDS.rows(user, Permission.HOUSEHOLD_VIEW).filter(pk__in=homes)
    at_home = Guardian.objects.at_home(on).exclude(phone="").filter(household__in=seen)
    phones = defaultdict(set)
    for home, phone in at_home.values_list("household", "phone"):
        phones[home].add(str(phone))
    return phones


def _addresses_of(homes: set[int], user: User, on: date) -> dict[int, set[str]]:
    shown: Any = ADDRESSES.rows(user, Permission.HOUSEHOLD_VIEW).filter(household__in=homes)
    addresses = defaultdict(set)
    for row in shown.on(on).not_hidden().exclude(street=""):
        addresses[row.household_id].add(address_key(row))
    return addresses


def _no_home() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(), frozenset()


def address_key(row: Address) -> str:
    """Return an address as two are compared: street and unit without signs, and five digits of the ZIP."""
    return f"{row.street}|{plain(row.unit)}|{row.zip_code[:5]}".upper()


def _with_offices(likely: list[Likeness], on: date) -> list[Likeness]:
    """Name the office of those out of reach: not where a hidden home or a placement would be told by it."""
    far = [one.child.pk for one in likely if not one.is_reached]
    if not far:
        return likely
    serving = Assignment.objects.on(on).filter(child__in=far)
    hidden = of_hidden_homes(on).filter(child__in=far)
    serving = serving.exclude(child__in=hidden).order_by("kind", "pk")
    offices = dict(serving.values_list("child", "office__name"))
    return [
        one if one.is_reached else replace(one, office=offices.get(one.child.pk, ""))
        for one in likely
    ]


def of_hidden_homes(on: date) -> QuerySet:
    """Return the children with a hidden home or a placement, whose office nobody else is told."""
    hidden = Household.objects.filter(Q(address_is_confidential=True) | Q(is_placement=True))
    lives = HouseholdMembership.objects.on(on).filter(household__in=hidden)
    return lives.values("child")
