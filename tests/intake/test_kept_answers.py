"""What the quick check was told waits on its pages, locked, and is forgotten in time."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms_portal.audit.models import Evidence
from intake.actions import applications
from intake.journeys import journey_of
from intake.models import KeptAnswer
from intake.prefilled import pages_from
from tests.factories import CountyFactory
from tests.factories.applications import answer, send, start
from tests.factories.dates import MS, NM, days_from_today
from tests.intake.quick_check import TOLD, keep
from tests.logins import as_login


@pytest.mark.django_db(transaction=True)
def test_the_evidence_holds_no_more_than_a_digest_of_it(rosa):
    keep(start(rosa))

    with as_login("auditor"):
        kept = Evidence.objects.filter(relation="intake_keptanswer")
        assert {row.after["told"][:7] for row in kept} == {"sha256:"}


def test_nothing_is_kept_once_it_is_sent_or_taken_back(rosa):
    for end in (take_back, finish):
        application = start(rosa)
        keep(application)
        assert KeptAnswer.objects.exists()

        end(application)

        assert not KeptAnswer.objects.exists()


def test_a_page_sent_before_stays_as_the_family_sent_it(rosa):
    application = answer(start(rosa))

    assert keep(application) == []


def test_after_a_month_a_command_forgets_what_nobody_sent_and_a_second_run_finds_nothing(
    rosa, capsys
):
    keep(start(rosa))
    day = days_from_today(32)
    call_command("forget_kept_answers", "--dry-run", on=day)
    assert KeptAnswer.objects.exists()

    call_command("forget_kept_answers", on=day)
    call_command("forget_kept_answers", on=day)

    assert not KeptAnswer.objects.exists()
    assert capsys.readouterr().out.endswith("0 kept answers.\n")


def test_the_county_of_the_zip_code_is_chosen_where_none_was_told(rosa):
    application = start(rosa)
    santa_fe = CountyFactory(program=NM, name="Santa Fe")
    step = journey_of(NM).steps["address"]

    assert not step.fill_in(step.form(application), {"county": "Santa Fe"})
    application.household.county = None
    assert step.fill_in(form := step.form(application), {"county": "Santa Fe"})
    assert form.initial["county"] == santa_fe
    assert not step.fill_in(step.form(application), {"county": "Nowhere"})


@pytest.mark.parametrize("program", [NM, MS])
def test_every_field_that_is_filled_in_is_one_of_its_page_and_takes_the_answer(program):
    newborn = {"born_in_state": "yes", "hearing": "missed", "bloodspot": "unsure"}
    told = TOLD | {
        "newborn": newborn,
        "seizure": {"on_seizure_medication": "no"},
        "others": {"children_with_special_needs": 2},
        "insurance": {"private_insurance": "unsure"},
    }
    steps = journey_of(program).steps
    pages = pages_from(told, program)

    assert pages.pop("address") == {"county": "Santa Fe"}
    for key, fields in pages.items():
        form = getattr(steps[key], "row_form", None) or steps[key].form_class
        for name, value in fields.items():
            field = form.base_fields[name]
            choices = [str(choice) for choice, _words in getattr(field, "choices", [])]
            assert not choices or str(value) in choices, (key, name)


def finish(application):
    send(answer(application))


def take_back(application):
    applications.withdraw(
        application=application, by=application.started_by, at=timezone.now(), reason="no need"
    )
