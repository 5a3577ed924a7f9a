"""A family's answer meets one that came before, or a request that is closed: nothing it sent is lost."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.urls import reverse
from django.utils import timezone

from cms_portal.documents.models import Document
from cms_portal.work.models import Task
from intake.actions import information_requests
from intake.states import RequestState
from tests.documents.files import photo, upload
from tests.factories import SecondHomeFactory


def page_of(asked):
    return reverse("intake:answer_request", args=[asked.application.number, asked.pk])


def send(browser, asked, words="It is from the clinic."):
    return browser.post(page_of(asked), {"papers": [upload(photo())], "words": words}, follow=True)


def test_what_a_second_tab_sends_is_kept_beside_the_first(asked, rosa, signed_in):
    browser = signed_in(rosa.user)
    send(browser, asked, "The first page.")
    told = send(browser, asked, "The second page.")

    assert "We keep what you sent." in told.content.decode()
    assert Document.objects.filter(household=rosa.household).count() == 2
    asked.refresh_from_db()
    assert asked.state == RequestState.ANSWERED
    assert asked.answer == "The first page.\nThe second page."


def test_what_was_begun_before_it_was_taken_back_is_kept(asked, ida, rosa, signed_in):
    browser = signed_in(rosa.user)
    information_requests.cancel(request=asked, by=ida, at=timezone.now())

    told = send(browser, asked)

    assert told.status_code == 200
    assert Document.objects.get().household == rosa.household
    assert Task.objects.open().filter(kind="read_answer").exists()
    asked.refresh_from_db()
    assert asked.state == RequestState.CANCELLED


def test_what_comes_after_the_time_to_come_back_is_kept(asked, ida, rosa, signed_in):
    closed_on = timezone.now() + timedelta(days=40)
    information_requests.close_unanswered(request=asked, by=ida, at=closed_on)

    with time_machine.travel(closed_on + timedelta(days=95)):
        told = send(signed_in(rosa.user), asked)

    assert "We keep what you sent." in told.content.decode()
    assert Document.objects.get().household == rosa.household
    asked.refresh_from_db()
    assert asked.state == RequestState.NOT_RECEIVED


def test_another_home_sends_nothing_for_what_was_taken_back(asked, ida, rosa, signed_in):
    other = SecondHomeFactory(child=rosa.child)
    information_requests.cancel(request=asked, by=ida, at=timezone.now())

    assert send(signed_in(other.user), asked).status_code == 404
    assert not Document.objects.exists()
