"""A family that would rather speak than write picks a day; the worker finds it in one list."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.families import actions as families
from cms_portal.families.models import AssignmentKind
from cms_portal.notifications.models import Message
from cms_portal.offices.models import Closure, OpeningHours
from cms_portal.offices.working_days import is_working_day
from intake import slots
from intake.actions import visits
from intake.models import Channel, Visit, VisitState
from tests.factories import (
    FamilyFactory,
    OfficeFactory,
    RegionFactory,
    SecondHomeFactory,
    StaffFactory,
    the_portal,
)
from tests.factories.applications import start
from tests.factories.dates import NM, today
from tests.intake.letting_help import let_in

PROGRAM = programs.get(NM)


def days(office):
    return slots.days_open(office, timezone.now())


def at(office, number=0, hour=9):
    return slots.moment(PROGRAM, days(office)[number], time(hour))


def plan(application, by, starts_at, channel=Channel.PHONE):
    return visits.plan(
        application=application,
        channel=channel,
        starts_at=starts_at,
        interpreter_language="",
        by=by,
        at=timezone.now(),
    )


def sent(office, number=0, hour="09:00", channel="phone"):
    return {
        "channel": channel,
        "day": days(office)[number].isoformat(),
        "time": hour,
        "interpreter_language": "",
    }


def page_of(application, name="plan_visit"):
    return reverse(f"intake:{name}", args=[application.number])


def neighbor(office):
    family = FamilyFactory(household__county=office.county)
    return family, start(family)


def test_a_stranger_and_the_other_home_see_no_time(draft, rosa, hal, office, signed_in):
    visit = plan(draft, rosa.user, at(office))

    for somebody in (hal, SecondHomeFactory(child=rosa.child).user):
        assert signed_in(somebody).get(page_of(draft)).status_code == 404
        assert signed_in(somebody).post(page_of(draft), sent(office)).status_code == 404
        for name in ("move_visit", "cancel_visit"):
            url = reverse(f"intake:{name}", args=[visit.pk])
            assert signed_in(somebody).post(url, sent(office, 1)).status_code == 404


def test_a_helper_plans_nothing(draft, rosa, hal, office, signed_in):
    let_in(draft, rosa, hal)

    assert signed_in(hal).post(page_of(draft), sent(office)).status_code == 403


def test_a_family_does_not_say_what_became_of_it(draft, rosa, office, signed_in):
    visit = plan(draft, rosa.user, at(office))
    url = reverse("intake:close_visit", args=[visit.pk])

    assert signed_in(rosa.user).post(url, {"took_place": "yes"}).status_code == 404


def test_two_families_never_have_one_worker_at_one_time(draft, rosa, office, signed_in):
    family, other = neighbor(office)
    plan(draft, rosa.user, at(office))

    page = signed_in(family.user).post(page_of(other), sent(office))

    assert page.status_code == 422
    assert "10:00 AM" in str(page.context["form"].errors["time"])
    assert not other.visits.exists()


def test_the_database_keeps_a_worker_from_two_at_once(draft, rosa, office):
    _family, other = neighbor(office)
    visit = plan(draft, rosa.user, at(office))
    later = visit.starts_at + timedelta(minutes=30)
    twice = Visit(
        program=NM,
        application=other,
        channel=Channel.PHONE,
        office=visit.office,
        worker=visit.worker,
        starts_at=later,
        ends_at=later + timedelta(hours=1),
        planned_by=rosa.user,
        planned_at=timezone.now(),
    )

    with pytest.raises(IntegrityError, match="one_visit_at_a_time"), transaction.atomic():
        save_tracked(twice, by=rosa.user, reason="planned")


@pytest.mark.parametrize(
    "wrong", [{"time": "03:00"}, {"day": "2020-01-01"}, {"channel": "office"}, {"channel": "web"}]
)
def test_no_time_out_of_hours_and_no_visit_where_the_hours_are_unknown(
    draft, rosa, office, signed_in, wrong
):
    page = signed_in(rosa.user).post(page_of(draft), sent(office) | wrong)

    assert page.status_code == 422
    assert not Visit.objects.exists()


def test_only_days_on_which_the_office_works_are_offered(office):
    closed = days(office)[2]
    save_tracked(
        Closure(office=office, starts_on=closed, ends_on=closed, reason="Water damage"),
        by=the_portal(),
        reason="closed",
    )

    offered = days(office)

    assert closed not in offered
    assert len(offered) == PROGRAM.clock("visit_days_ahead")
    assert all(is_working_day(program=PROGRAM, on=day) for day in offered)
    assert offered[0] > PROGRAM.today()


def test_the_office_takes_visits_within_its_hours(draft, rosa, office, signed_in):
    for weekday in range(5):
        hours = OpeningHours(office=office, weekday=weekday, opens_at=time(13), closes_at=time(16))
        save_tracked(hours, by=the_portal(), reason="hours")

    assert (
        signed_in(rosa.user).post(page_of(draft), sent(office, 0, "09:00", "office")).status_code
        == 422
    )
    page = signed_in(rosa.user).post(page_of(draft), sent(office, 0, "15:00", "office"))

    assert page.status_code == 302
    visit = Visit.objects.get()
    assert (visit.channel, visit.local_start.time()) == (Channel.OFFICE, time(15))


def test_a_family_picks_a_day_and_is_written_to(draft, rosa, ida, office, signed_in):
    signed_in(rosa.user).post(page_of(draft), sent(office))

    visit = Visit.objects.get()
    assert (visit.worker, visit.office, visit.starts_at) == (ida, office, at(office))
    message = Message.objects.get()
    assert "9:00 AM" in message.title
    assert "asthma" not in message.text + message.body + message.title
    assert "We call on" in signed_in(rosa.user).get(page_of(draft)).content.decode()


def test_asking_twice_plans_once(draft, rosa, office):
    assert plan(draft, rosa.user, at(office)) == plan(draft, rosa.user, at(office, 1))


def test_a_family_moves_and_cancels(draft, rosa, office, signed_in):
    visit = plan(draft, rosa.user, at(office))

    signed_in(rosa.user).post(
        reverse("intake:move_visit", args=[visit.pk]), sent(office, 1, "11:00")
    )
    new = Visit.objects.planned().get()
    assert (new.moved_from, new.starts_at) == (visit, at(office, 1, 11))

    signed_in(rosa.user).post(reverse("intake:cancel_visit", args=[new.pk]))
    assert not Visit.objects.planned().exists()
    assert Message.objects.count() == 3


def test_what_is_over_does_not_move(draft, rosa, office):
    visit = plan(draft, rosa.user, at(office))
    visits.cancel(visit=visit, by=rosa.user, at=timezone.now())

    for act in (visits.cancel, visits.close, visits.move):
        more = {"took_place": True} if act is visits.close else {}
        more = (
            {"channel": Channel.PHONE, "starts_at": at(office, 1)} if act is visits.move else more
        )
        with pytest.raises(visits.VisitOver):
            act(visit=visit, by=rosa.user, at=timezone.now(), **more)


def test_the_worker_finds_it_and_says_what_became_of_it(draft, rosa, ida, office, signed_in):
    visit = plan(draft, rosa.user, at(office))

    page = signed_in(ida).get(reverse("intake:visits")).content.decode()
    assert rosa.child.full_name in page
    signed_in(ida).post(reverse("intake:close_visit", args=[visit.pk]), {"took_place": "no"})

    visit.refresh_from_db()
    assert visit.state == VisitState.MISSED


def test_the_worker_may_open_the_child_whom_they_were_asked_to_call(
    draft, rosa, ida, office, signed_in
):
    plan(draft, rosa.user, at(office))

    taken = signed_in(ida).post(
        reverse("intake:take_for_known", args=[rosa.child.pk]), {"household": rosa.household.pk}
    )

    assert taken["Location"] == page_of(draft, "phone")


def test_a_longer_list_asks_the_database_no_more(office, ida, signed_in):
    browser, url, counts = signed_in(ida), reverse("intake:visits"), []
    for wanted in (3, 30):
        while Visit.objects.count() < wanted:
            number = Visit.objects.count()
            family, application = neighbor(office)
            plan(application, family.user, at(office, number // 7, 9 + number % 7))
        browser.get(url)
        with CaptureQueriesContext(connection) as asked:
            browser.get(url)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_call_is_seen_by_its_worker_though_the_childs_other_home_has_another_office(
    rosa, ida, office, signed_in
):
    other = SecondHomeFactory(child=rosa.child)
    far = OfficeFactory(program=NM, region=RegionFactory(program=NM))
    families.assign(
        child=rosa.child,
        household=other.household,
        office=far,
        worker=StaffFactory(role="intake-worker", office=far),
        kind=AssignmentKind.INTAKE,
        starts_on=today(),
        by=the_portal(),
        reason="applied",
    )
    draft = start(rosa)

    visit = plan(draft, rosa.user, at(office))

    assert visit.worker == ida
    listed = signed_in(ida).get(reverse("intake:visits")).content.decode()
    assert rosa.child.full_name in listed
