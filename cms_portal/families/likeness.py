"""How alike two children's facts are, and in what: a score and the reasons in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from cms_portal.families.birth_dates import how_near
from cms_portal.families.nicknames import may_be_one_name

if TYPE_CHECKING:
    from cms_portal.families.models import Child

# How much each of the three says about who somebody is; a shared phone or address adds the last.
FIRST, LAST, BORN, HOME = 35, 30, 35, 10
SAME, STRONG, NEAR, MOST, LOW = 1.0, 0.95, 0.8, 0.75, 0.6
# Letters that may differ in a name; in one as short as "Ana" a letter makes another name.
SLIPS, SHORT = 2, 3
# Words that many last names share.
PARTICLES = {"DE", "LA", "DEL", "LOS", "LAS", "VAN", "VON", "SAN"}


@dataclass(frozen=True)
class Facts:
    """What is known of a child when we ask whether we know them already.

    `phones` and `addresses` are those of the homes, plain, and only such as the asker may read.
    """

    first_name: str
    last_name: str
    date_of_birth: date
    middle_name: str = ""
    preferred_name: str = ""
    phones: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        child: Child,
        phones: frozenset[str] = frozenset(),
        addresses: frozenset[str] = frozenset(),
    ) -> Facts:
        return cls(
            first_name=child.first_name,
            last_name=child.last_name,
            date_of_birth=child.date_of_birth,
            middle_name=child.middle_name,
            preferred_name=child.preferred_name,
            phones=phones,
            addresses=addresses,
        )


@dataclass(frozen=True)
class Agreement:
    """How far one fact agrees, from 0 to 1, and how to say it; nothing to say if it hardly does."""

    degree: float
    words: str = ""


@dataclass(frozen=True)
class Alike:
    """What two children have in common."""

    score: int
    reasons: list[str] = field(default_factory=list)
    is_likely_same: bool = False
    is_likely_twin: bool = False


def compare(one: Facts, other: Facts, *, is_heard: bool = False) -> Alike:
    """Say how alike two children are. Twins share all but the first name, and a home.

    What is just heard, on the phone or at a desk, may be quite wrong in one name; of what two records
    hold, that would make one child of many.
    """
    first, last = _names(one, other)
    born = Agreement(*how_near(one.date_of_birth, other.date_of_birth))
    homes = _home(one, other)
    parts = [first.degree * FIRST, last.degree * LAST, born.degree * BORN, HOME if homes else 0]
    is_twin = _is_twin(first, last, born, bool(homes))
    return Alike(
        score=min(100, round(sum(parts))),
        reasons=[part.words for part in (born, first, last) if part.words] + homes,
        is_likely_same=not is_twin
        and (
            (is_heard and _is_heard_wrong(first, last, born))
            or _is_same(first, last, born, bool(homes))
        ),
        is_likely_twin=is_twin,
    )


def _is_twin(first: Agreement, last: Agreement, born: Agreement, shares_home: bool) -> bool:
    is_one_birth = born.degree == SAME and last.degree >= NEAR
    return shares_home and is_one_birth and first.degree < NEAR


def _is_heard_wrong(first: Agreement, last: Agreement, born: Agreement) -> bool:
    return born.degree == SAME and (first.degree >= STRONG or last.degree >= NEAR)


def _is_same(first: Agreement, last: Agreement, born: Agreement, shares_home: bool) -> bool:
    if born.degree == SAME:
        is_named_anew = first.degree >= STRONG and (shares_home or last.degree >= LOW)
        return is_named_anew or (first.degree >= LOW and last.degree >= NEAR)
    if born.degree >= NEAR:
        return first.degree >= NEAR and last.degree >= NEAR
    is_one_name = first.degree >= STRONG and last.degree >= NEAR
    return is_one_name and (shares_home or born.degree > 0)


def _names(one: Facts, other: Facts) -> tuple[Agreement, Agreement]:
    straight = _first(one, other), _last(one, other)
    crossed = (
        ratio(plain(one.first_name), plain(other.last_name)) / 100,
        ratio(plain(one.last_name), plain(other.first_name)) / 100,
    )
    if min(crossed) >= NEAR and sum(crossed) > sum(part.degree for part in straight):
        return Agreement(crossed[0], _("first and last name are swapped")), Agreement(crossed[1])
    return straight


def _first(one: Facts, other: Facts) -> Agreement:
    """Compare every name a child goes by with every name of the other; the nearest pair counts."""
    both = bool(one.middle_name and other.middle_name)
    ours, theirs = _called(one, both), _called(other, both)
    # "María Elena" is called María by some and Elena by others; but she is not María Isabel.
    pairs = [(a, b) for a in ours for b in theirs]
    pairs += [(word, b) for a in ours for word in a.split() for b in theirs]
    pairs += [(a, word) for a in ours for b in theirs for word in b.split()]
    return max((_first_pair(a, b) for a, b in pairs), key=lambda found: found.degree)


def _called(facts: Facts, with_middle: bool) -> list[str]:
    whole = f"{facts.first_name} {facts.middle_name}"
    names = [whole, facts.preferred_name] + ([] if with_middle else [facts.first_name])
    return sorted({plain(name) for name in names if name.strip()})


def _first_pair(one: str, other: str) -> Agreement:
    if one == other:
        return Agreement(SAME, _("same first name"))
    if may_be_one_name(one, other):
        return Agreement(STRONG, _("first name is a short form of the other"))
    return _letters(one, other, _first_words)


def _last(one: Facts, other: Facts) -> Agreement:
    ours, theirs = plain(one.last_name), plain(other.last_name)
    if ours == theirs:
        return Agreement(SAME, _("same last name"))
    if set(ours.split()) & set(theirs.split()) - PARTICLES:
        return Agreement(0.9, _("one of the last names is the same"))
    return _letters(ours, theirs, _last_words)


def _letters(one: str, other: str, words: Callable[[int], str]) -> Agreement:
    """Compare letter by letter; two that changed places count as one."""
    apart = OSA.distance(one, other)
    degree = ratio(one, other) / 100
    is_slip = apart == 1 or (apart <= SLIPS and degree >= MOST)
    if is_slip and max(len(one), len(other)) > SHORT:
        return Agreement(max(degree, NEAR), words(apart))
    return Agreement(degree)


def _first_words(count: int) -> str:
    return ngettext(
        "first name differs by one letter", "first name differs by %(count)s letters", count
    ) % {"count": count}


def _last_words(count: int) -> str:
    return ngettext(
        "last name differs by one letter", "last name differs by %(count)s letters", count
    ) % {"count": count}


def _home(one: Facts, other: Facts) -> list[str]:
    found = []
    if one.phones & other.phones:
        found.append(_("same phone"))
    if one.addresses & other.addresses:
        found.append(_("same address"))
    return found


def plain(name: str) -> str:
    """Return a name as we compare it: no accents, no signs, capital letters, one space between words."""
    letters = unicodedata.normalize("NFKD", name).upper()
    words = "".join(
        one if one.isalpha() else " " for one in letters if not unicodedata.combining(one)
    )
    return " ".join(words.split())
