"""Two records side by side: fact by fact, home by home, and how much hangs on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.families.actions.following import FACTS
from cms_portal.families.models import Child
from cms_portal.families.policies import ADDRESSES, HOUSEHOLDS

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

# What a worker learns of a record out of their reach, beside the office that serves it.
ALWAYS_TOLD = ("first_name", "middle_name", "last_name", "date_of_birth")

# How many rows of a kind hang on each of two records: an app registers what it keeps of a child.
Count = Callable[[list[int]], dict[int, int]]
_counts: dict[str | Promise, Count] = {}


def count_for_comparison(label: str | Promise, count: Count) -> None:
    """Show beside two records how many of something each has; an app calls this in `AppConfig.ready()`."""
    _counts[label] = count


@dataclass(frozen=True)
class Line:
    """One thing about both records; `differs` is said in words, too."""

    label: str
    ours: str
    theirs: str

    @property
    def differs(self) -> bool:
        return self.ours != self.theirs

    def cells(self) -> list[dict[str, Any]]:
        return [
            {"text": self.label, "hint": _("Differs") if self.differs else ""},
            {"text": self.ours or "—"},
            {"text": self.theirs or "—"},
        ]


def fact_label(name: str) -> str:
    field: Any = Child._meta.get_field(name)
    return capfirst(str(field.verbose_name))


def fact_words(child: Child, name: str) -> str:
    """Return one fact of a child as a person reads it."""
    value = getattr(child, name)
    field: Any = Child._meta.get_field(name)
    if isinstance(value, list):
        words = dict(field.base_field.flatchoices)
        return ", ".join(str(words[one]) for one in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, ""))
    if hasattr(value, "isoformat"):
        return date_format(value)
    return str(value or "")


def differing_facts(one: Child, other: Child, *, sees_other: bool) -> list[str]:
    """Return the facts that differ, as far as the worker sees them."""
    names = FACTS if sees_other else ALWAYS_TOLD
    return [name for name in names if getattr(one, name) != getattr(other, name)]


def side_by_side(
    one: Child, other: Child, user: User, *, sees_other: bool, office: str = ""
) -> list[Line]:
    """Return what two records hold, line by line, as far as a worker may see the second one."""
    names = FACTS if sees_other else ALWAYS_TOLD
    facts = [
        Line(fact_label(name), fact_words(one, name), fact_words(other, name)) for name in names
    ]
    facts = [line for line in facts if line.ours or line.theirs]
    if not sees_other:
        return [*facts, Line(_("Who serves"), _served(one), office)]
    return [
        *facts,
        Line(_("Homes"), _homes(one, user), _homes(other, user)),
        Line(_("Who speaks for the child"), _adults(one, user), _adults(other, user)),
        Line(_("Who serves"), _served(one), _served(other)),
        *_counted(one, other),
    ]


def _homes(child: Child, user: User) -> str:
    today = programs.get(child.program).today()
    shown = HOUSEHOLDS.rows(user, Permission.HOUSEHOLD_VIEW)
    homes = child.memberships.on(today).filter(household__in=shown).values("household")
    rows: Any = ADDRESSES.rows(user, Permission.HOUSEHOLD_VIEW).filter(household__in=homes)
    current = rows.on(today).not_hidden().order_by("household", "kind")
    return "; ".join(", ".join(address.lines) for address in current if address.lines) or (
        _("No address that you may see") if homes.exists() else ""
    )


def _adults(child: Child, user: User) -> str:
    today = programs.get(child.program).today()
    shown = HOUSEHOLDS.rows(user, Permission.HOUSEHOLD_VIEW)
    held = child.authorities.on(today).filter(guardian__household__in=shown)
    return _joined(
        f"{row.guardian} ({row.get_kind_display()}{_phone(row.guardian)})"
        for row in held.select_related("guardian").order_by("starts_on", "pk")
    )


def _phone(guardian: Any) -> str:
    return f", {guardian.phone.as_national}" if guardian.phone else ""


def _served(child: Child) -> str:
    today = programs.get(child.program).today()
    serving = child.assignments.on(today).select_related("worker", "office").order_by("kind", "pk")
    return _joined(
        f"{row.worker}, {row.office.name}" if row.worker else row.office.name for row in serving
    )


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(words))


def _counted(one: Child, other: Child) -> list[Line]:
    found = []
    for label, count in _counts.items():
        counted = count([one.pk, other.pk])
        ours, theirs = (str(counted.get(child.pk, 0)) for child in (one, other))
        found.append(Line(str(label), ours, theirs))
    return found
