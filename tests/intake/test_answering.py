"""One question a page: saved at once, kept apart by household, closed once sent."""

import pytest
from django.urls import reverse

from intake.facts import facts_of
from intake.journeys import journey_of
from intake.journeys.filling import fill, rows
from tests.factories import SecondHomeFactory
from tests.factories.applications import all_pages, answer, send, start
from tests.factories.dates import MS, NM, today

MOST_PAGES, MOST_FIELDS = 25, 60


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


def test_rows_can_be_added_changed_and_taken_off(rosa):
    application = answer(start(rosa), conditions=rows("conditions"))
    fill(
        application,
        {"conditions": rows("conditions", {"text": "asthma", "status": "reported"})},
        by=rosa.user,
    )
    changed = rows(
        "conditions",
        {"text": "asthma", "status": "reported", "is_withdrawn": "on"},
        {"text": "eczema", "status": "suspected"},
    )
    fill(application, {"conditions": changed | {"conditions-INITIAL_FORMS": 1}}, by=rosa.user)

    kept = application.assessment.conditions.filter(is_withdrawn=False)
    assert [row.text for row in kept] == ["eczema"]


def test_an_empty_row_stands_ready_on_an_empty_page_and_when_it_is_asked_for(rosa, signed_in):
    application = start(rosa)
    url = step_url(application, "conditions")
    page = signed_in(rosa.user)
    assert 'name="conditions-0-text"' in page.get(url).content.decode()

    sent = rows("conditions", {"text": "asthma", "status": "reported"})
    answered = page.post(url, sent | {"another": "1"})

    assert answered.headers["Location"] == f"{url}?another=1#row-2"
    assert 'name="conditions-1-text"' in page.get(url, {"another": "1"}).content.decode()
    assert 'name="conditions-1-text"' not in page.get(url).content.decode()


def test_a_second_row_that_was_typed_and_not_sent_comes_back_with_the_first(rosa, signed_in):
    application, page = answer(start(rosa)), signed_in(rosa.user)
    url = step_url(application, "conditions")
    two = rows(
        "conditions",
        {"text": "asthma", "status": "reported"},
        {"text": "eczema", "status": "suspected"},
    )
    page.post(reverse("account_keep_typed"), two | {"kept_path": url, "stay": "yes"})

    assert 'value="eczema"' in page.get(url).content.decode()


def test_a_row_typed_in_a_second_tab_does_not_overwrite_the_first_tabs(rosa, signed_in):
    application, page = start(rosa), signed_in(rosa.user)
    url = step_url(application, "conditions")
    page.post(url, rows("conditions", {"text": "asthma", "status": "reported"}))

    answered = page.post(url, rows("conditions", {"text": "eczema", "status": "reported"}))

    text = answered.content.decode()
    assert answered.status_code == 422
    assert "on another page meanwhile" in text
    assert text.index('value="asthma"') < text.index('value="eczema"')
    assert [row.text for row in application.assessment.conditions.all()] == ["asthma"]

    both = rows(
        "conditions",
        {"text": "asthma", "status": "reported"},
        {"text": "eczema", "status": "reported"},
    )
    page.post(url, both | {"conditions-INITIAL_FORMS": 1})
    assert [row.text for row in application.assessment.conditions.all()] == ["asthma", "eczema"]


def test_an_empty_page_of_an_older_tab_takes_no_income_away(rosa, signed_in):
    application, page = start(rosa), signed_in(rosa.user)
    url = step_url(application, "income")
    page.post(url, rows("income", {"whose": "my job", "amount": "2500", "period": "monthly"}))

    page.post(url, rows("income", {"whose": "", "amount": "", "period": ""}))

    assert [row.amount for row in application.assessment.income.all()] == [2500]


def test_only_what_is_on_the_list_can_be_taken_off_it(rosa, signed_in):
    application = answer(start(rosa))

    page = signed_in(rosa.user).get(step_url(application, "conditions"), {"another": "1"})

    text = page.content.decode()
    assert 'name="conditions-0-is_withdrawn"' in text
    assert 'name="conditions-1-is_withdrawn"' not in text


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
        {"residence": {"lives_in_state": "yes", "intends_to_stay": "yes"}},
        by=rosa.user,
    )

    page = signed_in(rosa.user).get(reverse("intake:tasks", args=[application.number]))

    assert step_url(application, "away") in page.content.decode()


@pytest.mark.parametrize("program", [NM, MS])
def test_a_family_is_asked_at_most_25_pages_and_60_fields(program):
    journey = journey_of(program)
    fields = 0
    for step in journey.steps.values():
        form = getattr(step, "row_form", None) or step.form_class
        fields += len(form.base_fields)

    assert len(journey.steps) <= MOST_PAGES
    assert fields <= MOST_FIELDS


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


def test_a_condition_left_without_words_is_a_sentence_and_stays_as_it_was(rosa, signed_in):
    application = answer(start(rosa))
    page = reverse("intake:step", args=[application.number, "conditions"])
    emptied = rows("conditions", {"text": "", "status": ""}) | {"conditions-INITIAL_FORMS": 1}

    refused = signed_in(rosa.user).post(page, emptied)

    assert refused.status_code == 422
    assert "Write the condition in your own words." in refused.content.decode()
    assert application.assessment.conditions.get().text == "asthma"


def test_a_condition_taken_off_the_list_keeps_its_words_in_the_record(rosa, signed_in):
    application = answer(start(rosa))
    page = reverse("intake:step", args=[application.number, "conditions"])
    off = {"text": "", "status": "", "is_withdrawn": "on"}

    signed_in(rosa.user).post(page, rows("conditions", off) | {"conditions-INITIAL_FORMS": 1})

    row = application.assessment.conditions.get()
    assert (row.text, row.status, row.is_withdrawn) == ("asthma", "reported", True)
