"""A paper is opened by its own household and by those who serve the child; for others it does not exist."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms_portal.audit.models import AccessEvent
from cms_portal.documents import actions
from cms_portal.documents.models import Document
from cms_portal.families.actions import end
from cms_portal.families.models import AuthorityKind
from tests.factories import (
    AssignmentFactory,
    AuthorityFactory,
    BlockFactory,
    ChildFactory,
    FamilyFactory,
    GuardianFactory,
    OfficeFactory,
    SecondHomeFactory,
    StaffFactory,
)
from tests.factories.dates import MS, days_from_today

pytestmark = pytest.mark.django_db


def plain(answer):
    """Return a page without what differs by address and by request."""
    page = answer.content.decode().replace(answer.wsgi_request.path, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.fixture
def open_file(client):
    def open(user, document):
        client.force_login(user)
        return client.get(reverse("documents:file", args=[document.files.get().pk]))

    return open


@pytest.fixture
def former_office(family):
    office = OfficeFactory()
    AssignmentFactory(child=family.child, office=office, starts_on=days_from_today(-9))
    return office


@pytest.fixture
def office(family, former_office):
    """The office that serves the child since today."""
    office = OfficeFactory()
    AssignmentFactory(child=family.child, office=office)
    return office


def strangers(family, office, former_office):
    """People who must not learn that the paper exists, each with why."""
    other_home = SecondHomeFactory(child=family.child)
    blocked = GuardianFactory(household=family.household)
    AuthorityFactory(guardian=blocked, child=family.child)
    BlockFactory(child=family.child, user=blocked.user)
    sibling_only = GuardianFactory(household=family.household)
    AuthorityFactory(guardian=sibling_only, child=ChildFactory(household=family.household))
    former = GuardianFactory(household=family.household)
    AuthorityFactory(
        guardian=former,
        child=family.child,
        kind=AuthorityKind.POWER_OF_ATTORNEY,
        paper_ends_on=days_from_today(0),
    )
    return {
        "another family": FamilyFactory().user,
        "the other home of the child": other_home.user,
        "a blocked adult": blocked.user,
        "an adult of the home with no right for this child": sibling_only.user,
        "an adult whose right has ended": former.user,
        "another office": StaffFactory(office=OfficeFactory()),
        "the office that gave the child away": StaffFactory(office=former_office),
        "another program": StaffFactory(role="program-supervisor", program=MS),
        "the other program's office": StaffFactory(office=OfficeFactory(program=MS)),
        "a clinic coordinator": StaffFactory(role="clinic-coordinator", region=office.region),
        "the privacy officer": StaffFactory(role="privacy-officer"),
        "staff whose role has ended": _former_staff(office),
    }


def _former_staff(office):
    staff = StaffFactory(office=office)
    end(row=staff.role_grants.get(), on=days_from_today(0), by=staff, reason="left")
    return staff


def test_a_paper_does_not_exist_for_strangers(
    client, family, office, former_office, give, open_file
):
    document = give()

    for who, user in strangers(family, office, former_office).items():
        answer = open_file(user, document)
        missing = client.get(reverse("documents:file", args=[9_999_999]))
        assert answer.status_code == missing.status_code == 404, who
        assert plain(answer) == plain(missing), who
    assert not AccessEvent.objects.filter(action="download").exists()


def test_nobody_opens_a_file_without_signing_in(client, give):
    file = give().files.get()

    answer = client.get(reverse("documents:file", args=[file.pk]))

    assert answer.status_code == 302


def test_a_file_being_checked_is_shown_to_nobody(family, office, give, open_file):
    document = give(check=False)

    for user in (family.user, StaffFactory(office=office)):
        assert open_file(user, document).status_code == 404


def test_a_refused_file_is_shown_to_nobody(family, office, give, open_file):
    document = give(b"<html>no paper</html>")

    for user in (family.user, StaffFactory(office=office)):
        assert open_file(user, document).status_code == 404


def test_a_paper_taken_back_is_shown_to_nobody(family, office, give, open_file):
    document = give()
    actions.withdraw(document=document, by=family.user, at=timezone.now())

    for user in (family.user, StaffFactory(office=office)):
        assert open_file(user, document).status_code == 404


def test_a_paper_of_the_home_stays_in_the_home(family, office, give, open_file):
    document = give(child=None)
    other_home = SecondHomeFactory(child=family.child)

    assert open_file(other_home.user, document).status_code == 404
    assert open_file(StaffFactory(office=OfficeFactory()), document).status_code == 404
    assert open_file(family.user, document).status_code == 200
    assert open_file(StaffFactory(office=office), document).status_code == 200
    event = AccessEvent.objects.latest("pk")
    assert (event.child, event.household) == (None, family.household)


def test_the_household_and_those_who_serve_the_child_open_it(family, office, give, open_file):
    document = give()
    people = [
        family.user,
        StaffFactory(office=office),
        StaffFactory(role="supervisor", region=office.region),
        StaffFactory(role="medical-director"),
    ]

    for user in people:
        assert open_file(user, document).status_code == 200
    events = AccessEvent.objects.filter(action="download", child=family.child)
    assert [event.actor for event in events.order_by("pk")] == people


def test_a_file_is_handed_out_to_be_kept_and_never_to_be_run(family, give, open_file):
    answer = open_file(family.user, give())

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    assert "Accept-Ranges" not in answer
    named = answer["Content-Disposition"]
    assert named.startswith("attachment;")
    assert family.child.first_name not in named
    assert "income" not in named.lower()
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")


def test_only_the_household_takes_its_paper_back(client, family, office, give):
    document = give()
    address = reverse("documents:withdraw", args=[document.pk])

    for user in (FamilyFactory().user, SecondHomeFactory(child=family.child).user):
        client.force_login(user)
        assert client.post(address).status_code == 404
    client.force_login(StaffFactory(role="medical-director"))
    assert client.post(address).status_code == 403
    assert not Document.objects.get().is_withdrawn

    client.force_login(family.user)
    assert client.get(address)["Location"] == reverse("documents:mine")
    assert not Document.objects.get().is_withdrawn
    assert client.post(address).status_code == 302
    document.refresh_from_db()
    assert (document.is_withdrawn, document.withdrawn_by) == (True, family.user)
    assert document.history.latest().history_user == family.user


def test_a_paper_on_which_a_right_rests_is_not_taken_back(client, family, give):
    document = give()
    AuthorityFactory(
        guardian=GuardianFactory(household=family.household),
        child=family.child,
        kind=AuthorityKind.COURT_GUARDIAN,
        paper=document,
    )
    client.force_login(family.user)

    client.post(reverse("documents:withdraw", args=[document.pk]))

    assert not Document.objects.get(pk=document.pk).is_withdrawn


def test_the_page_of_papers_shows_only_what_the_household_gave(client, family, give):
    give()
    give(b"not a paper")
    other_home = SecondHomeFactory(child=family.child)
    give(of=other_home)
    client.force_login(family.user)

    page = client.get(reverse("documents:mine")).content.decode()

    assert page.count("You gave us this on") == 2
    assert "Received" in page
    assert "This is not a photo or a PDF" in page


def test_the_page_of_papers_takes_as_many_queries_for_thirty_as_for_three(client, family, give):
    client.force_login(family.user)
    client.get(reverse("documents:mine"))  # the first click also begins the session
    counts = []
    for papers in (3, 27):
        for _ in range(papers):
            give(check=False)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("documents:mine"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_staff_do_not_get_a_familys_list(client, family, office):
    client.force_login(StaffFactory(office=office))

    assert client.get(reverse("documents:mine")).status_code == 403
