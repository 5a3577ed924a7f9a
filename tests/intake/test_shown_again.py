"""A page that is shown again because something was wrong is a look like any other, and is kept."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms_portal.audit.models import AccessEvent
from intake.models import Channel
from tests.factories import AssignmentFactory
from tests.factories.applications import start
from tests.intake.referring import refer


def refused(browser, page, *arguments, **sent):
    return browser.post(reverse(f"intake:{page}", args=arguments), sent)


def looks(child, who):
    return AccessEvent.objects.filter(child=child, actor=who).count()


@pytest.mark.parametrize("service", ["care_coordination"])
def test_a_decision_without_words_shows_the_whole_application_and_is_kept(
    application, ida, desk, service
):
    page = refused(desk, "decide", application.number, service)

    assert page.status_code == 422
    assert looks(application.child, ida) == 1


def test_a_phone_page_with_a_fault_is_kept(rosa, office, ida, desk):
    AssignmentFactory(child=rosa.child, office=office, worker=ida)
    draft = start(rosa, channel=Channel.PHONE, by=ida)

    assert refused(desk, "phone", draft.number, send="1").status_code == 422
    assert looks(draft.child, ida) == 1


@pytest.mark.parametrize(("page", "more"), [("submit", ()), ("step", ("household",))])
def test_a_familys_own_page_with_a_fault_is_kept_once(draft, rosa, signed_in, page, more):
    sent = {"household_size": "none"}

    answer = refused(signed_in(rosa.user), page, draft.number, *more, **sent)

    assert answer.status_code == 422
    assert looks(draft.child, rosa.user) == 1


def test_a_referral_whose_caller_told_something_wrong_is_kept(office, ida, desk):
    referral = refer(office.county)

    assert refused(desk, "take_referred", referral.number).status_code == 422
    event = AccessEvent.objects.get(subject_type="intake.referral")
    assert (event.actor, event.subject_id) == (ida, str(referral.pk))
