"""Looking for a child we may know, by a name (its own or a parent's), a birth date, or a number.

Found is only whom the worker reaches, in one program. Whoever looks keeps a note of whom they found.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db.models import Q

from cms_portal.access.roles import Permission
from cms_portal.accounts.models import User
from cms_portal.families.duplicates import of_hidden_homes
from cms_portal.families.models import Assignment, Child, Guardian, HouseholdMembership
from cms_portal.families.policies import CHILDREN, KNOWN_CHILDREN
from cms_portal.offices.models import Office

MOST_CHILDREN = 10
LONGEST = 120
NOBODY = Q(pk__in=[])
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_NUMBER = re.compile(r"[0-9A-Za-z]{4}-[0-9A-Za-z]{4}")


def meant_by(words: str) -> Q:
    """Return which children are meant; nobody where nothing was said that could mean one.

    What is longer than a form lets it be is cut, and a zero byte, of which no name consists, left out.
    """
    words = words[:LONGEST].replace("\0", " ")
    if number := _NUMBER.fullmatch(words.strip()):
        return Q(applications__number__iexact=number[0])
    about, rest = Q(), words
    for day in _DAY.finditer(words):
        rest = rest.replace(day[0], " ")
        born = _date(*map(int, day.groups()))
        about &= Q(date_of_birth=born) if born else NOBODY
    for name in rest.replace(",", " ").split():
        about &= _is_called(name)
    return about or NOBODY


def children_reached(meant: Q, *, program: str, user: User) -> list[Child]:
    """Return those of the children meant whom the worker reaches in a program, so many at most."""
    reached: Any = CHILDREN.rows(user, Permission.CHILD_VIEW)
    found = reached.filter(meant, program=program).distinct()
    return list(found.order_by("last_name", "first_name", "pk")[:MOST_CHILDREN])


def offices_that_may_know(meant: Q, *, office: Office, user: User, on: date) -> list[str]:
    """Return the other offices of a program that serve such a child; the child itself is not told.

    Nor is an office that would lead to a hidden home or a placement.
    """
    known: Any = KNOWN_CHILDREN.rows(user, Permission.CHILD_MERGE)
    children = known.filter(meant, program=office.program).values("pk")
    serving = Assignment.objects.on(on).filter(child__in=children, program=office.program)
    hidden = of_hidden_homes(on).filter(child__in=children)
    serving = serving.exclude(office=office).exclude(child__in=hidden)
    names = serving.values_list("office__name", flat=True)
    return sorted(set(names.distinct()[:MOST_CHILDREN]))


def _date(month: int, day: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_called(name: str) -> Q:
    """The children with this in their name, or a parent's: whoever writes to us may name only the parent."""
    own = [
        Q(**{f"{column}__plain__contains": name})
        for column in ("first_name", "middle_name", "last_name", "preferred_name")
    ]
    parents = Guardian.objects.filter(
        Q(first_name__plain__contains=name) | Q(last_name__plain__contains=name)
    )
    homes = HouseholdMembership.objects.filter(household__guardians__in=parents)
    return own[0] | own[1] | own[2] | own[3] | Q(pk__in=homes.values("child"))
