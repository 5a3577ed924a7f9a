"""One envelope on its page: the child is found, the pages go where they belong, each look is kept."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cms_portal.audit.models import AccessEvent
from cms_portal.families import actions as families
from intake.actions import filing
from intake.actions.filing import Target
from intake.inbox import left_over
from intake.models import Filing
from intake.paper_states import EnvelopeState
from intake.states import RequestState
from tests.documents.conftest import files_of_this_test  # noqa: F401
from tests.factories import FamilyFactory, SecondHomeFactory, StaffFactory
from tests.factories.dates import NM, today
from tests.intake.paper import came, read, scanned, sheet, sort, words

DAY = timedelta(days=1)
INBOX, NEW = "/paper-mail/", "/paper-mail/new/"


def test_a_child_is_found_by_a_parents_name_and_the_paper_filed(desk, office, ida, asked, rosa):
    envelope = read(came(office, ida, scanned(sheet("a"), sheet("b"))))
    parent = rosa.guardian.last_name

    found = sort(desk, envelope, pages="1", look_for=parent, look="1")
    assert found.status_code == 200
    assert f"request-{asked.pk}" in words(found)

    answer = sort(desk, envelope, pages="1", look_for=parent, target=f"request-{asked.pk}")
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert asked.state == RequestState.ANSWERED
    assert len(left_over(envelope)) == 1


@pytest.mark.parametrize("how", ["born", "number", "code"])
def test_a_child_is_found_by_birth_date_number_and_code(desk, office, ida, asked, sent, how):
    envelope = read(came(office, ida))
    said = {
        "born": f"{sent.child.date_of_birth:%m/%d/%Y}",
        "number": sent.number.lower(),
        "code": asked.cover_code,
    }
    answer = sort(desk, envelope, pages="1", look_for=said[how], look="1")
    assert f"request-{asked.pk}" in words(answer)


def test_each_home_of_a_child_is_offered_by_itself(desk, office, ida, sent, rosa):
    ben = SecondHomeFactory(child=rosa.child)
    envelope = read(came(office, ida))
    answer = sort(desk, envelope, pages="1", look_for=rosa.child.last_name, look="1")
    for family in (rosa, ben):
        assert f"home-{rosa.child.pk}-{family.household.pk}" in words(answer)


def test_nobody_is_found_whom_the_worker_does_not_serve(desk, office, ida):
    elsewhere = FamilyFactory(child__last_name="Esquibel")
    envelope = read(came(office, ida))
    answer = sort(desk, envelope, pages="1", look_for="Esquibel", look="1")

    assert "We find no child like this" in words(answer)
    forged = f"home-{elsewhere.child.pk}-{elsewhere.household.pk}"
    sends = {"pages": "1", "look_for": "Esquibel", "target": forged, "kind": "other"}
    assert sort(desk, envelope, **sends).status_code == 422
    assert not Filing.objects.exists()


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ("", "Write which pages belong together, like 1-3, 5."),
        ("one", "Write the pages like 1-3, 5."),
        ("2-1", "Write the pages like 1-3, 5."),
        ("7", "There is no page 7 here."),
        ("1, 1", "You name page 1 twice."),
    ],
)
def test_pages_that_are_not_there_are_said(desk, office, ida, pages, says):
    envelope = read(came(office, ida))
    answer = sort(desk, envelope, pages=pages, target="aside")
    assert answer.status_code == 422
    assert says in words(answer)


def test_a_paper_nobody_asked_for_needs_its_kind(desk, office, ida, sent):
    envelope = read(came(office, ida))
    sends = {
        "pages": "1",
        "look_for": sent.number,
        "target": f"application-{sent.pk}",
    }
    assert "Choose what the paper shows" in words(sort(desk, envelope, **sends))
    assert sort(desk, envelope, **sends, kind="income").status_code == 302
    assert Filing.objects.get().application == sent


def test_who_sorts_second_is_told(desk, office, ida, sent):
    envelope = read(came(office, ida))
    now = timezone.now()
    filing.file_pages(
        envelope=envelope,
        pages=[page.pk for page in left_over(envelope)],
        target=Target.of_application(sent),
        by=ida,
        at=now,
    )
    answer = sort(desk, envelope, pages="1", target="aside")
    assert answer.status_code == 302
    assert "Somebody sorted some of it meanwhile" in words(desk.get(answer["Location"]))


def test_each_look_at_a_page_is_kept_and_at_a_filed_one_for_its_child(
    desk, office, ida, sent, rosa
):
    envelope = read(came(office, ida))
    (page,) = left_over(envelope)
    url = reverse("intake:envelope_page", args=[envelope.pk, page.pk])
    desk.get(url)
    assert AccessEvent.objects.get(page="intake:envelope_page").child is None

    filing.file_pages(
        envelope=envelope,
        pages=[page.pk],
        target=Target.of_application(sent),
        by=ida,
        at=timezone.now(),
    )
    picture = desk.get(url)
    seen = AccessEvent.objects.filter(page="intake:envelope_page").latest("pk")
    assert (seen.child, seen.household) == (rosa.child, rosa.household)
    assert picture["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in picture["Cache-Control"]


def test_the_family_sees_that_it_came_and_from_when_on_it_can_open_it(
    office, ida, sent, rosa, signed_in
):
    envelope = read(came(office, ida))
    filed = filing.file_pages(
        envelope=envelope,
        pages=[page.pk for page in left_over(envelope)],
        target=Target.of_application(sent),
        by=ida,
        at=timezone.now(),
    )
    url = reverse("documents:file", args=[filed.document.files.get().pk])
    family = signed_in(rosa.user)

    page = words(family.get(reverse("documents:mine")))
    assert "It came on paper. You can open it here from" in page
    assert url not in page
    assert family.get(url).status_code == 404


def test_what_a_cover_sheet_filed_for_another_office_is_no_longer_shown(
    desk, office, ida, asked, rosa
):
    for row in rosa.child.assignments.all():
        families.end(row=row, on=today(NM), by=ida, reason="served elsewhere")
    stack = scanned(sheet(code=asked.cover_code), sheet("a"))
    envelope = read(came(office, ida, stack))
    filed = Filing.objects.get()

    page = words(desk.get(envelope.get_absolute_url()))
    assert "Filed with a child whom another office serves" in page
    assert rosa.child.last_name not in page
    scan = envelope.scans.get()
    for name, key in (("envelope_page", filed.pages[0]), ("envelope_file", scan.pk)):
        url = reverse(f"intake:{name}", args=[envelope.pk, key])
        assert url not in page
        assert desk.get(url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_people_sort_one_envelope_and_each_page_goes_to_one_place(office, rosa):
    people = [StaffFactory(role="intake-worker", office=office) for _one in range(2)]
    envelope = read(came(office, people[0], scanned(sheet())))
    others = [rosa, FamilyFactory(household__county=office.county)]
    pages = [page.pk for page in left_over(envelope)]
    told = []

    def run(person, family):
        try:
            filing.file_pages(
                envelope=envelope,
                pages=pages,
                target=Target(family.child, family.household),
                by=person,
                at=timezone.now(),
            )
            told.append("filed")
        except filing.PagesTaken:
            told.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(people, others, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["filed", "taken"]
    assert Filing.objects.count() == 1
    envelope.refresh_from_db()
    assert envelope.state == EnvelopeState.FILED
