"""Opening days, closures and holidays, as sentences."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.utils import translation

from cms_portal import programs
from cms_portal.accounts.actions import system_user
from cms_portal.offices import actions, opening, working_days
from cms_portal.offices.models import Office

NM, MS = programs.get("nm-cms"), programs.get("ms-cmp")


@pytest.fixture
def hobbs(reference_data):
    return Office.objects.get(program="nm-cms", slug="hobbs")


def sentences(office: Office, on: date) -> list[str]:
    return [str(closed) for closed in opening.closed_days(office, on=on)]


def test_days_with_the_same_hours_are_said_together(hobbs):
    assert [(s.days, s.hours) for s in opening.weekly(hobbs)] == [
        ("Monday to Friday", "8:00 AM to 5:00 PM")
    ]


def test_a_day_closed_at_noon_says_both_stretches(hobbs):
    week = [(0, time(8), time(12)), (0, time(13), time(17)), (2, time(8), time(17))]
    actions.set_hours(office=hobbs, week=week, by=system_user(), reason="they told us")
    hobbs.refresh_from_db()
    assert [(s.days, s.hours) for s in opening.weekly(hobbs)] == [
        ("Monday", "8:00 AM to 12:00 PM and 1:00 PM to 5:00 PM"),
        ("Wednesday", "8:00 AM to 5:00 PM"),
    ]


def test_an_office_nobody_told_us_about_has_no_hours(reference_data):
    office = Office.objects.get(program="ms-cmp", slug="alcorn-county")
    assert opening.weekly(office) == []


def test_a_holiday_is_a_closed_day_with_its_name(hobbs):
    assert "Closed Thursday, November 26: Thanksgiving" in sentences(hobbs, date(2026, 11, 22))


def test_a_holiday_reads_well_in_spanish(hobbs):
    with translation.override("es"):
        assert "Cerrado el jueves 26 de noviembre: Acción de Gracias" in sentences(
            hobbs, date(2026, 11, 22)
        )


def test_a_holiday_on_a_weekday_the_office_is_closed_anyway_is_not_said(hobbs):
    actions.set_hours(
        office=hobbs, week=[(0, time(8), time(17))], by=system_user(), reason="Mondays only"
    )
    hobbs.refresh_from_db()
    assert not any("Thanksgiving" in line for line in sentences(hobbs, date(2026, 11, 22)))


@pytest.mark.parametrize(
    ("on", "is_closed"),
    [
        (date(2027, 2, 1), False),
        (date(2027, 2, 2), True),
        (date(2027, 2, 4), True),
        (date(2027, 2, 5), False),
    ],
)
def test_a_closure_holds_from_its_first_day_through_its_last(hobbs, on, is_closed):
    actions.close(
        office=hobbs,
        starts_on=date(2027, 2, 2),
        ends_on=date(2027, 2, 4),
        reason="Bad weather",
        reason_es="Mal tiempo",
        by=system_user(),
    )
    assert bool(opening.closed_days(hobbs, on=on, days=0)) is is_closed


def test_a_closure_of_several_days_says_both_ends_and_is_gone_when_over(hobbs):
    actions.close(
        office=hobbs,
        starts_on=date(2027, 2, 2),
        ends_on=date(2027, 2, 4),
        reason="Bad weather",
        reason_es="Mal tiempo",
        by=system_user(),
    )
    said = "Closed Tuesday, February 2 to Thursday, February 4: Bad weather"
    assert said in sentences(hobbs, date(2027, 2, 4))
    assert said not in sentences(hobbs, date(2027, 2, 5))


def test_a_holiday_inside_a_closure_is_not_said_twice(hobbs):
    actions.close(
        office=hobbs,
        starts_on=date(2026, 11, 23),
        ends_on=date(2026, 11, 27),
        reason="Painting",
        reason_es="Pintura",
        by=system_user(),
    )
    assert [line for line in sentences(hobbs, date(2026, 11, 22)) if "November 2" in line] == [
        "Closed Monday, November 23 to Friday, November 27: Painting"
    ]


def test_the_two_states_keep_their_own_holidays():
    assert working_days.holiday(program=MS, on=date(2026, 4, 27)) == "Confederate Memorial Day"
    assert working_days.holiday(program=NM, on=date(2026, 4, 27)) is None


def test_working_days_skip_weekends_and_holidays():
    wednesday = date(2026, 11, 25)
    # Thanksgiving, then in New Mexico the day after, then a weekend.
    assert working_days.working_days_after(program=NM, day=wednesday, count=2) == date(2026, 12, 1)
    assert working_days.working_days_after(program=MS, day=wednesday, count=2) == date(2026, 11, 30)


def test_every_holiday_of_ten_years_has_a_name_in_spanish():
    with translation.override("es"):
        for program in programs.all_programs():
            for year in range(2025, 2035):
                for name in working_days._holidays(program.state, year).values():
                    known = working_days.NAMES.get(name.removesuffix(" (observed)"))
                    assert known is not None, name
                    with translation.override("en"):
                        english = str(known)
                    assert str(known) != english or "Juneteenth" in english
