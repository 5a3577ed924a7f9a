"""A confirmed condition that no list names goes to the Medical Director, and is no refusal."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.audit.tracking import save_tracked
from cms_portal.documents.models import DocumentKind
from cms_portal.work.models import Task
from eligibility.models import Outcome, ReasonCode, ServiceDecision
from intake.actions import answers, condition_answers
from intake.models import ConditionReview, ReviewAnswer, ReviewState, Status
from tests.documents.files import photo, upload
from tests.factories import StaffFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import MS, NM
from tests.intake.deciding import decide
from tests.intake.reviewing_conditions import (
    LISTED,
    UNLISTED,
    WHY,
    ask,
    say,
    the_review,
    told,
    unlisted,
)

COUNTS, NOT, PAPERS = (
    ReviewAnswer.COUNTS,
    ReviewAnswer.DOES_NOT_COUNT,
    ReviewAnswer.MORE_PAPERS,
)


@pytest.fixture
def max_ortega(office):
    return StaffFactory(role="medical-director", program=NM, name="Max Ortega")


@pytest.fixture
def asked(rosa, ida):
    """An application whose one condition waits."""
    return unlisted(rosa, ida)


def decided(application):
    in_force = ServiceDecision.objects.in_force().filter(case_key=application.case_key)
    return {decision.service: decision for decision in in_force}


def page_of(review, name="condition_review"):
    return reverse(f"intake:{name}", args=[review.pk])


@pytest.mark.parametrize("who", ["ida", "sam", "rosa"])
def test_nobody_but_the_medical_director_answers(asked, who, request, signed_in):
    review, somebody = the_review(asked), request.getfixturevalue(who)
    browser = signed_in(somebody.user if who == "rosa" else somebody)

    assert browser.get(page_of(review)).status_code == 404
    assert browser.post(page_of(review), {"answer": COUNTS}).status_code == 404
    assert browser.get(reverse("intake:conditions")).status_code == 403


def test_the_medical_director_of_another_program_sees_nothing(asked, signed_in):
    other = StaffFactory(role="medical-director", program=MS)

    assert signed_in(other).get(page_of(the_review(asked))).status_code == 404


def test_the_rules_alone_refuse_nothing(asked):
    assert the_review(asked).asked_services
    assert not decided(asked)


def test_a_worker_does_not_decide_in_the_directors_name(asked, ida, signed_in):
    url = reverse("intake:decide", args=[asked.number, "care_coordination"])
    given = {
        "care_coordination-outcome": "available",
        "care_coordination-reason_code": ReasonCode.MEDICAL_DIRECTOR,
        "care_coordination-words": WHY,
    }

    assert signed_in(ida).post(url, given).status_code == 422
    assert not decided(asked)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"answer": ""}, "answer"), ({"reason": "No."}, "reason"), ({"services": []}, "services")],
)
def test_an_answer_says_what_and_why(asked, max_ortega, signed_in, wrong, field):
    review = the_review(asked)
    sent = {"answer": NOT, "services": review.asked_services, "reason": WHY} | wrong

    page = signed_in(max_ortega).post(page_of(review), sent)

    assert page.status_code == 422
    assert field in page.context["form"].errors
    review.refresh_from_db()
    assert review.state == ReviewState.WAITING


def test_an_answer_is_given_once(asked, max_ortega):
    review = the_review(asked)
    say(review, max_ortega)

    with pytest.raises(condition_answers.ReviewOver):
        say(review, max_ortega, NOT)
    assert ConditionReview.objects.get().answer == COUNTS


def test_a_listed_condition_asks_nobody(rosa, ida):
    told(SentApplicationFactory(family=rosa), ida, LISTED)

    assert not ConditionReview.objects.exists()


def test_asking_the_rules_twice_asks_once(asked, ida):
    ask(asked, ida)

    assert ConditionReview.objects.count() == 1


@pytest.mark.parametrize("corrected", [LISTED, UNLISTED | {"status": "reported"}])
def test_a_corrected_condition_leaves_the_queue(asked, ida, corrected):
    told(asked, ida, corrected)

    assert ConditionReview.objects.get().state == ReviewState.WITHDRAWN


def test_another_code_is_another_question(asked, ida, max_ortega):
    say(the_review(asked), max_ortega, NOT)

    told(asked, ida, UNLISTED | {"icd10": "Q87.1"})

    assert the_review(asked).code == "Q87.1"


def test_a_yes_decides_what_only_the_condition_stood_in_the_way_of(asked, max_ortega):
    say(the_review(asked), max_ortega)

    decision = decided(asked)["care_coordination"]
    assert decision.outcome == Outcome.AVAILABLE
    assert (decision.reason_code, decision.words) == (ReasonCode.MEDICAL_DIRECTOR, WHY)
    assert (decision.decided_by, decision.is_final) == (max_ortega, True)
    asked.refresh_from_db()
    assert asked.status == Status.IN_REVIEW


def test_a_no_waits_for_a_second_person(asked, max_ortega):
    say(the_review(asked), max_ortega, NOT)

    decision = decided(asked)["medical_payment"]
    assert decision.outcome == Outcome.NOT_AVAILABLE
    assert not decision.is_final


def test_a_service_that_lacks_another_fact_waits_for_it(rosa, ida, max_ortega):
    asked = unlisted(rosa, ida, medicaid={"medicaid": "pending"})
    say(the_review(asked), max_ortega)
    assert "care_coordination" in decided(asked)
    assert "medical_payment" not in decided(asked)

    asked.refresh_from_db()
    asked.assessment.medicaid = "denied"
    save_tracked(asked.assessment, by=ida, reason="the letter came")
    ask(asked, ida)

    decision = decided(asked)["medical_payment"]
    assert (decision.outcome, decision.decided_by) == (Outcome.AVAILABLE, max_ortega)


def test_an_answer_for_one_list_leaves_the_others_to_a_person(asked, max_ortega):
    say(the_review(asked), max_ortega, services=["care_coordination"])

    assert set(decided(asked)) == {"care_coordination"}


def test_a_condition_that_counts_beats_one_that_does_not(rosa, ida, max_ortega):
    other = UNLISTED | {"text": "another", "icd10": "Q89.8"}
    asked = told(SentApplicationFactory(family=rosa), ida, UNLISTED, other)
    first, second = ConditionReview.objects.order_by("pk")

    say(first, max_ortega, NOT)
    assert not decided(asked)
    say(second, max_ortega, COUNTS)

    assert decided(asked)["care_coordination"].outcome == Outcome.AVAILABLE


def test_more_papers_decide_nothing_and_ask_again_when_they_come(asked, ida, max_ortega):
    say(the_review(asked), max_ortega, PAPERS, reason="A letter of the geneticist, please.")
    ask(asked, ida)
    assert not decided(asked)
    assert not ConditionReview.objects.filter(state=ReviewState.WAITING).exists()
    assert Task.objects.filter(kind=condition_answers.PAPERS, about_id=asked.pk).exists()

    answers.add_paper(
        application=asked,
        kind=DocumentKind.DIAGNOSIS,
        files=[upload(photo())],
        by=ida,
        at=timezone.now(),
    )
    ask(asked, ida)

    assert the_review(asked)


def test_the_worker_is_asked_to_go_on_without_a_word_of_health(asked, max_ortega):
    say(the_review(asked), max_ortega)

    task = Task.objects.get(kind=condition_answers.ANSWERED)
    assert task.about == asked
    assert WHY not in task.title + task.why


def test_a_new_look_replaces_what_the_last_one_decided(asked, max_ortega):
    first = say(the_review(asked), max_ortega, NOT)
    again = condition_answers.look_again(review=first, by=max_ortega, at=timezone.now())
    assert again == condition_answers.look_again(review=first, by=max_ortega, at=timezone.now())

    say(again, max_ortega, COUNTS)

    assert decided(asked)["care_coordination"].outcome == Outcome.AVAILABLE
    assert ConditionReview.objects.answered().count() == 2


def test_what_a_worker_decided_stays(asked, ida, max_ortega, sam):
    own = decide(
        asked, "care_coordination", Outcome.AVAILABLE, ida, code=ReasonCode.EXCEPTION, words=WHY
    )

    say(the_review(asked), max_ortega, NOT)

    assert decided(asked)["care_coordination"] == own


def test_in_mississippi_the_program_reviews_in_its_own_way(mississippi):
    dana, office = mississippi
    mo = StaffFactory(role="regional-coordinator", region=office.region)
    sue = StaffFactory(role="condition-reviewer", program=MS)
    asked = told(SentApplicationFactory(family=dana), mo, UNLISTED | {"icd10": "L70.0"})

    say(the_review(asked), sue)

    assert decided(asked)["care_coordination"].outcome == Outcome.AVAILABLE
