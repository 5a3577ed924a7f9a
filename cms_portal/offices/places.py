"""Places as people write them: a ZIP code, a town, a county; and about how far apart they are.

ZIP codes come from the `zipcodes` package, which needs no network. Every position is the middle of an
area, never of a house, so every distance is "about".
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Any

import zipcodes
from localflavor.us.us_states import USPS_CHOICES

ZIP_AT_THE_END = re.compile(r"(?:^|[\s,])([0-9]{5})(?:-?[0-9]{4})?\s*$")
EARTH_MILES = 3958.8
# What anybody may type is remembered in a bounded number only.
REMEMBERED = 2000


@dataclass(frozen=True)
class Point:
    """The middle of an area."""

    latitude: float
    longitude: float

    def miles_to(self, other: Point) -> float:
        """Return the distance in a straight line over the ground."""
        north, east = (
            radians(other.latitude - self.latitude),
            radians(other.longitude - self.longitude),
        )
        chord = (
            sin(north / 2) ** 2
            + cos(radians(self.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
        )
        return 2 * EARTH_MILES * asin(sqrt(chord))


@dataclass(frozen=True)
class Place:
    """A ZIP code or a town: the state and county it is in, and its middle."""

    name: str
    state: str
    county: str
    point: Point


def fold(text: str) -> str:
    """Return a name as it is compared: no accents, no capitals, no punctuation, "Saint" as "St"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", " ", plain.replace("'", "")).split()
    return " ".join("st" if word == "saint" else word for word in words)


def zip_in(text: str) -> str | None:
    """Return the five digits of the ZIP code that a text is, or ends with."""
    match = ZIP_AT_THE_END.search(text)
    return match[1] if match else None


@lru_cache(maxsize=REMEMBERED)
def of_zip(code: str) -> Place | None:
    """Return where a ZIP code of five digits is, or None if the post has no such code."""
    found = [row for row in zipcodes.matching(code) if row["active"]]
    return _place(code, found) if found else None


def of_zip_in(text: str | None) -> Place | None:
    """Return where the ZIP code is that a text is or ends with, of five digits or nine; None without one."""
    code = zip_in(text or "")
    return of_zip(code) if code else None


@lru_cache(maxsize=REMEMBERED)
def town(name: str, state: str) -> Place | None:
    """Return the town of a state that people call by this name, or None."""
    rows = _towns(state).get(fold(name))
    return _place(_town_name(rows, fold(name)), rows) if rows else None


def town_names(state: str) -> list[str]:
    """Return the folded names of every town of a state, for suggestions."""
    return list(_towns(state))


@cache
def middle_of_county(state: str, name: str) -> Point | None:
    rows = [row for row in _zips(state) if fold(_county(row)) == fold(name)]
    return _middle(rows) if rows else None


def state_name(code: str) -> str:
    """Return the name of a state or territory in the active language."""
    return str(dict(USPS_CHOICES).get(code, code))


@cache
def _zips(state: str) -> tuple[dict[str, Any], ...]:
    return tuple(zipcodes.filter_by(state=state, active=True))


@cache
def _towns(state: str) -> dict[str, list[dict[str, Any]]]:
    """Index a state's ZIP codes by the town of their post office, then by the other names people use."""
    index: dict[str, list[dict[str, Any]]] = {}
    for row in _zips(state):
        index.setdefault(fold(row["city"]), []).append(row)
    official = set(index)
    for row in _zips(state):
        for other in row["acceptable_cities"] + row["unacceptable_cities"]:
            if fold(other) not in official:
                index.setdefault(fold(other), []).append(row)
    return index


def _town_name(rows: list[dict[str, Any]], folded: str) -> str:
    """Return a town's name as it is written, which may be one that the post does not use."""
    for row in rows:
        for name in [row["city"], *row["acceptable_cities"], *row["unacceptable_cities"]]:
            if fold(name) == folded:
                return str(name)
    return folded.title()


def _place(name: str, rows: list[dict[str, Any]]) -> Place:
    county = Counter(_county(row) for row in rows).most_common(1)[0][0]
    return Place(name, rows[0]["state"], county, _middle(rows))


def _county(row: dict[str, Any]) -> str:
    return str(row["county"]).removesuffix(" County")


def _middle(rows: Iterable[dict[str, Any]]) -> Point:
    points = [(float(row["lat"]), float(row["long"])) for row in rows]
    return Point(
        sum(latitude for latitude, _ in points) / len(points),
        sum(longitude for _, longitude in points) / len(points),
    )
