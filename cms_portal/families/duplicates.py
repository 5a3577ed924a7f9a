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
        known = known.exclude(pk__in=_not_offered(child))
        asked = Facts.of(child, *_homes_of([child.pk], user, on)[child.pk])
    found = list(_candidates(known, asked, user, on))  # type: ignore[arg-type]
    return _judged(found, asked, user, on)  # type: ignore[arg-type]


def _judged(found: list[Child], asked: Facts, user: User, on: date) -> list[Likeness]:
    keys = [one.pk for one in found]
    seen = CHILDREN.rows(user, Permission.CHILD_VIEW).filter(pk__in=keys)
    reached = set(seen.values_list("pk", flat=True)) if keys else set()
    homes = _homes_of(reached, user, on)
    judged = [
        Likeness(one, compare(asked, Facts.of(one, *homes[one.pk])), one.pk in reached)
        for one in found
    ]
    likely = [one for one in judged if one.alike.is_likely_same or one.alike.is_likely_twin]
    likely.sort(key=lambda one: (one.alike.is_likely_twin, -one.alike.score, one.child.pk))
    return _with_offices(likely[:OFFERED], on)


def _candidates(known: QuerySet[Child], asked: Facts, user: User, on: date) -> Iterable[Child]:
    """Return the children worth judging, each once: by birth date, by name, by home."""
    name = f"{asked.first_name} {asked.last_name}"
    ask_for_similarity(ALIKE_ALONE)
    alike = known.annotate(plain_name=PLAIN_NAME, alike=_similarity(name))
    by_birth = alike.filter(date_of_birth__in=dates_near(asked.date_of_birth)).filter(
        Q(date_of_birth=asked.date_of_birth) | Q(alike__gte=ALIKE_BESIDE)
    )
    by_name = alike.filter(plain_name__trigram_similar=name)
    ways = [by_birth, by_name]
    if homes := _homes_reached_alike(asked, user, on):
        members = HouseholdMembership.objects.on(on).filter(household__in=homes)
        ways.append(alike.filter(pk__in=members.values("child")))
    found = {child.pk: child for way in ways for child in way.order_by("-alike", "pk")[:AT_MOST]}
    return found.values()


def _similarity(name: str) -> TrigramSimilarity:
    plain_name: Any = Plain(Value(name, output_field=TextField()))
    return TrigramSimilarity(PLAIN_NAME, plain_name)


def _not_offered(child: Child) -> list[int]:
    """Return the child itself, and whom a person has told apart from it."""
    told = NotTheSame.objects.standing().about(child).values_list("first_id", "second_id")
    return [child.pk, *{key for pair in told for key in pair} - {child.pk}]


def _homes_reached_alike(asked: Facts, user: User, on: date) -> list[int]:
    """Return the homes with the same phone or address, of those whose phone and address the worker reads."""
    if not asked.phones and not asked.addresses:
        return []
    streets = [one.partition("|")[0] for one in asked.addresses]
    by_phone = Guardian.objects.at_home(on).filter(phone__in=asked.phones)
    by_street = Address.objects.on(on).not_hidden().filter(street__plain__in=streets)
    keys = {
        *by_phone.values_list("household", flat=True)[:AT_MOST],
        *by_street.values_list("household", flat=True)[:AT_MOST],
    }
    seen = HOUSEHOLDS.rows(user, Permission.HOUSEHOLD_VIEW).filter(pk__in=keys)
    return list(seen.values_list("pk", flat=True)) if keys else []


def _homes_of(
    children: Iterable[int], user: User, on: date
) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """Return the phones and the addresses of children's homes, as far as the worker may read them."""
    lives: dict[int, set[int]] = defaultdict(set)
    members = HouseholdMembership.objects.on(on).filter(child__in=children)
    for child, household in members.values_list("child", "household") if children else []:
        lives[child].add(household)
    keys = set().union(*lives.values())
    phones, addresses = _phones_of(keys, user, on), _addresses_of(keys, user, on)
    return defaultdict(
        lambda: (frozenset(), frozenset()),
        {
            child: (
                frozenset().union(*(phones[home] for home in homes)),
                frozenset().union(*(addresses[home] for home in homes)),
            )
            for child, homes in lives.items()
        },
    )


def _phones_of(homes: set[int], user: User, on: date) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    if homes:
        seen = HOUSEHOLDS.rows(user, Permission.HOUSEHOLD_VIEW).filter(pk__in=homes)
        adults = Guardian.objects.at_home(on).filter(household__in=seen).exclude(phone="")
        for household, phone in adults.values_list("household", "phone"):
            found[household].add(str(phone))
    return found


def _addresses_of(homes: set[int], user: User, on: date) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    if homes:
        rows: Any = ADDRESSES.rows(user, Permission.HOUSEHOLD_VIEW).filter(household__in=homes)
        for row in rows.on(on).not_hidden().exclude(street=""):
            found[row.household_id].add(address_key(row))
    return found


def address_key(row: Address) -> str:
    """Return an address as two are compared: street and unit without signs, and five digits of the ZIP."""
    return f"{row.street}|{plain(row.unit)}|{row.zip_code[:5]}".upper()


def _with_offices(likely: list[Likeness], on: date) -> list[Likeness]:
    """Name the office of those out of reach: not where a hidden home or a placement would be told by it."""
    far = [one.child.pk for one in likely if not one.is_reached]
    if not far:
        return likely
    hidden = Household.objects.filter(Q(address_is_confidential=True) | Q(is_placement=True))
    kept = HouseholdMembership.objects.on(on).filter(child__in=far, household__in=hidden)
    serving = Assignment.objects.on(on).filter(child__in=far)
    serving = serving.exclude(child__in=kept.values("child")).order_by("kind", "pk")
    offices = dict(serving.values_list("child", "office__name"))
    return [
        one if one.is_reached else replace(one, office=offices.get(one.child.pk, ""))
        for one in likely
    ]
