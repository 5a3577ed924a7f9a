"""While something cannot wait, a family reads everywhere who calls, by when, and whom to call now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake.actions import urgent_needs
from intake.called import call_for
from tests.factories import AuthorityFactory, SecondHomeFactory
from tests.factories.applications import SentApplicationFactory, start

NUMBER = "We use this number: (505) 555-0134."


def tell(application):
    return urgent_needs.tell(
        application=application,
        kinds=["medicine"],
        phone="+15055550134",
        may_leave_message=False,
        by=application.started_by,
        at=timezone.now(),
    )


def answered(need, ida):
    return urgent_needs.answer(need=need, spoke_with="Rosa", done="", by=ida, at=timezone.now())


def read(browser, page, *arguments):
    return browser.get(reverse(page, args=arguments)).content.decode()


def test_another_home_of_the_child_does_not_read_it(rosa, ida, signed_in):
    other = SecondHomeFactory(child=rosa.child)
    tell(start(rosa))

    assert NUMBER not in read(signed_in(other.user), "home")


def test_after_somebody_spoke_with_them_it_is_gone(rosa, ida, signed_in):
    answered(tell(start(rosa)), ida)
    assert NUMBER not in read(signed_in(rosa.user), "home")


@pytest.mark.parametrize("page", ["home", "intake:tasks", "intake:receipt"])
def test_every_page_where_a_family_looks_says_who_calls_and_whom_to_call(
    rosa, ida, signed_in, page
):
    is_draft = page != "intake:receipt"
    application = start(rosa) if is_draft else SentApplicationFactory(family=rosa)
    tell(application)

    shown = read(signed_in(rosa.user), page, *([] if page == "home" else [application.number]))

    for part in (
        call_for(application).title,
        "Ida Romero of",
        NUMBER,
        "If a life is in danger, call 911.",
        "tel:",
    ):
        assert part in shown


def test_who_was_not_called_in_time_is_asked_to_call(rosa, ida, time_machine):
    application = tell(start(rosa)).application

    time_machine.move_to(timezone.now() + timedelta(days=7))

    assert call_for(application).title == "Please call us now"


def test_a_family_that_was_called_and_missed_it_reads_so(rosa, ida, signed_in):
    urgent_needs.note_missed_call(
        need=tell(start(rosa)),
        phone="+15055550199",
        outcome="no_answer",
        next_step="Ask the school.",
        by=ida,
        at=timezone.now(),
    )

    shown = read(signed_in(rosa.user), "home")

    assert "We called (505) 555-0199" in shown
    assert "Ask the school." not in shown


def test_the_referrals_list_has_what_cannot_wait_on_top_until_it_is_answered(rosa, ida, signed_in):
    need, browser = tell(start(rosa)), signed_in(ida)

    shown = read(browser, "intake:referrals")
    assert shown.index(need.get_absolute_url()) < shown.index("No referral waits")

    answered(need, ida)
    assert need.get_absolute_url() not in read(browser, "intake:referrals")


def test_more_that_cannot_wait_asks_the_database_no_more(rosa, ida, signed_in):
    counts = []
    for _more in range(3):
        own = AuthorityFactory(guardian=rosa.guardian)
        tell(start(replace(rosa, child=own.child, authority=own)))
        counts.append([asked_of_needs(signed_in(rosa.user), "home")])
        counts[-1].append(asked_of_needs(signed_in(ida), "intake:referrals"))
    assert counts[0] == counts[2]


def asked_of_needs(browser, page):
    """Return how often a page asks for needs, their offices and calls."""
    with CaptureQueriesContext(connection) as queries:
        read(browser, page)
    words = ("urgentneed", "missedcall", "openinghours")
    return sum(any(word in query["sql"] for word in words) for query in queries)
