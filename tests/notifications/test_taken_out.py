"""What lies printed and may not be mailed any more is in no PDF, and never counts as mailed."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cms_portal.audit.tracking import save_tracked
from cms_portal.notifications import mailing
from cms_portal.notifications.models import MessageState
from cms_portal.work.models import Task
from tests.factories import (
    AddressFactory,
    AssignmentFactory,
    BlockFactory,
    FamilyFactory,
    OfficeFactory,
    StaffFactory,
    the_portal,
)
from tests.factories.dates import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    other = FamilyFactory(guardian__last_name="Quintana")
    AddressFactory(household=other.household, street="4 Other Street")
    return other


@pytest.fixture
def clerk(client, family, other):
    """The browser of somebody who prints for both families."""
    office = OfficeFactory()
    for child in (family.child, other.child):
        AssignmentFactory(child=child, office=office)
    client.force_login(StaffFactory(office=office))
    return client


@pytest.fixture
def printed(family, other, write):
    """Two letters of one batch."""
    letters = [write(), write(other)]
    mailing.print_letters(letters=letters, dated_on=today(), by=the_portal(), at=timezone.now())
    for letter in letters:
        letter.refresh_from_db()
    return letters


def pages(answer):
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


def mail(clerk, batch):
    return clerk.post(reverse("notifications:batch_mailed", args=[batch]), follow=True)


def test_an_adult_blocked_since_is_written_to_by_no_pdf(clerk, family, printed):
    BlockFactory(child=family.child, user=family.user)

    answer = clerk.get(reverse("notifications:batch", args=[printed[0].batch]))

    assert family.guardian.last_name not in " ".join(pages(answer))
    assert "Quintana" in " ".join(pages(answer))


def test_it_does_not_count_as_mailed_and_whoever_mails_is_told(clerk, family, printed):
    BlockFactory(child=family.child, user=family.user)

    page = mail(clerk, printed[0].batch)

    for letter in printed:
        letter.refresh_from_db()
    assert [one.state for one in printed] == [MessageState.FAILED, MessageState.SENT]
    assert f"Take out the letter to {family.guardian}" in page.content.decode()


def test_where_mail_became_unsafe_somebody_is_asked_to_reach_the_family(clerk, family, printed):
    family.guardian.safe_to_mail = False
    save_tracked(family.guardian, by=the_portal(), reason="somebody opens their mail")

    mail(clerk, printed[0].batch)

    assert Task.objects.get().about == printed[0]


def test_who_moved_since_has_the_letter_printed_again(clerk, family, printed):
    AddressFactory(household=family.household, street="9 New Street", starts_on=today())

    page = mail(clerk, printed[0].batch)

    printed[0].refresh_from_db()
    assert printed[0].state == MessageState.QUEUED
    assert "Take out the letter" in page.content.decode()


def test_of_a_batch_of_which_nothing_may_go_there_is_no_pdf(clerk, family, other, printed):
    for one in (family, other):
        BlockFactory(child=one.child, user=one.user)

    answer = clerk.get(reverse("notifications:batch", args=[printed[0].batch]))

    assert answer.status_code == 404
