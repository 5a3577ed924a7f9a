"""A paper that proves something serves again while it is good, for the home that sent it and no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cms_portal.documents import actions as documents
from intake.actions import applications, evidence, information_requests
from intake.asking import ASKS, askable, proof_for, requirements_of
from intake.cases import service_cases
from intake.evidence import months_valid, proofs_of
from intake.models import Evidence, Requirement
from tests.access.sends import day
from tests.documents.files import photo, upload
from tests.factories import SecondHomeFactory
from tests.factories.applications import SentApplicationFactory, answer, send, start
from tests.factories.dates import MS, NM, today

RULE = "payer_of_last_resort"
YEAR = relativedelta(years=1)


def paper_of(family, kind="coverage"):
    return documents.add_document(
        program=family.household.program,
        household=family.household,
        child=family.child,
        kind=kind,
        files=[upload(photo())],
        by=family.user,
    )


def prove(application, paper, by, *, until=..., requirement="medicaid"):
    return evidence.accept(
        application=application,
        document=paper,
        requirement=requirement,
        valid_until=today() + YEAR if until is ... else until,
        by=by,
        at=timezone.now(),
    )


def asks(application, rule=RULE):
    proofs = proofs_of(application, today())
    return next(one for one in askable(service_cases(application), proofs) if one.rule == rule)


@pytest.fixture
def sent(rosa, ida):
    return SentApplicationFactory(family=rosa, medicaid={"medicaid": "unsure"})


@pytest.fixture
def proven(sent, rosa, ida):
    return prove(sent, paper_of(rosa), ida)


def test_a_paper_of_another_home_proves_nothing_here(sent, rosa, ida):
    other = SecondHomeFactory(child=rosa.child)

    with pytest.raises(evidence.NotThisHomes):
        prove(sent, paper_of(other), ida)
    assert not Evidence.objects.exists()


def test_what_one_home_proved_the_other_is_asked_for(proven, rosa, ida, office):
    other = SecondHomeFactory(child=rosa.child, household__county=office.county)
    theirs = SentApplicationFactory(family=other, medicaid={"medicaid": "unsure"})

    assert asks(theirs).proof is None
    assert proofs_of(theirs, today()) == {}


def test_also_a_birth_certificate_serves_only_the_home_that_sent_it(sent, rosa, ida, office):
    prove(sent, paper_of(rosa, "age"), ida, requirement="birth", until=None)
    other = SecondHomeFactory(child=rosa.child, household__county=office.county)

    assert list(proofs_of(sent, today())) == ["birth"]
    assert not proofs_of(start(other), today())


def test_a_paper_the_family_took_back_proves_nothing(proven, sent, rosa, ida):
    documents.withdraw(document=proven.document, by=rosa.user, at=timezone.now())

    assert proof_for(sent, RULE, today()) is None
    with pytest.raises(evidence.NotThisHomes):
        prove(sent, proven.document, ida)


@pytest.mark.parametrize(("days", "serves"), [(-1, False), (0, True), (1, True)])
def test_it_serves_up_to_its_last_day(sent, rosa, ida, days, serves):
    prove(sent, paper_of(rosa), ida, until=today() + timedelta(days=days))

    assert (proof_for(sent, RULE, today()) is not None) is serves


def test_of_two_papers_the_one_good_longest_serves(sent, rosa, ida):
    for months in (9, 3):
        prove(sent, paper_of(rosa), ida, until=today() + relativedelta(months=months))

    assert proof_for(sent, RULE, today()).valid_until == today() + relativedelta(months=9)


def test_the_family_is_not_asked_for_what_is_proven_but_with_a_reason(proven, sent, ida):
    told = {"application": sent, "rule": RULE, "words": "", "by": ida, "at": timezone.now()}

    with pytest.raises(information_requests.CannotAsk):
        information_requests.ask(**told)
    request = information_requests.ask(**told, although="The letter is about a sister.")

    assert request.although == "The letter is about a sister."


def test_after_its_last_day_the_family_is_asked_again(sent, rosa, ida):
    prove(sent, paper_of(rosa), ida, until=today() - timedelta(days=1))

    request = information_requests.ask(
        application=sent, rule=RULE, words="", by=ida, at=timezone.now()
    )

    assert (request.is_open, request.although) == (True, "")


def test_the_page_for_asking_wants_a_reason_only_where_there_is_proof(sent, rosa, ida, signed_in):
    browser, page = signed_in(ida), reverse("intake:ask_family", args=[sent.number, RULE])
    assert 'name="although"' not in browser.get(page).content.decode()
    prove(sent, paper_of(rosa), ida)

    assert 'name="although"' in browser.get(page).content.decode()
    assert browser.post(page, {"words": "Please"}).status_code == 422
    assert browser.post(page, {"words": "", "although": "It is torn."}).status_code == 302


def test_the_next_application_shows_what_we_still_have(proven, sent, rosa, ida, signed_in):
    applications.withdraw(application=sent, by=rosa.user, at=timezone.now(), reason="again")
    draft = start(rosa)

    page = signed_in(rosa.user).get(reverse("intake:step", args=[draft.number, "papers"]))

    shown = page.content.decode()
    assert "We still have" in shown
    assert "What Medicaid answered: good until" in shown
    again = send(answer(draft, medicaid={"medicaid": "unsure"}))
    assert asks(again).proof == proven


def test_a_page_without_proof_says_nothing_of_it(rosa, ida, signed_in):
    page = signed_in(rosa.user).get(reverse("intake:step", args=[start(rosa).number, "papers"]))

    assert "We still have" not in page.content.decode()


def test_a_worker_says_on_the_page_what_a_paper_proves(sent, rosa, ida, signed_in):
    paper, browser = paper_of(rosa), signed_in(ida)
    page = reverse("intake:prove", args=[sent.number, paper.pk])
    assert page in browser.get(reverse("intake:review", args=[sent.number])).content.decode()

    assert browser.post(page, {"requirement": "medicaid"}).status_code == 302

    proof = Evidence.objects.get()
    usual = relativedelta(months=months_valid(NM, Requirement.MEDICAID))
    assert (proof.seen_by, proof.valid_until) == (ida, today() + usual)
    review = browser.get(reverse("intake:review", args=[sent.number])).content.decode()
    assert "What Medicaid answered: proven until" in review
    assert "Ask anyway" in review


def test_a_worker_may_say_another_day_and_none_that_is_over(sent, rosa, ida, signed_in):
    page = reverse("intake:prove", args=[sent.number, paper_of(rosa).pk])
    browser, over = signed_in(ida), today() - timedelta(days=1)
    until = today() + timedelta(days=40)

    refused = browser.post(page, {"requirement": "home"} | day("valid_until", over))
    browser.post(page, {"requirement": "home"} | day("valid_until", until))

    assert refused.status_code == 422
    assert Evidence.objects.get().valid_until == until


def test_what_does_not_change_has_no_last_day(sent, rosa, ida, signed_in):
    page = reverse("intake:prove", args=[sent.number, paper_of(rosa, "age").pk])

    signed_in(ida).post(page, {"requirement": "birth"})

    assert Evidence.objects.get().valid_until is None


def test_taken_back_by_a_worker_it_proves_nothing_and_the_paper_stays(proven, sent, ida, signed_in):
    url = reverse("intake:take_back_proof", args=[sent.number, proven.pk])
    for _twice in range(2):
        assert signed_in(ida).post(url).status_code == 302

    assert proof_for(sent, RULE, today()) is None
    assert not proven.document.is_withdrawn


def test_said_twice_of_one_paper_it_is_one_proof(sent, rosa, ida):
    paper, later = paper_of(rosa), today() + relativedelta(months=6)
    prove(sent, paper, ida)
    prove(sent, paper, ida, until=later)

    assert Evidence.objects.get().valid_until == later


@pytest.mark.parametrize("program", [NM, MS])
def test_each_thing_a_paper_can_prove_has_a_clock_or_does_not_change(program):
    offered = requirements_of(program)

    assert offered
    assert {one for one in offered if months_valid(program, one) is None} <= {
        Requirement.BIRTH,
        Requirement.SCREEN,
    }


def test_each_ask_for_a_paper_says_what_the_paper_proves():
    assert all(ask.proves for ask in ASKS.values() if ask.kind)


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("UPDATE intake_evidence SET ended_at = now()", "proof_ended_by_somebody"),
        ("UPDATE intake_evidence SET requirement = 'medicaid'", "a_paper_proves_a_thing_once"),
    ],
)
def test_the_database_refuses(sent, rosa, ida, sql, constraint):
    paper = paper_of(rosa)
    for requirement in ("medicaid", "insurance"):
        prove(sent, paper, ida, requirement=requirement)

    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
