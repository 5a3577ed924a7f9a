"""Sending: signed, once, to a person at an office, with a day by which we answer."""

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.notifications.models import Message
from eligibility.models import Determination
from intake.actions import applications
from intake.journeys.filling import fill, rows
from intake.models import Signature, Status
from intake.words import WORDS_VERSION
from tests.factories import (
    FamilyFactory,
    OfficeFactory,
    SecondHomeFactory,
    StaffFactory,
    UserFactory,
)
from tests.factories.applications import COMMON, SentApplicationFactory, answer, send, start
from tests.factories.dates import born, today


def test_an_unfinished_application_is_not_sent(rosa):
    application = start(rosa)

    with pytest.raises(applications.NotReady):
        send(application)


def test_an_unfinished_application_says_so_and_keeps_the_name(rosa, signed_in):
    application = start(rosa)

    page = signed_in(rosa.user).post(
        reverse("intake:submit", args=[application.number]), {"name": "Rosa Baca", "agrees": "on"}
    )

    assert page.status_code == 422
    assert 'value="Rosa Baca"' in page.content.decode()


def test_a_language_chosen_beside_what_is_wrong_comes_back_to_the_signature(rosa, signed_in):
    application = answer(start(rosa))
    client, send_to = signed_in(rosa.user), reverse("intake:submit", args=[application.number])
    wrong = client.post(send_to, {"name": "", "agrees": "on"})
    assert wrong.status_code == 422

    page = client.post(
        reverse("ui:set_language"),
        {"language": "es", "next": wrong.context["page"].path},
        follow=True,
    )

    assert page.redirect_chain[-1] == (reverse("intake:check", args=[application.number]), 302)
    assert page.status_code == 200


def test_a_sent_application_has_a_person_an_office_and_a_day(rosa, office, ida):
    application = SentApplicationFactory(family=rosa)

    assert application.status == Status.SUBMITTED
    assert application.worker == ida
    assert application.office == office
    assert application.answer_due_on == today() + timedelta(days=45)
    assert application.child.assignments.get().office == office


def test_sending_twice_sends_once(rosa):
    application = answer(start(rosa))

    send(application)
    send(application)

    assert Signature.objects.count() == 1
    assert Determination.objects.count() == 1
    assert Message.objects.filter(key="intake/application_received").count() == 1


def test_the_signature_keeps_the_words_as_they_were_shown(rosa):
    application = SentApplicationFactory(family=rosa)

    signature = application.signature
    assert rosa.child.full_name in signature.words
    assert signature.words_sha256 == hashlib.sha256(signature.words.encode()).hexdigest()


def test_a_family_far_from_any_staffed_office_still_reaches_a_person(ida):
    county = OfficeFactory().county
    family = FamilyFactory(household__county=county)

    assert SentApplicationFactory(family=family).worker == ida


def test_the_worker_with_the_fewest_waiting_gets_the_next(rosa, office, ida):
    SentApplicationFactory(family=rosa)
    nora = StaffFactory(role="intake-worker", office=office)

    next_family = FamilyFactory(household__county=office.county)

    assert SentApplicationFactory(family=next_family).worker == nora


def test_the_receipt_shows_number_day_person_and_phone(rosa, ida, signed_in):
    application = SentApplicationFactory(family=rosa)

    page = signed_in(rosa.user).get(reverse("intake:receipt", args=[application.number]))

    text = page.content.decode()
    assert application.number in text
    assert ida.name in text
    assert "(505) 555-0100" in text


def test_both_parents_send_their_own_application_for_the_same_child(rosa, office):
    other = SecondHomeFactory(child=rosa.child, household__county=office.county)

    first, second = SentApplicationFactory(family=rosa), SentApplicationFactory(family=other)

    assert first.number != second.number
    assert {first.status, second.status} == {Status.SUBMITTED}


