"""Work goes to nobody whose account has ended."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts.actions import end_employment
from cms_portal.families.views.rights import workers_of
from cms_portal.notifications.models import Message
from intake import routing
from intake.actions import urgent_needs
from tests.factories import StaffFactory
from tests.factories.applications import SentApplicationFactory, start
from tests.factories.dates import NM, days_from_today, today


@pytest.fixture
def eva(office):
    return StaffFactory(role="intake-worker", office=office, name="Eva Chavez")


def leave(who, by, on=None):
    end_employment(user=who, on=on or today(), by=by, reason="left")


def test_a_new_application_goes_to_somebody_who_is_there(rosa, ida, eva, sam):
    leave(ida, sam)

    assert SentApplicationFactory(family=rosa).worker == eva
    assert ida not in workers_of(NM)


def test_what_cannot_wait_is_never_theirs_to_call_about(rosa, ida, eva, sam):
    leave(ida, sam)

    need = urgent_needs.tell(
        application=start(rosa),
        kinds=["medicine"],
        phone="+15055550134",
        may_leave_message=False,
        by=rosa.user,
        at=timezone.now(),
    )

    assert need.worker == eva


def test_an_office_that_they_alone_worked_in_is_not_staffed(office, ida, sam):
    leave(ida, sam)

    with pytest.raises(routing.NobodyThere):
        routing.worker_for(office)


def test_who_leaves_tomorrow_still_works_today(office, ida, sam):
    leave(ida, sam, on=days_from_today(1))

    assert routing.worker_for(office) == ida


def test_where_nobody_is_left_a_family_sends_all_the_same(office, rosa, ida, sam):
    leave(ida, sam)

    sent = SentApplicationFactory(family=rosa)

    assert (sent.office, sent.worker) == (office, None)
    assert not sent.is_draft


def test_where_nobody_answers_for_it_the_family_reads_which_office_does(
    office, rosa, ida, sam, signed_in
):
    leave(ida, sam)
    sent = SentApplicationFactory(family=rosa)

    page = signed_in(rosa.user).get(reverse("intake:receipt", args=[sent.number]))

    assert f"{office} reads what you sent" in page.content.decode()
    assert f"{office} is your person here" in Message.objects.get().text
