"""When answers change after a decision, the rules are asked anew, and so is a person."""

import pytest
from django.urls import reverse
from django.utils import timezone

from eligibility.actions import CannotDecide
from eligibility.models import Outcome
from intake.actions import applications, notices
from intake.cases import service_cases
from intake.journeys.filling import fill, rows, rows_again
from intake.models import Status
from tests.factories.applications import SentApplicationFactory
from tests.intake.deciding import countersign, decide, decide_everything


@pytest.fixture
def refused(rosa, ida, sam):
    """Everything is decided, payment refused for an income that was told wrong; now it is mended."""
    high = rows("income", {"whose": "my job", "amount": "25000.00", "period": "monthly"})
    sent = SentApplicationFactory(family=rosa, income=high)
    decide_everything(sent, ida, sam)
    tell_income(sent, "2500.00", ida)
    return sent


def tell_income(application, amount, by):
    line = {"whose": "my job", "amount": amount, "period": "monthly"}
    fill(application, {"income": rows_again(application, "income", line)}, by=by)
    applications.ask_the_rules(application=application, by=by, at=timezone.now())


def payment(application):
    return next(one for one in service_cases(application) if one.key == "medical_payment")


def test_no_family_is_told_a_no_that_the_rules_no_longer_say(refused, ida):
    notice = notices.tell_family(application=refused, by=ida, at=timezone.now())

    refused.refresh_from_db()
    assert refused.status == Status.IN_REVIEW
    assert "medical_payment" not in [line.decision.service for line in notice.lines.all()]
    assert payment(refused).name not in notice.message.text.partition("## Not decided yet")[0]


def test_nobody_signs_a_decision_on_which_the_rules_found_something_else_since(rosa, ida, sam):
    high = rows("income", {"whose": "my job", "amount": "25000.00", "period": "monthly"})
    sent = SentApplicationFactory(family=rosa, income=high)
    refusal = decide(sent, "medical_payment", Outcome.NOT_AVAILABLE, ida)
    tell_income(sent, "2500.00", ida)

    with pytest.raises(CannotDecide):
        countersign(sent, refusal, sam)


def test_what_the_rules_found_anew_is_decided_anew_and_then_told(refused, ida, sam, signed_in):
    review = reverse("intake:review", args=[refused.number])
    page = signed_in(ida).get(review).content.decode()
    decide_everything(refused, ida, sam)

    notice = notices.tell_family(application=refused, by=ida, at=timezone.now())

    assert "medical_payment" in [line.decision.service for line in notice.lines.all()]
    assert "The rules were asked again" in page
    assert payment(refused).is_final


def test_a_decision_stands_when_the_rules_find_the_same_again(refused, ida, sam):
    decide_everything(refused, ida, sam)

    tell_income(refused, "2400.00", ida)

    assert payment(refused).is_final
