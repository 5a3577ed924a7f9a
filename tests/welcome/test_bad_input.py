"""Whatever is typed or sent, a public page answers with a sentence and keeps what was typed."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms_portal.offices.models import County, Office
from cms_portal.welcome.models import NewsItem, PublicMessage, Subscription
from cms_portal.work import actions as work
from tests.factories import StaffFactory, the_portal
from tests.factories.dates import days_from_today

pytestmark = pytest.mark.usefixtures("reference_data")

HOSTILE = {
    "a NUL": "Rosa\x00Baca",
    "half of a pair": "half \udfff of a pair",
    "a megabyte": "a" * 1_000_000,
    "a googol and more": "1" + "0" * 400,
    "not a number": "NaN",
    "a negative number": "-1",
    "30 February": "2/30/2026",
    "a script": "<script>alert(1)</script>",
    "a template": "{{ settings.SECRET_KEY }}",
    "a format": "%(name)s %s %d",
    "SQL": "' OR 1=1 --",
    "letters nobody sees": "\u202e\u200b",
    "an emoji": "🧒🏽",
}
hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())


@pytest.fixture(autouse=True)
def nothing_counted(reference_data):
    cache.clear()
    yield
    cache.clear()


def good_message() -> dict[str, str]:
    county = County.objects.get(program="nm-cms", name="Luna")
    return {
        "name": "Rosa",
        "phone": "575-555-0134",
        "email": "rosa@example.test",
        "county": str(county.pk),
        "language": "es",
        "text": "Can we get help?",
    }


def as_sent(text: str) -> str:
    """Return a text as a browser could send it: a half of a pair becomes bytes that are no text."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


FORMS = {
    "message": (
        lambda: reverse("welcome:message", args=["nm-cms"]),
        good_message,
    ),
    "subscribe": (
        lambda: reverse("welcome:subscribe", args=["ms-cmp"]),
        lambda: {"email": "rosa@example.test", "language": "en"},
    ),
}


@pytest.mark.parametrize("form", FORMS)
@hostile
def test_hostile_text_in_any_field_gets_a_sentence_and_nothing_is_lost(client, form, text):
    address, good = FORMS[form]
    text = as_sent(text)
    for name in good():
        cache.clear()
        response = client.post(address(), {**good(), name: text})
        assert response.status_code in (302, 422), (name, response.status_code)
        if response.status_code == 422:
            page = response.content.decode()
            assert "usa-error-message" in page
            for other, typed in good().items():
                assert other == name or typed in page, (name, other)


@pytest.mark.parametrize("form", FORMS)
def test_arrays_missing_fields_and_fields_nobody_asked_for_change_nothing(client, form):
    address, good = FORMS[form]
    for data in ({}, {name: ["a", "b"] for name in good()}, {"id": "1", "office": "2", "by": "3"}):
        assert client.post(address(), data).status_code == 422
    assert not PublicMessage.objects.exists()
    assert not Subscription.objects.exists()


@hostile
def test_a_hostile_search_gets_a_sentence(client, text):
    for data in (
        {"place": text},
        {"place": "87501", "program": text},
        {"place": "87501", "language": text},
    ):
        sent = {name: as_sent(value) for name, value in data.items()}
        assert client.get(reverse("offices:finder"), sent).status_code == 200


@pytest.mark.parametrize(
    "raw", ["place=%00", "place=%ED%A0%80", "place=%FF%FE", "place", "place=&place=87501"]
)
def test_broken_bytes_in_an_address_are_no_error(client, raw):
    assert client.get(f"{reverse('offices:finder')}?{raw}").status_code == 200


@pytest.mark.parametrize("path", ["/news/%00/", "/news/%ED%A0%80/leave/", "/nm-cms/offices/%00/"])
def test_broken_bytes_in_a_path_are_a_page_that_does_not_exist(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.slow
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.text(max_size=120))
def test_no_text_at_all_breaks_the_finder(client, place):
    response = client.get(reverse("offices:finder"), {"place": as_sent(place)})
    assert response.status_code == 200


def staff_forms(client) -> list[tuple[str, dict[str, str]]]:
    office = Office.objects.get(program="nm-cms", slug="las-cruces")
    client.force_login(StaffFactory(role="program-administrator", program="nm-cms"))
    day = {f"{end}_on_{part}": "4" for end in ("starts", "ends") for part in ("month", "day")}
    year = {"starts_on_year": "2090", "ends_on_year": "2090"}
    of_office = {
        "correct": {"street": "1 Street", "phone": "", "note": "n", "reason": "r"},
        "hours": {"opens_0_first": "08:00", "closes_0_first": "17:00", "reason": "r"},
        "close": {**day, **year, "reason": "r", "reason_es": "m"},
    }
    news = {"program": "nm-cms", "title": "t", "title_es": "t", "text": "t", "text_es": "t"}
    return [
        *((reverse(f"offices:{name}", args=[office.pk]), good) for name, good in of_office.items()),
        (reverse("welcome:write_news"), news),
    ]


@hostile
def test_hostile_text_in_a_staff_form_gets_a_sentence(client, text):
    for address, good in staff_forms(client):
        for name in good:
            response = client.post(address, {**good, name: as_sent(text)})
            assert response.status_code in (302, 422), (address, name)
    assert NewsItem.objects.count() <= 4


@hostile
def test_a_hostile_outcome_leaves_the_task_open_or_is_kept_as_typed(client, text):
    office = Office.objects.get(program="nm-cms", slug="las-cruces")
    client.force_login(StaffFactory(office=office))
    task = work.ask_for(
        program="nm-cms",
        kind="test",
        title="Call back",
        due_on=days_from_today(1),
        by=the_portal(),
        office=office,
    )
    response = client.post(reverse("work:finish", args=[task.pk]), {"outcome": as_sent(text)})
    task.refresh_from_db()
    assert response.status_code == (302 if task.done_at else 422)
