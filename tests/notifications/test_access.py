"""A message belongs to one household; for everybody else it does not exist."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms_portal.audit.models import AccessEvent
from cms_portal.notifications.actions import send_code
from cms_portal.notifications.models import Message
from tests.factories import (
    AssignmentFactory,
    AuthorityFactory,
    BlockFactory,
    FamilyFactory,
    GuardianFactory,
    OfficeFactory,
    SecondHomeFactory,
    StaffFactory,
)
from tests.factories.dates import MS, days_from_today

pytestmark = pytest.mark.django_db
PAGES = ["notifications:message", "notifications:message_as_letter"]


@pytest.fixture
def office(family):
    former, office = OfficeFactory(), OfficeFactory()
    AssignmentFactory(child=family.child, office=former, starts_on=days_from_today(-9))
    AssignmentFactory(child=family.child, office=office)
    return office


@pytest.mark.parametrize("way", PAGES)
def test_a_message_does_not_exist_for_strangers(client, family, office, write, way):
    message = write()
    blocked = GuardianFactory(household=family.household)
    AuthorityFactory(guardian=blocked, child=family.child)
    BlockFactory(child=family.child, user=blocked.user)
    former = family.child.assignments.exclude(office=office).get().office
    strangers = {
        "another family": FamilyFactory().user,
        "the other home of the child": SecondHomeFactory(child=family.child).user,
        "a blocked adult": blocked.user,
        "another office": StaffFactory(office=OfficeFactory()),
        "the office that gave the child away": StaffFactory(office=former),
        "another program": StaffFactory(role="program-supervisor", program=MS),
        "the Medical Director, who reads no messages": StaffFactory(role="medical-director"),
    }

    for who, user in strangers.items():
        client.force_login(user)
        assert client.get(reverse(way, args=[message.pk])).status_code == 404, who
    assert not AccessEvent.objects.filter(page=way).exists()


@pytest.mark.parametrize("way", PAGES)
def test_the_household_and_its_office_read_it(client, family, office, write, way):
    message = write()

    for user in (family.user, StaffFactory(office=office)):
        client.force_login(user)
        assert client.get(reverse(way, args=[message.pk])).status_code == 200
    assert AccessEvent.objects.filter(page=way, child=family.child).count() == 2


def test_a_sign_in_code_is_read_by_nobody(client, family):
    message = send_code(
        user=family.user,
        address="a@b.test",
        code="123456",
        channel="email",
        language="en",
        until=timezone.now(),
    )

    for user in (family.user, StaffFactory(role="program-supervisor")):
        client.force_login(user)
        assert client.get(reverse("notifications:message", args=[message.pk])).status_code == 404


def test_the_page_of_messages_shows_only_those_of_the_household(client, family, write):
    mine = write()
    second = SecondHomeFactory(child=family.child)
    theirs = write(of=second)
    client.force_login(family.user)

    page = client.get(reverse("notifications:mine")).content.decode()

    assert reverse("notifications:message", args=[mine.pk]) in page
    assert reverse("notifications:message", args=[theirs.pk]) not in page
    assert str(second.guardian) not in page


def test_the_page_of_messages_takes_as_many_queries_for_thirty_as_for_three(client, family, write):
    client.force_login(family.user)
    client.get(reverse("notifications:mine"))  # the first click also begins the session
    counts = []
    for more in (3, 27):
        for _ in range(more):
            write()
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("notifications:mine"))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


def test_the_outbox_of_the_demo_exists_only_in_demo_mode(client, settings, write):
    message, outbox = write(), reverse("demo:outbox")

    settings.DEMO_MODE = True
    assert message.title in client.get(outbox).content.decode()
    settings.DEMO_MODE = False
    assert client.get(outbox).status_code == 404


def test_letters_are_printed_only_by_the_office_that_serves_the_child(
    client, family, office, write
):
    letter = write()
    address = reverse("notifications:letters")
    form = {
        "letters": [letter.pk],
        "dated_on_month": str(days_from_today(0).month),
        "dated_on_day": str(days_from_today(0).day),
        "dated_on_year": str(days_from_today(0).year),
    }

    client.force_login(family.user)
    assert client.get(address).status_code == 403
    client.force_login(StaffFactory(office=OfficeFactory()))
    assert letter.title not in client.get(address).content.decode()
    assert client.post(address, form).status_code == 422
    assert Message.objects.get().state == "queued"

    client.force_login(StaffFactory(office=office))
    assert letter.title in client.get(address).content.decode()
    assert client.post(address, form).status_code == 302
    printed = Message.objects.get()
    assert (printed.state, printed.dated_on) == ("printed", days_from_today(0))

    batch = [printed.batch]
    client.force_login(StaffFactory(office=OfficeFactory()))
    assert client.get(reverse("notifications:batch", args=batch)).status_code == 404
    assert client.post(reverse("notifications:batch_mailed", args=batch)).status_code == 404
    assert client.post(reverse("notifications:batch_put_back", args=batch)).status_code == 404


def test_staff_do_not_get_a_familys_list(client, family, office):
    client.force_login(StaffFactory(office=office))

    assert client.get(reverse("notifications:mine")).status_code == 403
