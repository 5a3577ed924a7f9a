"""The eligibility receipt: every rule, its figure, from whom, its source; and what another fact would do."""

import pytest
from django.urls import reverse

from eligibility.models import Determination
from intake.cases import latest_determination, service_cases
from intake.eligibility_receipt import receipt_lines
from intake.forms.what_if import WhatIfForm
from intake.what_if import as_shown, flips_of, supposing


def address(application):
    return reverse("intake:eligibility_receipt", args=[application.number])


def line_about(application, words):
    lines = receipt_lines(application, latest_determination(application))
    return next(line for line in lines if words in line.because)


def test_a_family_reads_its_decision_and_not_the_workers_receipt(application, rosa, signed_in):
    assert signed_in(rosa.user).get(address(application)).status_code in (403, 404)


def test_every_rule_stands_there_once_with_the_services_that_rest_on_it(application):
    lines = receipt_lines(application, latest_determination(application))

    assert len({line.question + line.because for line in lines}) == len(lines)
    served = {name for line in lines for name in line.services}
    assert served == {case.name for case in service_cases(application)}


def test_a_figure_says_from_whom_it_is_and_against_what(application, rosa, ida):
    income = line_about(application, "Income of $30,000")
    condition = line_about(application, "is on the list")

    assert income.origins[0].startswith(f"Told by {rosa.user.name}")
    assert any(figure.value == "200%" for figure in income.figures)
    assert condition.origins[0].startswith(f"A doctor’s paper, seen by {ida.name}")
    assert condition.source.url.startswith("https://")


def test_the_sentences_are_those_the_family_reads(application):
    told = {line.because for line in receipt_lines(application, latest_determination(application))}

    assert {
        reason.because for case in service_cases(application) for reason in case.reasons
    } <= told


def test_another_income_flips_payment_and_nothing_is_kept(application, ida, signed_in):
    facts = latest_determination(application).facts
    shown = as_shown(facts)

    page = signed_in(ida).post(
        address(application),
        {key: "" if value is None else value for key, value in shown.items()}
        | {
            "date_of_birth_month": shown["date_of_birth"].month,
            "date_of_birth_day": shown["date_of_birth"].day,
            "date_of_birth_year": shown["date_of_birth"].year,
            "income_a_year": "90,000",
        },
    )

    words = page.content.decode()
    assert page.status_code == 200
    assert "Then these flip" in words
    assert "Help paying for medical care" in words
    assert Determination.objects.filter(case_key=application.case_key).count() == 2


@pytest.mark.parametrize(
    ("name", "value", "service"),
    [
        ("lives_in_state", "no", "Care coordination"),
        ("medicaid", "enrolled", "Help paying for medical care"),
        ("has_primary_care_provider", "no", "Specialty clinics"),
        ("icd10", "L20.9", "Care coordination"),
        ("status", "suspected", "Care coordination"),
    ],
)
def test_each_fact_can_be_tried(application, name, value, service):
    facts = latest_determination(application).facts

    flips = flips_of(facts, supposing(facts, {name: value}, [name]))

    assert service in {flip.service for flip in flips}


def test_a_code_may_be_tried_in_small_letters():
    form = WhatIfForm({"icd10": "l20.9"}, reads={"conditions"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["icd10"] == "L20.9"


def test_nothing_changed_flips_nothing(application):
    facts = latest_determination(application).facts

    assert flips_of(facts, supposing(facts, as_shown(facts), as_shown(facts))) == []


def test_an_amount_below_zero_is_a_sentence_at_the_field(application, ida, signed_in):
    page = signed_in(ida).post(address(application), {"income_a_year": "-5"})

    assert page.status_code == 422
    assert "without a minus sign" in page.content.decode()
