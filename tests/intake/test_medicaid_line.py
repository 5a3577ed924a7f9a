"""What we pass on to Medicaid: one line in the quick check, on the page of a decision and in its letter."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cms_portal import programs
from cms_portal.accounts.actions import choose_language
from cms_portal.notifications.models import Message
from eligibility import screening
from eligibility.models import Outcome, ReasonCode
from intake.actions import decisions, notices
from intake.cases import service_cases
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import MS, NM, born, days_from_today

FIRST = {
    "en": "Before you apply for Medicaid, talk with one of our workers.",
    "es": "Antes de solicitar Medicaid, hable con alguien de nuestro equipo.",
}


def line(program, language):
    words = programs.get(program).facts["passes_on_to_medicaid"]["value"]
    return words[language]


def decided(family, by, second, language):
    speaks = {"spoken_language": language, "written_language": language, "needs_interpreter": "no"}
    application = SentApplicationFactory(family=family, language=speaks)
    for case in service_cases(application):
        if case.is_asked:
            decision = decisions.decide_service(
                application=application,
                service=case.key,
                outcome=Outcome.NOT_AVAILABLE,
                reason_code=ReasonCode.FAMILY_TOLD,
                words="Call us.",
                by=by,
                at=timezone.now(),
            )
            if decision.needs_countersign:
                decisions.countersign(
                    application=application, decision=decision.pk, by=second, at=timezone.now()
                )
    notices.tell_family(application=application, by=by, at=timezone.now())
    return application


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_the_letter_and_the_quick_check_say_the_same_line(
    rosa, ida, sam, signed_in, language
):
    application = decided(rosa, ida, sam, language)
    choose_language(user=rosa.user, language=language, by=rosa.user)
    browser = signed_in(rosa.user)

    page = browser.get(reverse("intake:decision", args=[application.number])).content.decode()
    letter = Message.objects.get(key="intake/decision_notice").text
    check = quick_check(browser, NM)

    for said in (page, letter, check):
        assert f"{FIRST[language]} " in said
        assert said.count(line(NM, language)) == 1


@pytest.mark.parametrize("program", [NM, MS])
@pytest.mark.parametrize("language", ["en", "es"])
def test_each_program_says_it_to_anybody_and_names_who_answers_for_it(client, program, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    owner = programs.get(program).facts["passes_on_to_medicaid"]["owner"][language]

    how_we_decide = client.get(reverse("eligibility:how_we_decide", args=[program]))

    assert line(program, language) in quick_check(client, program)
    assert line(program, language) in how_we_decide.content.decode()
    assert owner in how_we_decide.content.decode()


def quick_check(client, program):
    """Return the result for a child who lives in another state, which ends the questions."""
    told = {"born": {"date_of_birth": born(5).isoformat()}}
    token = screening.Screening(program, told, days_from_today(0, program)).token
    sent = {"answers": token, "question": "home", "home": "elsewhere"}
    page = client.post(reverse("eligibility:screener", args=[program]), sent)
    assert 'name="question"' not in page.content.decode()
    return page.content.decode()
