"""What is missing is asked for; only what waits for it rests, and no answer is no refusal."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cms_portal.audit.tracking import save_tracked
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from eligibility.library import RULES
from eligibility.models import Outcome
from intake.actions import applications, notices
from intake.actions import information_requests as requests
from intake.asking import ASKS, askable
from intake.cases import service_cases
from intake.journeys.filling import fill
from intake.models import Application, InformationRequest, Status
from intake.states import REQUEST_FINAL, REQUEST_MOVES, RequestState, WrongMove
from tests.factories import FamilyFactory, the_portal
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import NM, today
from tests.intake.deciding import decide

DAY = timedelta(days=1)


def ask(application, by, rule="covered_condition", at=None):
    return requests.ask(
        application=application, rule=rule, words="", by=by, at=at or timezone.now()
    )


def reply(request, by, words="It is lost.", files=(), at=None):
    return requests.answer(
        request=request, words=words, files=list(files), by=by, at=at or timezone.now()
    )


def case_of(application, service):
    return next(case for case in service_cases(application) if case.key == service)


def later(days):
    return timezone.now() + timedelta(days=days)


def test_the_table_of_moves_names_every_state():
    assert set(REQUEST_MOVES) == set(RequestState)
    assert {state for state, moves in REQUEST_MOVES.items() if not moves} == set(REQUEST_FINAL)


def test_every_rule_of_every_program_can_be_asked_about_but_one_that_is_out():
    assert set(RULES) - set(ASKS) == {"assets"}


def test_nothing_is_asked_for_a_rule_that_no_service_waits_for(sent, ida):
    with pytest.raises(requests.CannotAsk):
        ask(sent, ida, rule="residence")


def test_nothing_is_asked_of_a_family_that_took_its_application_back(sent, ida, rosa):
    applications.withdraw(application=sent, by=rosa.user, at=timezone.now(), reason="withdrawn")
    with pytest.raises(requests.CannotAsk):
        ask(sent, ida)


def test_asking_twice_asks_once(sent, ida):
    assert ask(sent, ida) == ask(sent, ida)
    assert Message.objects.filter(key="intake/information_asked").count() == 1


def test_the_database_keeps_one_open_request_for_each_rule(sent, ida):
    first = ask(sent, ida)
    second = InformationRequest(
        application=sent,
        rule=first.rule,
        services=["x"],
        due_on=first.due_on,
        asked_by=ida,
        asked_at=timezone.now(),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        save_tracked(second, by=ida, reason="twice")


def test_only_the_services_that_need_it_wait(sent, ida):
    request = ask(sent, ida, rule="payer_of_last_resort")

    assert "medical_payment" in request.services
    assert case_of(sent, "medical_payment").waits_for == [request]
    assert not case_of(sent, "care_coordination").waits_for
    sent.refresh_from_db()
    assert sent.waits_for_family_since is None


def test_the_time_rests_when_all_that_is_open_waits_for_the_family(sent, ida):
    due = sent.answer_due_on
    for one in askable(service_cases(sent)):
        ask(sent, ida, rule=one.rule)
    for case in service_cases(sent):
        if case.is_asked and case.is_open and not case.waits_for:
            decide(sent, case.key, case.recommended, ida)
    told = notices.tell_family(application=sent, by=ida, at=timezone.now())

    sent.refresh_from_db()
    assert told.lines.exists()
    assert sent.waits_for_family_since == today(NM)
    for request in list(sent.information_requests.open()):
        reply(request, ida, at=later(10))
    sent.refresh_from_db()
    assert sent.waits_for_family_since is None
    assert sent.answer_due_on == due + 10 * DAY


def test_the_family_reads_what_to_send_why_and_by_when(sent, ida, rosa, signed_in):
    request = ask(sent, ida)
    letter = Message.objects.get(key="intake/information_asked")

    browser = signed_in(rosa.user)
    page = browser.get(reverse("intake:answer_request", args=[sent.number, request.pk]))
    receipt = browser.get(reverse("intake:receipt", args=[sent.number]))

    for text in (letter.text, page.content.decode()):
        assert str(ASKS["covered_condition"].what) in text
        assert "the summary of a visit" in text
        assert "Care coordination" in text
    assert reverse("intake:answer_request", args=[sent.number, request.pk]) in str(receipt.content)
    assert "doctor" not in letter.body + letter.subject


def test_the_family_sends_a_photo_and_the_worker_reads_it(sent, ida, rosa, signed_in, settings):
    request = ask(sent, ida)
    url = reverse("intake:answer_request", args=[sent.number, request.pk])
    photo = SimpleUploadedFile("letter.jpg", b"\xff\xd8\xff\xe0" + b"0" * 100, "image/jpeg")

    answer = signed_in(rosa.user).post(url, {"papers": [photo], "words": ""})

    assert answer.status_code == 302
    request.refresh_from_db()
    assert request.state == RequestState.ANSWERED
    assert request.document.kind == "diagnosis"
    assert Task.objects.open().filter(kind="read_answer").count() == 1


def test_an_empty_answer_is_kindly_refused(sent, ida, rosa, signed_in):
    request = ask(sent, ida)
    url = reverse("intake:answer_request", args=[sent.number, request.pk])

    answer = signed_in(rosa.user).post(url, {"words": ""})

    assert answer.status_code == 422
    assert "tell us in words" in answer.content.decode()


def test_a_request_of_another_application_is_missing(sent, ida, rosa, signed_in):
    request = ask(sent, ida)
    other = SentApplicationFactory(family=FamilyFactory(household__county=rosa.household.county))
    url = reverse("intake:answer_request", args=[other.number, request.pk])

    assert signed_in(ida).get(url).status_code == 404


def test_an_answer_given_twice_is_kept_once(sent, ida, rosa):
    request = ask(sent, ida)
    reply(request, rosa.user)
    with pytest.raises(WrongMove):
        reply(request, rosa.user, words="Again.")


def test_what_the_rules_know_now_is_no_longer_asked(sent, ida):
    request = ask(sent, ida, rule="payer_of_last_resort")
    fill(sent, {"medicaid": {"medicaid": "denied"}}, by=ida)
    applications.ask_the_rules(application=sent, by=ida, at=timezone.now())

    request.refresh_from_db()
    assert request.state == RequestState.ANSWERED
    assert request.closed_by == the_portal()


def test_a_service_that_was_decided_waits_for_nothing(sent, ida):
    request = ask(sent, ida, rule="payer_of_last_resort")
    for service in request.services:
        decide(sent, service, Outcome.AVAILABLE, ida, code="family_told", words="Seen.")

    request.refresh_from_db()
    assert request.state == RequestState.CANCELLED


def test_nothing_is_closed_while_the_family_has_time(sent, ida):
    request = ask(sent, ida)
    with pytest.raises(requests.CannotAsk):
        requests.close_unanswered(request=request, by=ida, at=later(29))


def closed(application, by):
    for one in askable(service_cases(application)):
        ask(application, by, rule=one.rule)
    for request in list(application.information_requests.open()):
        requests.close_unanswered(request=request, by=by, at=later(40))
    application.refresh_from_db()
    return application


def test_no_reply_closes_without_a_refusal(sent, ida):
    for case in service_cases(sent):
        if case.is_asked and case.recommended == Outcome.AVAILABLE:
            decide(sent, case.key, Outcome.AVAILABLE, ida)
    closed(sent, ida)

    assert case_of(sent, "medical_payment").is_closed
    assert case_of(sent, "medical_payment").decision is None
    letter = Message.objects.filter(key="intake/papers_not_received").first()
    assert "This is not a no" in letter.text


def test_an_application_of_which_nothing_came_is_closed_and_can_go_on_for_ninety_days(
    sent, ida, rosa
):
    closed(sent, ida)
    waiting = [case for case in service_cases(sent) if case.owes_answer]
    assert sent.status == (Status.IN_REVIEW if waiting else Status.CLOSED)
    request = sent.information_requests.first()

    reply(request, rosa.user, at=later(100))

    sent.refresh_from_db()
    assert sent.status == Status.IN_REVIEW
    assert request.pk in [
        one.pk for one in sent.information_requests.filter(state=RequestState.ANSWERED)
    ]


def test_after_ninety_days_a_new_application_is_needed(sent, ida, rosa):
    closed(sent, ida)
    with pytest.raises(requests.TooLate):
        reply(sent.information_requests.first(), rosa.user, at=later(140))


def test_the_page_a_worker_asks_from_is_missing_for_a_rule_that_is_known(sent, ida, signed_in):
    url = reverse("intake:ask_family", args=[sent.number, "residence"])
    assert signed_in(ida).get(url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_family_and_the_worker_at_once_leave_one_answer(office, ida, rosa):
    """The worker closes as the family answers: one of them is first, the other is told."""
    sent = SentApplicationFactory(family=rosa, medicaid={"medicaid": "pending"})
    request = ask(sent, ida)
    told = []

    def run(act):
        try:
            told.append(act().state)
        except (WrongMove, requests.TooLate) as refused:
            told.append(type(refused).__name__)
        finally:
            connection.close()

    acts = [
        lambda: reply(request, rosa.user, at=later(40)),
        lambda: requests.close_unanswered(request=request, by=ida, at=later(40)),
    ]
    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    request.refresh_from_db()
    assert request.state == RequestState.ANSWERED
    assert Application.objects.get(pk=sent.pk).status == Status.IN_REVIEW