def test_a_mississippi_assessment_counts_as_completed_on_the_day_it_was_sent(mississippi):
    family, _office = mississippi

    application = SentApplicationFactory(family=family)

    determination = Determination.objects.get(case_key=application.case_key)
    care = determination.services["care_coordination"]
    assert {f["rule"]: f["outcome"] for f in care["findings"]}["annual_intake"] == "met"


def test_a_family_takes_its_application_back_and_may_apply_again(rosa, signed_in):
    application = SentApplicationFactory(family=rosa)

    signed_in(rosa.user).post(reverse("intake:withdraw", args=[application.number]))

    application.refresh_from_db()
    assert application.status == Status.WITHDRAWN
    assert application.withdrawn_at <= timezone.now()
    assert start(rosa) != application


def test_a_family_that_lives_elsewhere_can_send_and_gets_an_answer(rosa):
    application = SentApplicationFactory(
        family=rosa, residence={"lives_in_state": "no", "intends_to_stay": "no"}
    )

    determination = Determination.objects.get(case_key=application.case_key)
    assert determination.services["care_coordination"]["outcome"] == "not_available"


def test_a_long_time_away_is_looked_at_by_a_person(rosa):
    left = today() - timedelta(days=45)
    when = {"away_from_month": left.month, "away_from_day": left.day, "away_from_year": left.year}
    away = {"away": {"was_away": "yes"}, "away-details": when | {"told_coordinator": "no"}}

    application = SentApplicationFactory(family=rosa, **away)

    determination = Determination.objects.get(case_key=application.case_key)
    found = {
        f["rule"]: f["outcome"] for f in determination.services["care_coordination"]["findings"]
    }
    assert found["residence"] == "needs_review"


def test_everything_answered_not_sure_can_be_sent(rosa):
    application = SentApplicationFactory(
        family=rosa,
        residence={"lives_in_state": "yes", "intends_to_stay": "unsure"},
        conditions=rows("conditions"),
        doctor={"has_primary_care_provider": "unsure"},
        household={},
        income=rows("income"),
        medicaid={"medicaid": "unsure"},
        insurance={"has_private_insurance": "unsure"},
        pool={"insurance_pool": "unsure"},
    )

    determination = Determination.objects.get(case_key=application.case_key)
    assert determination.services["care_coordination"]["outcome"] == "unknown"


def test_only_who_may_take_it_back_is_shown_the_way(rosa, signed_in):
    application = SentApplicationFactory(family=rosa)
    helper = UserFactory()
    applications.let_help(application=application, helper=helper, on=today(), by=rosa.user)
    receipt = reverse("intake:receipt", args=[application.number])
    way = reverse("intake:withdraw", args=[application.number])

    assert way not in signed_in(helper).get(receipt).content.decode()
    assert way in signed_in(rosa.user).get(receipt).content.decode()


def test_the_words_signed_in_new_mexico_name_each_duty_and_what_may_follow(rosa):
    words = SentApplicationFactory(family=rosa).signature.words

    for part in ("10 working days", "30 working days", "$100", "$1,000", "6 months", "a court"):
        assert part in words
    assert "a person decides that" in words.lower()


def test_an_adult_signs_for_themselves_and_not_for_a_child(office, ida):
    adult = FamilyFactory(
        household__county=office.county, child__date_of_birth=born(25), kind="own_applicant"
    )

    words = SentApplicationFactory(family=adult).signature.words

    assert "child" not in words
    assert f"to help {adult.child.called}." in words
    assert f"if it may cover {adult.child.called}," in words


def test_the_words_signed_in_mississippi_ask_for_news_as_needed(mississippi):
    signature = SentApplicationFactory(family=mississippi[0]).signature

    assert "as needed" in signature.words and "$" not in signature.words
    assert signature.words_version == WORDS_VERSION


def test_letters_online_only_are_a_choice_that_can_be_taken_back(rosa):
    contact = COMMON["contact"]
    application = answer(start(rosa), contact=contact | {"electronic_notices": "yes"})
    assert application.assessment.electronic_notices is True

    fill(application, {"contact": contact | {"electronic_notices": "no"}}, by=rosa.user)

    assert application.assessment.electronic_notices is False
