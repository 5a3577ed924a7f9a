"""A message to a program reaches the office of the county, and nobody else."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from cms_portal import programs
from cms_portal.accounts.actions import system_user
from cms_portal.audit import context
from cms_portal.audit.models import AccessEvent
from cms_portal.offices.models import County, Office
from cms_portal.offices.working_days import working_days_after
from cms_portal.welcome import actions
from cms_portal.welcome.models import PublicMessage
from cms_portal.work.models import Task
from tests.factories import StaffFactory, UserFactory

pytestmark = pytest.mark.usefixtures("reference_data")

WRITE = reverse("welcome:message", args=["nm-cms"])


@pytest.fixture(autouse=True)
def no_counts_left(reference_data):
    cache.clear()
    yield
    cache.clear()


def typed(**other: str) -> dict[str, str]:
    luna = County.objects.get(program="nm-cms", name="Luna")
    return {
        "name": "Rosa Canary",
        "phone": "575-555-0134",
        "email": "",
        "county": str(luna.pk),
        "language": "es",
        "text": "Can we get help? tok3n-canary",
        **other,
    }


@pytest.fixture
def message():
    return actions.receive_message(
        county=County.objects.get(program="nm-cms", name="Luna"),
        name="Rosa Canary",
        phone="+15755550134",
        email="",
        language="es",
        text="Can we get help? tok3n-canary",
        by=system_user(),
        at=datetime(2026, 11, 25, 18, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Write an answer for “Your name”."),
        ({"phone": "", "email": ""}, "Give a phone or an email"),
        ({"phone": "12", "email": ""}, "Write a phone number with its area code"),
        ({"email": "rosa"}, "Write an email address like"),
        ({"county": ""}, "Choose an answer for “County”."),
        ({"county": "999999"}, "Choose one of the answers shown for “County”."),
        ({"language": "xx"}, "Choose one of the answers shown"),
        ({"text": ""}, "Write an answer for “Your message”."),
        ({"text": "a" * 3001}, "can have at most 3000 characters"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(client, wrong, sentence):
    response = client.post(WRITE, typed(**wrong))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert ("Rosa Canary" in page) or "name" in wrong
    assert ("tok3n-canary" in page) or "text" in wrong
    assert not PublicMessage.objects.exists()


def test_a_county_of_the_other_state_is_not_taken(client):
    hinds = County.objects.get(program="ms-cmp", name="Hinds")
    assert client.post(WRITE, typed(county=str(hinds.pk))).status_code == 422


def test_a_message_becomes_a_task_of_the_countys_office_due_in_two_working_days(client):
    response = client.post(WRITE, typed())

    task = Task.objects.get()
    las_cruces = Office.objects.get(program="nm-cms", slug="las-cruces")
    program = programs.get("nm-cms")
    assert response.url == reverse("welcome:message_sent", args=["nm-cms", "las-cruces"])
    assert task.office == las_cruces
    assert task.about == PublicMessage.objects.get()
    assert task.due_on == working_days_after(program=program, day=program.today(), count=2)


def test_the_due_date_steps_over_holidays_and_weekends(message):
    # Sent on the Wednesday before Thanksgiving; New Mexico also rests on the Friday.
    assert str(Task.objects.get().due_on) == "2026-12-01"


def test_the_task_says_nothing_of_what_was_written(message):
    task = Task.objects.get()
    assert "tok3n-canary" not in f"{task.title} {task.why}"
    assert "Rosa" not in f"{task.title} {task.why}"


def test_the_thank_you_page_gives_a_day_and_a_number_and_nothing_of_the_message(client):
    page = client.post(WRITE, typed(), follow=True).content.decode()
    assert "1-877-890-4692" in page
    assert "Las Cruces Public Health Office" in page
    assert "Canary" not in page


def test_nothing_typed_stays_in_the_session_or_goes_out_by_mail(client):
    client.post(WRITE, typed())
    assert not client.session.keys()
    assert not mail.outbox


def test_the_eleventh_message_of_an_hour_is_kept_on_the_page_and_gets_a_number_to_call(client):
    for _count in range(10):
        assert client.post(WRITE, typed()).status_code == 302
    response = client.post(WRITE, typed())
    page = response.content.decode()
    assert response.status_code == 429
    assert "tok3n-canary" in page
    assert "1-877-890-4692" in page
    assert PublicMessage.objects.count() == 10


def test_a_message_that_was_not_valid_does_not_count(client):
    for _count in range(12):
        client.post(WRITE, typed(text=""))
    assert client.post(WRITE, typed()).status_code == 302


@pytest.mark.parametrize(
    "who",
    [
        UserFactory,
        lambda: StaffFactory(office=Office.objects.get(program="nm-cms", slug="santa-fe")),
        lambda: StaffFactory(office=Office.objects.get(program="ms-cmp", slug="hinds-county")),
        lambda: StaffFactory(role="program-administrator", program="nm-cms"),
        lambda: StaffFactory(role="program-supervisor", program="ms-cmp"),
    ],
)
def test_a_message_does_not_exist_for_anybody_but_its_office(client, sign_in, message, who):
    sign_in(who())
    response = client.get(message.get_absolute_url())
    assert response.status_code == 404
    assert "canary" not in response.content.decode().lower()


@pytest.mark.parametrize(
    "who",
    [
        lambda: StaffFactory(office=Office.objects.get(program="nm-cms", slug="las-cruces")),
        lambda: StaffFactory(
            role="supervisor",
            region=Office.objects.get(program="nm-cms", slug="las-cruces").region,
        ),
        lambda: StaffFactory(role="program-supervisor", program="nm-cms"),
    ],
)
def test_its_office_and_those_who_lead_it_read_it_and_that_is_kept(client, sign_in, message, who):
    reader = sign_in(who())
    page = client.get(message.get_absolute_url()).content.decode()
    assert "tok3n-canary" in page
    assert "(575) 555-0134" in page
    event = AccessEvent.objects.get()
    assert (event.actor, event.page, event.program) == (reader, "welcome:read_message", "nm-cms")


def test_a_message_without_a_way_to_answer_cannot_be_kept(message):
    with pytest.raises(IntegrityError), transaction.atomic(), context.acting(by=system_user()):
        PublicMessage(
            program="nm-cms",
            office=message.office,
            county=message.county,
            name="x",
            language="en",
            text="x",
        ).save()


def test_a_page_sent_twice_is_one_message(client):
    key = str(uuid.uuid4())
    first, second = (client.post(WRITE, typed(key=key)) for _time in range(2))
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert PublicMessage.objects.count() == Task.objects.count() == 1


def test_somebody_who_goes_back_and_writes_something_else_sends_a_second_message(client):
    key = str(uuid.uuid4())
    client.post(WRITE, typed(key=key))
    client.post(WRITE, typed(key=key, text="One more thing: do you have a ramp?"))
    assert PublicMessage.objects.count() == Task.objects.count() == 2


def test_the_page_carries_a_key_of_its_own(client):
    keys = {client.get(WRITE).context["form"].initial["key"] for _time in range(2)}
    assert len(keys) == 2


def test_a_key_that_somebody_bent_does_not_stop_a_message(client):
    assert client.post(WRITE, typed(key="not a key")).status_code == 302
    assert 'name="key" value="' in client.get(WRITE).content.decode()
