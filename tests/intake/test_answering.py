"""One question a page: saved at once, kept apart by household, closed once sent."""

import pytest
from django.urls import reverse

from cms_portal.journeys.answers import as_sent
from intake.facts import facts_of
from intake.journeys import journey_of
from intake.journeys.filling import fill, rows
from tests.factories import SecondHomeFactory
from tests.factories.applications import all_pages, answer, send, start
from tests.factories.dates import NM, today


def step_url(application, key):
    return reverse("intake:step", args=[application.number, key])


def test_the_other_parent_cannot_write_on_this_households_pages(rosa, signed_in):
    application = start(rosa)
    other = SecondHomeFactory(child=rosa.child)

    page = signed_in(other.user).post(
        step_url(application, "residence"), {"lives_in_state": "no", "intends_to_stay": "no"}
    )

    assert page.status_code == 404
    application.assessment.refresh_from_db()
    assert application.assessment.lives_in_state is None


def test_an_answer_is_saved_before_the_next_page_shows(rosa, signed_in):
    application = start(rosa)

    page = signed_in(rosa.user).post(
        step_url(application, "residence"), {"lives_in_state": "yes", "intends_to_stay": "unsure"}
    )

    application.assessment.refresh_from_db()
    assert page.headers["Location"] == step_url(application, "away")
    assert application.assessment.lives_in_state is True
    assert application.assessment.intends_to_stay is None
    assert application.assessment.saved_at is not None


def test_a_missing_answer_is_asked_for_with_the_childs_name(rosa, signed_in):
    application = start(rosa)

    page = signed_in(rosa.user).post(step_url(application, "residence"), {}).content.decode()

    assert f"“Does {rosa.child.called} live in New Mexico now?”" in page
    assert "{child}" not in page and "{state}" not in page


def test_not_sure_is_shown_again_as_not_sure(rosa, signed_in):
    application = start(rosa)
    browser = signed_in(rosa.user)
    browser.post(
        step_url(application, "residence"), {"lives_in_state": "yes", "intends_to_stay": "unsure"}
    )

    page = browser.get(step_url(application, "residence")).content.decode()

    assert 'value="unsure"' in page
    assert (
        "checked" in page[page.index('value="unsure"') - 200 : page.index('value="unsure"') + 200]
    )


@pytest.mark.parametrize("words", ["no", "yes", "unsure", "False"])
def test_words_are_kept_as_they_were_written(rosa, signed_in, words):
    application = start(rosa)

    signed_in(rosa.user).post(step_url(application, "about"), {"anything_else": words})

    application.assessment.refresh_from_db()
    assert application.assessment.anything_else == words


def test_an_unknown_choice_is_refused_with_what_was_typed_kept(rosa, signed_in):
    application = start(rosa)

    page = signed_in(rosa.user).post(
        step_url(application, "doctor"),
        {"has_primary_care_provider": "perhaps", "primary_care_provider": "La Vida Clinic"},
    )

    assert page.status_code == 422
    assert "La Vida Clinic" in page.content.decode()


def test_seizure_medicine_is_asked_only_where_it_matters(rosa):
    application = start(rosa)
    journey = journey_of(NM)
    assert journey.step(application, "seizure-medicine") is None

    fill(
        application,
        {"conditions": rows("conditions", {"text": "Epilepsia", "status": "reported"})},
        by=rosa.user,
    )

    assert journey.step(application, "seizure-medicine") is not None


def test_a_family_cannot_change_answers_it_has_sent(rosa, signed_in):
    application = send(answer(start(rosa)))

    page = signed_in(rosa.user).post(
        step_url(application, "residence"), {"lives_in_state": "no", "intends_to_stay": "no"}
    )

    application.assessment.refresh_from_db()
    assert page.headers["Location"] == reverse("intake:receipt", args=[application.number])
    assert application.assessment.lives_in_state is True


def test_each_page_sends_the_reader_back_where_they_stopped(rosa, signed_in):
    application = start(rosa)
    fill(
        application,
        {"child": {}, "residence": {"lives_in_state": "yes", "intends_to_stay": "yes"}},
        by=rosa.user,
    )

    page = signed_in(rosa.user).get(reverse("intake:tasks", args=[application.number]))

    assert step_url(application, "away") in page.content.decode()


def test_every_answer_stands_on_the_check_page_with_a_way_to_change_it(rosa, signed_in):
    application = answer(start(rosa))

    page = signed_in(rosa.user).get(reverse("intake:check", args=[application.number]))

    text = page.content.decode()
    assert "$2,500.00" in text
    for key in all_pages(application):
        assert f"{step_url(application, key)}?check=1" in text


def test_the_check_page_passes_over_what_may_stay_open_and_comes_back_to_the_part(rosa, signed_in):
    application = answer(start(rosa))
    page = signed_in(rosa.user)

    text = page.get(reverse("intake:check", args=[application.number])).content.decode()
    back = page.post(f"{step_url(application, 'away')}?check=1", {"was_away": "no"}).headers[
        "Location"
    ]

    assert "for about how many days" not in text
    assert "asthma, A doctor told us" in text
    assert back.endswith("/check/#away")


def test_a_home_without_income_is_not_asked_for_amounts_and_counts_as_without(rosa):
    application = answer(start(rosa), **{"any-income": {"has_income": "no"}})

    assert facts_of(application, on=today())["income"] == []
    assert journey_of(NM).step(application, "income") is None
    assert not journey_of(NM).unfinished(application)


def test_income_nobody_was_sure_of_stays_unknown(rosa):
    unsure = {"any-income": {"has_income": "unsure"}, "income": rows("income")}

    application = answer(start(rosa), **unsure)

    assert facts_of(application, on=today())["income"] is None


def test_no_income_beside_amounts_is_for_a_person_to_clear_up(rosa):
    application = answer(start(rosa))

    fill(application, {"any-income": {"has_income": "no"}}, by=rosa.user)

    assert facts_of(application, on=today())["income"] is None
    assert journey_of(NM).step(application, "income") is not None


def test_a_family_cannot_say_that_a_paper_confirms_a_condition(rosa):
    step = journey_of(NM).steps["conditions"]

    form = step.form(
        start(rosa), data=rows("conditions", {"text": "asthma", "status": "confirmed"})
    )

    assert not form.is_valid()


def test_a_family_that_corrects_a_condition_keeps_what_a_paper_confirmed(application):
    step = journey_of(NM).steps["conditions"]
    assert "A doctor's paper says so" in step.answers(application)[0].text

    sent = as_sent(step.form(application)) | {"conditions-0-diagnosed_by": "Dr. Lee, in spring"}
    form = step.form(application, data=sent)

    assert form.is_valid()
    assert form.forms[0].cleaned_data["status"] == "confirmed"
