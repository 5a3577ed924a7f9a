"""Staff with the right keep offices up to date; nobody else does."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from cms_portal import programs
from cms_portal.accounts.actions import system_user
from cms_portal.offices import actions, opening
from cms_portal.offices.models import Office
from tests.factories import StaffFactory, UserFactory

pytestmark = pytest.mark.usefixtures("reference_data")


@pytest.fixture
def office():
    return Office.objects.get(program="nm-cms", slug="las-cruces")


@pytest.fixture
def ana(sign_in):
    return sign_in(StaffFactory(role="program-administrator", program="nm-cms"))


PAGES = ["manage_office", "correct", "hours", "close"]


@pytest.mark.parametrize("name", PAGES)
def test_a_family_finds_no_such_page(client, sign_in, office, name):
    sign_in(UserFactory())
    assert client.get(reverse(f"offices:{name}", args=[office.pk])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_an_intake_worker_finds_no_such_page(client, sign_in, office, name):
    sign_in(StaffFactory(role="intake-worker", office=office))
    assert client.get(reverse(f"offices:{name}", args=[office.pk])).status_code == 404


def test_the_list_is_refused_to_staff_without_the_right(client, sign_in, office):
    sign_in(StaffFactory(role="intake-worker", office=office))
    assert client.get(reverse("offices:manage")).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_the_administrator_of_another_state_finds_no_such_page(client, sign_in, office, name):
    sign_in(StaffFactory(role="program-administrator", program="ms-cmp"))
    assert client.get(reverse(f"offices:{name}", args=[office.pk])).status_code == 404


def test_the_list_holds_the_offices_of_ones_own_program_only(client, ana):
    page = client.get(reverse("offices:manage")).content.decode()
    assert "Las Cruces Public Health Office" in page
    assert "Hinds County" not in page


def test_the_list_reads_the_database_a_fixed_number_of_times(
    client, ana, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        client.get(reverse("offices:manage"))


def test_a_corrected_street_is_on_the_public_page_and_in_the_history(client, ana, office):
    response = client.post(
        reverse("offices:correct", args=[office.pk]),
        {
            "street": "2 New Street",
            "city": "Las Cruces",
            "phone": "575-555-0100",
            "languages": ["es"],
            "note": "Ring the bell.",
            "note_es": "Toque el timbre.",
            "reason": "They called us",
        },
    )
    assert response.status_code == 302
    public = client.get(reverse("offices:office", args=["nm-cms", "las-cruces"])).content.decode()
    assert "2 New Street" in public
    assert "(575) 555-0100" in public
    assert "Ring the bell." in public
    version = office.history.latest()
    assert version.history_user == ana
    assert version.history_change_reason == "They called us"


@pytest.mark.parametrize("name", ["correct", "hours"])
def test_a_change_without_a_reason_is_not_made(client, ana, office, name):
    response = client.post(reverse(f"offices:{name}", args=[office.pk]), {"street": "2 New Street"})
    assert response.status_code == 422
    office.refresh_from_db()
    assert office.street == "1170 N. Solano Drive"


def hours(**times):
    return {"reason": "They told us", **times}


def test_hours_are_set_for_the_week_and_kept_with_a_reason(client, ana, office):
    client.post(
        reverse("offices:hours", args=[office.pk]),
        hours(
            opens_0_first="08:00",
            closes_0_first="12:00",
            opens_0_second="13:00",
            closes_0_second="17:00",
        ),
    )
    office.refresh_from_db()
    assert [s.hours for s in opening.weekly(office)] == [
        "8:00 AM to 12:00 PM and 1:00 PM to 5:00 PM"
    ]
    assert office.hours.first().history.latest().history_change_reason == "They told us"


@pytest.mark.parametrize(
    ("times", "sentence"),
    [
        ({"opens_0_first": "08:00"}, "Give both times"),
        ({"opens_0_first": "17:00", "closes_0_first": "08:00"}, "closes before it opens"),
        (
            {
                "opens_0_first": "08:00",
                "closes_0_first": "12:00",
                "opens_0_second": "11:00",
                "closes_0_second": "17:00",
            },
            "opens again before",
        ),
        ({"opens_0_first": "25:99", "closes_0_first": "26:00"}, "Write a time like"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_a_sentence(client, ana, office, times, sentence):
    response = client.post(reverse("offices:hours", args=[office.pk]), hours(**times))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not office.hours.exists()


def date_parts(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}_month": str(day.month),
        f"{name}_day": str(day.day),
        f"{name}_year": str(day.year),
    }


def test_a_closure_is_said_to_families_and_can_be_taken_back(client, ana, office):
    today = programs.get("nm-cms").today()
    client.post(
        reverse("offices:close", args=[office.pk]),
        {
            **date_parts("starts_on", today),
            **date_parts("ends_on", today),
            "reason": "Bad weather",
            "reason_es": "Mal tiempo",
        },
    )
    public = reverse("offices:office", args=["nm-cms", "las-cruces"])
    assert "Bad weather" in client.get(public).content.decode()

    closure = office.closures.get()
    client.post(reverse("offices:take_back", args=[closure.pk]))

    assert "Bad weather" not in client.get(public).content.decode()
    assert closure.history.filter(history_type="-", history_user=ana).exists()


def test_a_closure_that_ends_before_it_starts_is_refused(client, ana, office):
    today = programs.get("nm-cms").today()
    response = client.post(
        reverse("offices:close", args=[office.pk]),
        {
            **date_parts("starts_on", date(today.year + 1, 3, 5)),
            **date_parts("ends_on", date(today.year + 1, 3, 4)),
            "reason": "Bad weather",
            "reason_es": "Mal tiempo",
        },
    )
    assert response.status_code == 422
    assert "before the first" in response.content.decode()


def test_the_administrator_of_another_state_takes_no_closure_back(client, sign_in, office):
    today = programs.get("nm-cms").today()
    closure = actions.close(
        office=office, starts_on=today, ends_on=today, reason="Storm", by=system_user()
    )
    sign_in(StaffFactory(role="program-administrator", program="ms-cmp"))
    assert client.post(reverse("offices:take_back", args=[closure.pk])).status_code == 404
    assert office.closures.exists()


def test_setting_the_same_hours_again_writes_nothing(office):
    hobbs = Office.objects.get(slug="hobbs")
    week = [(row.weekday, row.opens_at, row.closes_at) for row in hobbs.hours.all()]
    before = set(hobbs.hours.values_list("pk", flat=True))
    actions.set_hours(office=hobbs, week=week, by=system_user(), reason="again")
    assert set(hobbs.hours.values_list("pk", flat=True)) == before
