"""News goes to those who said yes twice, once each, and stops with one click."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts.actions import system_user
from cms_portal.welcome import actions
from cms_portal.welcome.jobs import write_copies
from cms_portal.welcome.models import NewsItem, Subscription
from tests.factories import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db

ASK = reverse("welcome:subscribe", args=["nm-cms"])
NOW = datetime(2026, 11, 25, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_counts_left(db):
    cache.clear()
    yield
    cache.clear()


def ask(email: str = "rosa@example.test", language: str = "en", program: str = "nm-cms"):
    return actions.ask_for_news(
        program=program, email=email, language=language, by=system_user(), at=NOW
    )


def subscriber(email: str = "rosa@example.test", language: str = "en", program: str = "nm-cms"):
    subscription = ask(email, language, program)
    return actions.confirm_news(subscription=subscription, by=system_user(), at=NOW)


@pytest.fixture
def item():
    item = NewsItem(
        program="nm-cms",
        title="A new clinic",
        title_es="Una clínica nueva",
        text="In March.\n\nCall us.",
        text_es="En marzo.\n\nLlámenos.",
    )
    return actions.write_news(item=item, by=system_user())


def links_in(text: str) -> list[str]:
    """Return the paths of the links in a mail."""
    return re.findall(r"https?://[^/\s]+(/news/\S+)", text)


def test_asking_once_sends_no_news_only_a_question(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ASK, {"email": "rosa@example.test", "language": "en"})
    assert response.url == reverse("welcome:subscribe_sent", args=["nm-cms"])
    assert not Subscription.objects.confirmed().exists()
    (question,) = mail.outbox
    assert question.to == ["rosa@example.test"]
    assert len(links_in(question.body)) == 1


def test_somebody_elses_address_sees_the_same_answer_as_a_new_one(client):
    subscriber("known@example.test")
    known = client.post(ASK, {"email": "known@example.test", "language": "en"})
    new = client.post(ASK, {"email": "new@example.test", "language": "en"})
    assert (known.status_code, known.url) == (new.status_code, new.url)


def test_somebody_who_gets_the_news_is_not_asked_again(django_capture_on_commit_callbacks):
    subscriber()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        ask("ROSA@example.test")
    assert not mail.outbox
    assert Subscription.objects.count() == 1


def test_looking_at_the_question_says_nothing_yet(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask()
    (page,) = links_in(mail.outbox[0].body)
    client.get(page)
    assert not Subscription.objects.confirmed().exists()
    client.post(page)
    assert Subscription.objects.confirmed().count() == 1


@pytest.mark.parametrize("name", ["subscription", "unsubscribe"])
def test_a_made_up_link_opens_nothing(client, name):
    assert client.get(reverse(f"welcome:{name}", args=["0" * 26])).status_code == 404
    assert client.post(reverse(f"welcome:{name}", args=["0" * 26])).status_code == 404


def test_the_page_behind_a_link_shows_no_address(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask()
    (page,) = links_in(mail.outbox[0].body)
    response = client.get(page)
    assert "rosa@example.test" not in response.content.decode()
    assert response["Referrer-Policy"] == "strict-origin"


def send(item, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.send_news(item=item, by=system_user(), at=NOW)


def test_news_goes_to_each_in_their_language_and_to_nobody_else(
    item, django_capture_on_commit_callbacks
):
    subscriber("rosa@example.test", "es")
    subscriber("ben@example.test", "en")
    subscriber("dana@example.test", "en", "ms-cmp")
    ask("unsure@example.test")
    left = subscriber("left@example.test")
    actions.leave_news(subscription=left, by=system_user(), at=NOW)

    send(item, django_capture_on_commit_callbacks)

    sent = {message.to[0]: message for message in mail.outbox}
    assert set(sent) == {"rosa@example.test", "ben@example.test"}
    assert sent["rosa@example.test"].subject == "Una clínica nueva"
    assert "En marzo.\n\nLlámenos." in sent["rosa@example.test"].body
    assert sent["ben@example.test"].subject == "A new clinic"


def test_each_mail_tells_mail_programs_how_to_leave_with_one_click(
    item, django_capture_on_commit_callbacks
):
    subscriber()
    send(item, django_capture_on_commit_callbacks)
    (message,) = mail.outbox
    headers = message.extra_headers
    (leave,) = links_in(message.body)
    assert headers["List-Unsubscribe"].endswith(f"{leave}>")
    assert headers["List-Unsubscribe"].startswith("<http")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_leaves_without_a_cookie_and_looking_does_not(
    item, django_capture_on_commit_callbacks
):
    subscription = subscriber()
    send(item, django_capture_on_commit_callbacks)
    (leave,) = links_in(mail.outbox[0].body)
    mail_program = Client(enforce_csrf_checks=True)

    mail_program.get(leave)
    subscription.refresh_from_db()
    assert subscription.left_at is None

    response = mail_program.post(leave, {"List-Unsubscribe": "One-Click"})
    subscription.refresh_from_db()
    assert response.status_code == 200
    assert subscription.left_at is not None
    assert mail_program.post(leave).status_code == 200


def test_somebody_who_left_can_ask_again(django_capture_on_commit_callbacks):
    first = subscriber()
    actions.leave_news(subscription=first, by=system_user(), at=NOW)
    assert subscriber().pk != first.pk


def test_a_job_that_runs_twice_sends_each_copy_once(item, django_capture_on_commit_callbacks):
    subscriber()
    send(item, django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        write_copies.call(item.pk)
    assert len(mail.outbox) == 1


def test_news_that_was_sent_cannot_be_changed_or_sent_again(item):
    item = actions.send_news(item=item, by=system_user(), at=NOW)
    with pytest.raises(actions.AlreadySent):
        actions.send_news(item=item, by=system_user(), at=NOW)
    with pytest.raises(actions.AlreadySent):
        actions.write_news(item=item, by=system_user())


def test_too_many_requests_for_news_are_told_to_wait(client):
    for count in range(10):
        client.post(ASK, {"email": f"rosa{count}@example.test", "language": "en"})
    response = client.post(ASK, {"email": "more@example.test", "language": "en"})
    assert response.status_code == 429
    assert 'value="more@example.test"' in response.content.decode()


def test_a_link_ends_after_its_time(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ASK, {"email": "rosa@example.test", "language": "en"})
    (page,) = links_in(mail.outbox[0].body)
    with time_machine.travel(timezone.now() + actions.LINK_LASTS):
        assert client.get(page).status_code == 404


STAFF = ["news", "write_news"]


@pytest.mark.parametrize("name", STAFF)
def test_families_and_social_workers_write_no_news(client, name):
    for who in (UserFactory(), StaffFactory(role="program-supervisor", program="nm-cms")):
        client.force_login(who)
        assert client.get(reverse(f"welcome:{name}")).status_code == 403


def test_news_of_the_other_state_does_not_exist(client, item):
    client.force_login(StaffFactory(role="program-administrator", program="ms-cmp"))
    assert client.get(reverse("welcome:edit_news", args=[item.pk])).status_code == 404
    assert client.post(reverse("welcome:send_news", args=[item.pk])).status_code == 404
    assert "A new clinic" not in client.get(reverse("welcome:news")).content.decode()


def news(**other: str) -> dict[str, str]:
    return {
        "program": "nm-cms",
        "title": "A new clinic",
        "title_es": "Una clínica nueva",
        "text": "In March.",
        "text_es": "En marzo.",
        **other,
    }


def test_an_administrator_writes_changes_and_sends_news(client):
    ana = StaffFactory(role="program-administrator", program="nm-cms")
    client.force_login(ana)
    subscriber()

    client.post(reverse("welcome:write_news"), news())
    item = NewsItem.objects.get()
    client.post(reverse("welcome:edit_news", args=[item.pk]), news(title="A newer clinic"))
    page = client.post(reverse("welcome:send_news", args=[item.pk]), follow=True)

    item.refresh_from_db()
    assert (item.title, item.sent_by) == ("A newer clinic", ana)
    assert item.history.filter(history_user=ana).count() == 3
    assert "A newer clinic" in page.content.decode()
    again = client.post(reverse("welcome:edit_news", args=[item.pk]), news())
    assert again.status_code == 403


def test_news_needs_both_languages_and_ones_own_program(client):
    client.force_login(StaffFactory(role="program-administrator", program="nm-cms"))
    for wrong in ({"title_es": ""}, {"text_es": ""}, {"program": "ms-cmp"}):
        assert client.post(reverse("welcome:write_news"), news(**wrong)).status_code == 422
    assert not NewsItem.objects.exists()


def test_the_sent_news_stands_on_the_public_page_in_its_language(client, item):
    actions.send_news(item=item, by=system_user(), at=NOW)
    assert "A new clinic" in client.get(ASK).content.decode()
    client.cookies["django_language"] = "es"
    assert "Una clínica nueva" in client.get(ASK).content.decode()
    assert (
        "clinic" not in client.get(reverse("welcome:subscribe", args=["ms-cmp"])).content.decode()
    )
