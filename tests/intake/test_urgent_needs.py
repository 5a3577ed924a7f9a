"""What cannot wait is told at any moment of an application, and bites before anything is sent."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cms_portal.families import actions as families
from cms_portal.families.models import AssignmentKind
from cms_portal.work.models import Task
from intake.actions import urgent_needs
from intake.models import Application, UrgentNeed
from tests.access.sends import day
from tests.factories import (
    OfficeFactory,
    RegionFactory,
    SecondHomeFactory,
    StaffFactory,
    the_portal,
)
from tests.factories.applications import start
from tests.factories.dates import NM, born, today
from tests.intake.letting_help import let_in

TELLS = {"kinds": ["medicine"], "phone": "505-555-0134", "may_leave_message": "no"}
MONDAY = datetime(2026, 3, 2, 21, tzinfo=UTC)  # two in the afternoon in Santa Fe


def page_of(application):
    return reverse("intake:tell_urgent", args=[application.number])


def told(application, *, at=None, by=None, kinds=("medicine",), **more):
    facts = {"phone": "+15055550134", "may_leave_message": False} | more
    return urgent_needs.tell(
        application=application,
        kinds=kinds,
        by=by or application.started_by,
        at=at or timezone.now(),
        **facts,
    )


@pytest.fixture
def draft(rosa, ida):
    return start(rosa)


def test_another_home_of_the_child_does_not_learn_of_it(draft, rosa, signed_in):
    other = SecondHomeFactory(child=rosa.child)
    need = told(draft)

    browser = signed_in(other.user)

    assert browser.get(page_of(draft)).status_code == 404
    assert browser.get(need.get_absolute_url()).status_code == 404


def test_a_worker_of_another_office_does_not_see_it(draft, signed_in):
    need = told(draft)

    browser = signed_in(StaffFactory(role="intake-worker"))

    assert browser.get(need.get_absolute_url()).status_code == 404
    assert draft.child.full_name not in browser.get(reverse("intake:queue")).content.decode()


def test_told_from_an_unfinished_draft_it_is_an_urgent_task_of_a_named_person_today(
    draft, rosa, ida, signed_in
):
    response = signed_in(rosa.user).post(page_of(draft), TELLS)

    assert response.status_code == 302
    need, task = UrgentNeed.objects.get(), Task.objects.get()
    assert draft.is_draft
    assert (task.is_urgent, task.owner, task.about, task.due_on) == (True, ida, need, need.due_on)
    assert "medicine" not in f"{task.title} {task.why}".lower()


def test_in_office_hours_it_is_due_the_same_day(draft):
    assert told(draft, at=MONDAY).due_on == date(2026, 3, 2)


def test_the_family_reads_who_calls_and_which_number_to_call_now(draft, rosa, signed_in):
    browser = signed_in(rosa.user)
    browser.post(page_of(draft), TELLS)

    page = browser.get(page_of(draft)).content.decode()

    assert "Ida Romero" in page
    assert 'href="tel:' in page
    assert "call 911" in page


def test_it_is_on_top_of_the_queue_though_the_draft_is_still_the_familys_own(draft, ida, signed_in):
    browser = signed_in(ida)
    assert draft.child.full_name not in browser.get(reverse("intake:queue")).content.decode()
    need = told(draft)

    page = browser.get(reverse("intake:queue")).content.decode()

    assert page.index(need.get_absolute_url()) < page.index("No application waits")
    assert browser.get(reverse("intake:review", args=[draft.number])).status_code == 404
    assert "505-555-0134" in browser.get(need.get_absolute_url()).content.decode().replace(
        "(505) ", "505-"
    )


def test_after_a_call_it_is_answered_and_off_the_queue(draft, ida, signed_in):
    need, browser = told(draft), signed_in(ida)

    browser.post(
        need.get_absolute_url(), {"spoke_with": "Rosa Baca", "done": "The pharmacy refills it."}
    )

    need.refresh_from_db()
    assert (need.answered_by, need.spoke_with, need.is_open) == (ida, "Rosa Baca", False)
    assert not Task.objects.open().exists()
    queue = browser.get(reverse("intake:queue")).content.decode()
    assert need.get_absolute_url() not in queue
    assert "spoke with Rosa Baca" in browser.get(need.get_absolute_url()).content.decode()


def test_a_second_answer_changes_nothing(draft, ida):
    need = told(draft)
    for name in ("Rosa", "Somebody else"):
        urgent_needs.answer(need=need, spoke_with=name, done="", by=ida, at=timezone.now())

    assert UrgentNeed.objects.get().spoke_with == "Rosa"


def test_what_is_told_meanwhile_joins_what_is_open(draft):
    told(draft)
    told(draft, kinds=["power", "medicine"], phone="+15055550199")

    need = UrgentNeed.objects.get()
    assert need.kinds == ["medicine", "power"]
    assert str(need.phone) == "+15055550199"
    assert Task.objects.count() == 1


def test_after_it_was_answered_the_next_is_a_new_one(draft, ida):
    urgent_needs.answer(need=told(draft), spoke_with="R", done="", by=ida, at=timezone.now())

    told(draft)

    assert UrgentNeed.objects.open().count() == 1
    assert Task.objects.open().count() == 1


def test_whoever_helps_may_tell_it_too(draft, rosa, hal, signed_in):
    let_in(draft, rosa, hal)

    assert signed_in(hal).post(page_of(draft), TELLS).status_code == 302
    assert UrgentNeed.objects.get().told_by == hal


def test_a_page_without_a_phone_or_a_kind_is_refused_and_keeps_what_was_typed(
    draft, rosa, signed_in
):
    browser = signed_in(rosa.user)

    for missing in ("kinds", "phone", "may_leave_message"):
        sent = {name: value for name, value in TELLS.items() if name != missing}
        assert browser.post(page_of(draft), sent).status_code == 422
    assert not UrgentNeed.objects.exists()


def test_who_serves_the_child_already_is_the_person_who_calls(application, rosa, ida):
    worker = application.worker

    assert told(application).worker == worker


def test_a_home_hears_of_no_worker_whom_the_childs_other_home_turned_to(draft, rosa, signed_in):
    far = OfficeFactory(program=NM, region=RegionFactory(program=NM))
    stranger = StaffFactory(role="intake-worker", office=far, name="Abel Stranger")
    other = SecondHomeFactory(child=rosa.child)
    families.assign(
        child=rosa.child,
        household=other.household,
        office=far,
        worker=stranger,
        kind=AssignmentKind.INTAKE,
        starts_on=today(),
        by=the_portal(),
        reason="applied",
    )

    need = told(draft)

    assert need.worker != stranger
    assert need.office != far
    page = signed_in(rosa.user).get(page_of(draft)).content.decode()
    assert "Abel Stranger" not in page


def test_a_worker_who_hears_it_from_a_caller_marks_it_as_the_application_is_opened(
    ida, office, signed_in
):
    caller = {
        "channel": "phone",
        "cannot_wait": ["power"],
        "guardian_first_name": "Elena",
        "guardian_last_name": "Baca",
        "phone": "505-555-0134",
        "spoken_language": "es",
        "written_language": "es",
        "first_name": "Luz",
        "last_name": "Baca",
        "relation": "parent",
        "start_key": "5f0e6f43-5a1a-4f0b-9d0c-3f9ee3f9f6a1",
    } | day("date_of_birth", born(5))

    signed_in(ida).post(reverse("intake:take", args=["nm-cms"]), caller)

    need = UrgentNeed.objects.get()
    assert need.application == Application.objects.get()
    assert (need.kinds, need.worker, need.office) == (["power"], ida, office)
    assert Task.objects.get().is_urgent


@pytest.mark.parametrize("name", ["phone", "review"])
def test_the_pages_of_an_application_say_that_it_is_urgent(application, ida, signed_in, name):
    need, browser = told(application), signed_in(ida)
    page = reverse(f"intake:{name}", args=[application.number])

    assert need.get_absolute_url() in browser.get(page).content.decode()
    urgent_needs.answer(need=need, spoke_with="R", done="", by=ida, at=timezone.now())
    assert need.get_absolute_url() not in browser.get(page).content.decode()


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ("kinds = '{}'", "urgent_need_says_what"),
        ("answered_at = now()", "urgent_need_answered_with_somebody"),
        ("spoke_with = 'Rosa'", "urgent_need_answered_with_somebody"),
    ],
)
def test_the_database_refuses(draft, changed, constraint):
    told(draft)

    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE intake_urgentneed SET {changed}")


def test_the_database_keeps_one_open_need_of_an_application(draft, ida):
    urgent_needs.answer(need=told(draft), spoke_with="R", done="", by=ida, at=timezone.now())
    told(draft)

    with (
        pytest.raises(IntegrityError, match="one_open_urgent_need"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE intake_urgentneed SET answered_at = NULL, answered_by_id = NULL, spoke_with = ''"
        )


def test_a_day_that_is_over_is_late(draft):
    need = told(draft, at=MONDAY)

    assert need.is_late(today())
    assert not need.is_late(need.due_on)
