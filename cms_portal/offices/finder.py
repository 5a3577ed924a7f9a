"""From what a family typed to the offices that can help them. Nothing that was typed is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from cms_portal import programs
from cms_portal.offices import places
from cms_portal.offices.models import County, Office, OfficeQuerySet
from cms_portal.offices.places import Place, Point
from cms_portal.programs import Program

NEAREST = 5
NEAREST_UNCONFIRMED = 3
LIKE_ENOUGH = 75
MOST_SUGGESTIONS = 4
FAR_MILES = 20
TOO_FAR_MILES = 120
UNKNOWN_DISTANCE = 10_000.0


@dataclass(frozen=True)
class FoundOffice:
    """One office of an answer: about how many miles away, and whether it takes the county's applications."""

    office: Office
    miles: int | None
    serves_county: bool


@dataclass(frozen=True)
class Answer:
    """What the finder says: offices around one place, or a sentence and perhaps choices."""

    problem: str = ""
    choices: tuple[str, ...] = ()
    elsewhere: Program | None = None
    place: str = ""
    program: Program | None = None
    county: County | None = None
    offices: list[FoundOffice] = field(default_factory=list)
    unconfirmed: list[FoundOffice] = field(default_factory=list)


@dataclass(frozen=True)
class Match:
    """One reading of what was typed: a ZIP code, a town or a county of one program's state."""

    name: str
    program: Program
    county: County | None
    point: Point | None
    is_county: bool = False


def find(text: str, *, program: Program | None = None, language: str = "") -> Answer:
    """Answer one search. With `program` only its state is searched; offices that speak `language` come up."""
    return Finder([program] if program else programs.all_programs(), language).answer(text)


class Finder:
    """Searches the states of some programs."""

    def __init__(self, searched: list[Program], language: str):
        self.searched, self.language = searched, language

    def answer(self, text: str) -> Answer:
        if code := places.zip_in(text):
            return self._of_zip(code)
        if text.strip().isdigit():
            return Answer(problem=_("A ZIP code has five digits, like 87501. Check the number."))
        matches = self._matches(text)
        if not matches:
            return self._of_unknown(text)
        if len(matches) == 1:
            return self._around(matches[0])
        return Answer(
            problem=_("More than one place has this name. Which one do you mean?"),
            choices=tuple(match.name for match in matches),
        )

    @cached_property
    def counties(self) -> dict[str, dict[str, County]]:
        """The counties of every program searched, by their folded names."""
        found: dict[str, dict[str, County]] = {program.code: {} for program in self.searched}
        for county in County.objects.filter(program__in=found).select_related("region"):
            found[county.program][places.fold(county.name)] = county
        return found

    def _of_zip(self, code: str) -> Answer:
        place = places.of_zip(code)
        if place is None:
            return Answer(
                problem=_(
                    "We do not know ZIP code %(code)s. Check it, or write your town or county."
                )
                % {"code": code}
            )
        for program in self.searched:
            if program.state == place.state:
                return self._around(
                    Match(code, program, self._county_of(place, program), place.point)
                )
        return in_another_state(place)

    def _matches(self, text: str) -> list[Match]:
        """Return the towns and counties with this name; a town in a county of its name is one place."""
        name, _comma, within = text.partition(",")
        found = []
        for program in self.searched:
            folded, hint = self._without_state(name, program), self._without_state(within, program)
            town = places.town(folded, program.state)
            county = self.counties[program.code].get(_county_part(folded))
            towns_county = self._county_of(town, program) if town else None
            if town and (not hint or self._is_called(towns_county, hint)):
                label = self._label(program, town.name, _county_name(towns_county))
                found.append(Match(label, program, towns_county, town.point))
            if county and not hint and not (town and county == towns_county):
                middle = places.middle_of_county(program.state, county.name)
                label = self._label(program, _county_name(county))
                found.append(Match(label, program, county, middle, is_county=True))
        return found

    def _label(self, program: Program, *parts: str) -> str:
        """Name a place so that searching for the name finds this place and no other."""
        state = program.state if len(self.searched) > 1 else ""
        return ", ".join(filter(None, [*parts, state]))

    def _is_called(self, county: County | None, folded: str) -> bool:
        return county is not None and places.fold(county.name) == _county_part(folded)

    def _without_state(self, text: str, program: Program) -> str:
        """Fold a text and take the state, as two letters or a name in any language, from its end."""
        folded = places.fold(text)
        for state in (program.state, *program.facts["state_name"].values()):
            if folded == places.fold(state):
                return ""
            folded = folded.removesuffix(f" {places.fold(state)}")
        return folded

    def _county_of(self, place: Place, program: Program) -> County | None:
        return self.counties[program.code].get(places.fold(place.county))

    def _of_unknown(self, text: str) -> Answer:
        """Say that no place has this name, with the names most like it."""
        names: dict[str, str] = {}
        for program in self.searched:
            for folded, county in self.counties[program.code].items():
                names.setdefault(folded, _county_name(county))
            for folded in places.town_names(program.state):
                names.setdefault(folded, folded.title())
        alike = process.extract(
            places.fold(text),
            names.keys(),
            scorer=fuzz.ratio,
            score_cutoff=LIKE_ENOUGH,
            limit=MOST_SUGGESTIONS,
        )
        choices = tuple(names[folded] for folded, _score, _index in alike)
        if choices:
            return Answer(
                problem=_("We do not know a place of that name. Did you mean one of these?"),
                choices=choices,
            )
        return Answer(
            problem=_("We do not know a place of that name. Try the ZIP code, or your county.")
        )

    def _around(self, match: Match) -> Answer:
        """Return the county's own office first, then the nearest, then those nobody has confirmed."""
        offices = Office.objects.filter(program=match.program.code).select_related("county")
        serving = Office.objects.serving(match.county).first() if match.county else None
        confirmed = self._sorted(offices.open_to_families(), match, serving)[:NEAREST]
        unconfirmed = self._sorted(offices.not_confirmed(), match, serving)[:NEAREST_UNCONFIRMED]
        shown = [found.office for found in confirmed + unconfirmed]
        prefetch_related_objects(shown, "hours", "closures")
        return Answer(
            place=match.name,
            program=match.program,
            county=match.county,
            offices=confirmed,
            unconfirmed=unconfirmed,
        )

    def _sorted(
        self, offices: OfficeQuerySet, match: Match, serving: Office | None
    ) -> list[FoundOffice]:
        def order(office: Office) -> tuple[bool, bool, float, str]:
            return (
                office != serving,
                bool(self.language) and self.language not in office.languages,
                _distance(office, match),
                office.name,
            )

        return [
            FoundOffice(office, _shown_miles(office, match), office == serving)
            for office in sorted(offices, key=order)
            if office == serving or _distance(office, match) < TOO_FAR_MILES
        ]


