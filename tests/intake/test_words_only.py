"""A condition told in words only may be the one a help is for: no press of a button makes it a no."""

import pytest

from eligibility.models import Outcome
from intake.cases import service_cases
from intake.journeys.filling import rows
from intake.models import Channel
from tests.factories import FamilyFactory
from tests.factories.applications import answer, send, start
from tests.factories.dates import born

ASTHMA = {"text": "asthma", "icd10": "J45.40", "status": "confirmed"}
WORDS = {"text": "cystic fibrosis", "status": "reported"}


@pytest.fixture
def adult(rosa, ida):
    county = rosa.household.county
    return FamilyFactory(
        household__county=county, child__date_of_birth=born(25), kind="own_applicant"
    )


def adult_care(family, worker, *conditions):
    taken = start(family, channel=Channel.PHONE, by=worker)
    sent = send(answer(taken, conditions=rows("conditions", *conditions)))
    return next(one for one in service_cases(sent) if one.key == "adult_cystic_fibrosis")


def test_words_that_may_mean_it_wait_for_a_person(adult, ida):
    case = adult_care(adult, ida, ASTHMA, WORDS)

    assert case.recommended == Outcome.NOT_AVAILABLE
    assert case.is_unnamed
    assert not case.can_be_confirmed


def test_another_condition_with_its_code_is_a_no_that_can_be_confirmed(adult, ida):
    case = adult_care(adult, ida, ASTHMA)

    assert case.recommended == Outcome.NOT_AVAILABLE
    assert case.can_be_confirmed


def test_words_change_nothing_where_something_else_stands_in_the_way(rosa, ida):
    case = adult_care(rosa, ida, ASTHMA, WORDS)

    assert case.recommended == Outcome.NOT_AVAILABLE
    assert not case.is_unnamed
