"""A family tells of a change; late is a fact for a person, and nothing follows from it by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.work.models import Task
from eligibility.program_folders import rulebooks
from intake.actions import changes
from intake.changes import kind_of, kinds_of
from intake.models import ChangeReport, ChangeState
from tests.access.sends import day
from tests.factories import SecondHomeFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import MS, NM, today
from tests.intake.letting_help import let_in

# 7.30.3.11 and .10 NMAC: working days, from when, and what has to be named.
RULE = {
    "income": (10, False, ["amount"]),
    "household": (10, False, []),
    "coverage": (10, False, []),
    "address": (10, False, []),
    "donation": (10, True, ["amount"]),
    "liability": (30, False, ["liable_party", "attorneys"]),
    "absence": (None, False, ["back_on"]),
}


def told(since=None, **more):
    return day("became_aware_on", since or today()) | {"words": "A cousin moved in."} | more


def page_of(application, kind="household"):
    return reverse("intake:report_change", args=[application.number, kind])


def report(application, by, kind="household", since=None, **more):
    return changes.report(
        application=application,
        kind=kind_of(application.program, kind),
        became_aware_on=since or today(),
        words="A cousin moved in.",
        by=by,
        at=timezone.now(),
        **more,
    )


def test_who_may_not_speak_for_the_child_tells_no_change(application, rosa, hal, signed_in):
    for somebody in (hal, SecondHomeFactory(child=rosa.child).user):
        assert signed_in(somebody).get(page_of(application)).status_code == 404
    let_in(application, rosa, hal)

    assert signed_in(hal).post(page_of(application), told()).status_code == 403
    assert not ChangeReport.objects.exists()


def test_what_one_home_told_the_other_does_not_read(application, rosa, signed_in):
    row = report(application, rosa.user)
    other = SecondHomeFactory(child=rosa.child)

    assert signed_in(other.user).get(row.get_absolute_url()).status_code == 404


def test_a_family_does_not_look_at_its_own_report(application, rosa, signed_in):
    row = report(application, rosa.user)
    url = reverse("intake:look_at_change", args=[row.pk])

    assert signed_in(rosa.user).post(url, {"done": "nothing"}).status_code == 403


def test_no_kind_that_the_program_does_not_have(application, rosa, signed_in):
    assert signed_in(rosa.user).get(page_of(application, "care")).status_code == 404


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("household", {"words": ""}),
        ("household", {"became_aware_on_year": 2090}),
        ("income", {"amount": "-4"}),
        ("liability", {"liable_party": "", "attorneys": "none"}),
        ("liability", {"liable_party": "A driver", "attorneys": ""}),
    ],
)
def test_what_is_missing_is_asked_for(application, rosa, signed_in, kind, wrong):
    page = signed_in(rosa.user).post(page_of(application, kind), told(**wrong))

    assert page.status_code == 422
    assert not ChangeReport.objects.exists()


def test_new_mexico_has_the_kinds_and_days_of_its_rule():
    found = {k.key: (k.working_days, k.counts_from_receipt, k.asks) for k in kinds_of(NM)}

    assert found == RULE


@pytest.mark.parametrize("program", [NM, MS])
def test_each_kind_names_a_source_that_we_hold(program):
    assert all(kind.source in rulebooks()[program].sources for kind in kinds_of(program))


def test_mississippi_keeps_no_clock():
    assert kinds_of(MS)
    assert not [kind for kind in kinds_of(MS) if kind.due_on(today())]


def test_the_days_are_working_days_without_the_holidays_of_the_state():
    # From 11 December 2026, a Friday: Christmas Day is a holiday in New Mexico.
    assert kind_of(NM, "income").due_on(date(2026, 12, 11)) == date(2026, 12, 28)
    assert kind_of(NM, "absence").due_on(date(2026, 12, 11)) is None


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (1, True)])
def test_late_begins_the_day_after_the_last(application, rosa, days, is_late):
    row = report(application, rosa.user, "income")
    row.reported_at += (row.due_on - today()) + timedelta(days=days)

    assert row.is_late is is_late


def test_late_is_told_to_staff_alone_and_changes_nothing(application, rosa, ida, signed_in):
    row = report(application, rosa.user, since=today() - timedelta(days=60))
    before = application.status
    assert row.is_late

    theirs = signed_in(rosa.user).get(row.get_absolute_url()).content.decode()
    ours = signed_in(ida).get(row.get_absolute_url()).content.decode()

    assert "the day the rule gives" in ours
    assert "the day the rule gives" not in theirs
    application.refresh_from_db()
    assert application.status == before


def test_a_family_tells_and_gets_a_receipt(application, rosa, signed_in):
    sent = signed_in(rosa.user).post(page_of(application), told())

    row = ChangeReport.objects.get()
    assert sent["Location"] == row.get_absolute_url()
    assert row.reported_by == rosa.user
    assert "A cousin moved in." in signed_in(rosa.user).get(sent["Location"]).content.decode()
    assert row.application.assessment.household_size == 4


def test_a_new_address_leads_to_the_page_that_changes_it(application, rosa, signed_in):
    row = report(application, rosa.user, "address")

    page = signed_in(rosa.user).get(row.get_absolute_url()).content.decode()

    assert reverse("families:household") in page


def test_a_worker_writes_down_what_a_caller_tells(application, ida, signed_in):
    assert signed_in(ida).post(page_of(application), told()).status_code == 422

    signed_in(ida).post(page_of(application), told(said_name="Rosa Baca"))

    assert ChangeReport.objects.get().said_name == "Rosa Baca"


def test_the_worker_is_asked_to_read_it_and_says_what_was_done(application, rosa, ida, signed_in):
    row = report(application, rosa.user)
    task = Task.objects.get(kind=changes.REPORTED)
    assert "cousin" not in task.title + task.why
    url = reverse("intake:look_at_change", args=[row.pk])
    assert signed_in(ida).post(url, {"done": ""}).status_code == 422

    signed_in(ida).post(url, {"done": "Asked for the new size of the household."})

    row.refresh_from_db()
    task.refresh_from_db()
    assert (row.state, row.looked_by) == (ChangeState.LOOKED_AT, ida)
    assert task.done_by == ida


def test_in_mississippi_a_family_tells_as_needed(mississippi, signed_in):
    dana, _office = mississippi
    sent = SentApplicationFactory(family=dana)

    signed_in(dana.user).post(page_of(sent, "care"), told())

    assert ChangeReport.objects.get().due_on is None