def in_another_state(place: Place) -> Answer:
    """Say in which state a ZIP code is, and which program serves it, if one here does."""
    where = {"code": place.name, "state": places.state_name(place.state)}
    for program in programs.all_programs():
        if program.state == place.state:
            return Answer(
                problem=_("ZIP code %(code)s is in %(state)s. The program there: %(program)s.")
                % (where | {"program": program.name}),
                elsewhere=program,
            )
    return Answer(
        problem=_(
            "ZIP code %(code)s is in %(state)s. No program here serves that state. The health"
            " department there can tell you who helps."
        )
        % where
    )


def _county_part(folded: str) -> str:
    return folded.removesuffix(" county").removeprefix("condado de ").removeprefix("county of ")


def _county_name(county: County | None) -> str:
    return _("%(county)s County") % {"county": county.name} if county else ""


def _point_of(office: Office) -> Point | None:
    """Return about where an office is, if we know more than its county."""
    if office.zip_code and (place := places.of_zip(office.zip_code)):
        return place.point
    if office.city and (place := places.town(office.city, programs.get(office.program).state)):
        return place.point
    return None


def _distance(office: Office, match: Match) -> float:
    """Return miles to sort by: to the office, else to the middle of its county."""
    point = _point_of(office)
    if point is None and office.county:
        point = places.middle_of_county(match.program.state, office.county.name)
    return match.point.miles_to(point) if point and match.point else UNKNOWN_DISTANCE


def _shown_miles(office: Office, match: Match) -> int | None:
    """Return about how far it is, to the mile if near and to five if far; None if we cannot say."""
    point = _point_of(office)
    if point is None or match.point is None or match.is_county:
        return None
    miles = match.point.miles_to(point)
    return round(miles) if miles < FAR_MILES else 5 * round(miles / 5)
