"""How long the application is: at most 25 pages and 60 questions for one child, for most families fewer."""

import pytest

from intake import consequences
from intake.journeys import journey_of
from intake.journeys.filling import rows
from tests.factories import FamilyFactory
from tests.factories.applications import answer, start
from tests.factories.dates import MS, NM, born, today

MOST_PAGES, MOST_FIELDS = 25, 60
TYPICAL_PAGES, TYPICAL_FIELDS = 22, 54
ALL_YES = {consequences.has(kind): "yes" for kind in consequences.KINDS}
ALL_BECAUSE = {
    consequences.because(kind): "yes"
    for kind in consequences.KINDS
    if kind not in consequences.WITHOUT_CAUSE
}
ALL_LASTING = {consequences.lasts(kind): "yes" for kind in consequences.KINDS}
# Every answer that opens a page more.
EVERYTHING = {
    "away": {"was_away": "yes"},
    "away-details": {
        "away_from_month": 1,
        "away_from_day": 1,
        "away_from_year": today().year - 1,
    },
    "conditions": rows("conditions", {"text": "seizures", "status": "reported"}),
    "liability": {"others_may_pay": "yes"},
    "liability-details": {"liable_party": "Ann Roe, and her lawyer Max Doe"},
    "consequences": ALL_YES,
    "consequences-because": ALL_BECAUSE,
    "consequences-lasting": ALL_LASTING,
    "seizure-medicine": {"on_seizure_medication": "yes"},
}
NO_MEDICAID = {"medicaid": {"medicaid": "denied"}}
WITH_MEDICAID = {"medicaid": {"medicaid": "enrolled"}}


def length(application):
    """Return (pages, questions) that this application asks, counted on the forms a family sees."""
    steps = journey_of(application.program).for_subject(application)
    return len(steps), sum(len(_questions(step, application)) for step in steps)


def _questions(step, application):
    form = step.form(application)
    shown = form.forms[-1] if hasattr(form, "forms") else form
    return [field.name for field in shown if not field.is_hidden and field.name != "is_withdrawn"]


@pytest.mark.parametrize("age", [0, 2, 5, 11, 16, 19])
@pytest.mark.parametrize("medicaid", [NO_MEDICAID, WITH_MEDICAID], ids=["denied", "enrolled"])
@pytest.mark.parametrize("program", [NM, MS])
def test_whatever_a_family_answers_it_is_never_longer(program, medicaid, age):
    family = FamilyFactory(program=program, child__date_of_birth=born(age, days=20))
    application = answer(start(family), **EVERYTHING | medicaid)

    pages, questions = length(application)

    assert not [step.key for step, _form in journey_of(program).unfinished(application)]
    assert pages <= MOST_PAGES
    assert questions <= MOST_FIELDS


@pytest.mark.parametrize("age", [0, 4, 9, 15])
@pytest.mark.parametrize("program", [NM, MS])
def test_most_families_are_asked_less(program, age):
    family = FamilyFactory(program=program, child__date_of_birth=born(age, days=20))
    answers = NO_MEDICAID if program == NM else WITH_MEDICAID

    pages, questions = length(answer(start(family), **answers))

    assert pages <= TYPICAL_PAGES
    assert questions <= TYPICAL_FIELDS


@pytest.mark.parametrize("program", [NM, MS])
def test_nobody_is_asked_for_what_no_rule_needs(program):
    journey, asked = journey_of(program), set()
    application = answer(start(FamilyFactory(program=program)), **EVERYTHING)
    for step in journey.for_subject(application):
        asked |= {name.lower() for name in _questions(step, application)}

    assert not [name for name in asked if "ssn" in name or "social" in name or "immigra" in name]
    address = journey.steps["address"].form(application)
    assert not address.fields["street"].required
