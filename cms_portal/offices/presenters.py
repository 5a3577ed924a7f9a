"""What a page shows of an office: its lines, its days, and what we do not know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cms_portal import programs
from cms_portal.families.models import Language
from cms_portal.offices import opening
from cms_portal.offices.finder import FoundOffice
from cms_portal.offices.models import Office
from cms_portal.offices.opening import ClosedDays, Stretch
from cms_portal.programs import Program


@dataclass(frozen=True)
class OfficeCard:
    """One office as families read it, on one day."""

    office: Office
    program: Program
    hours: list[Stretch]
    closed: list[ClosedDays]
    closed_today: ClosedDays | None
    languages: list[str]
    miles: int | None = None
    serves_county: bool = False


def card(office: Office, *, on: date, found: FoundOffice | None = None) -> OfficeCard:
    """Describe an office whose hours and closures have been read."""
    closed = opening.closed_days(office, on=on)
    return OfficeCard(
        office=office,
        program=programs.get(office.program),
        hours=opening.weekly(office),
        closed=closed,
        closed_today=closed[0] if closed and closed[0].starts_on <= on else None,
        languages=[str(Language(code).label) for code in office.languages],
        miles=found.miles if found else None,
        serves_county=found.serves_county if found else False,
    )


def cards(found: Iterable[FoundOffice], *, on: date) -> list[OfficeCard]:
    return [card(one.office, on=on, found=one) for one in found]
