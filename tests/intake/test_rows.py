"""Lists in an application: conditions and income, one row each, never written over by an older page."""

from django.urls import reverse

from intake.journeys.filling import fill, rows, rows_again
from tests.factories.applications import answer, start


def step_url(application, key):
    return reverse("intake:step", args=[application.number, key])


def test_rows_can_be_added_changed_and_taken_off(rosa):
    application = answer(start(rosa), conditions=rows("conditions"))
    fill(
        application,
        {"conditions": rows("conditions", {"text": "asthma", "status": "reported"})},
        by=rosa.user,
    )
    changed = rows_again(
        application,
        "conditions",
        {"text": "asthma", "status": "reported", "is_withdrawn": "on"},
        {"text": "eczema", "status": "suspected"},
    )
    fill(application, {"conditions": changed}, by=rosa.user)

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

    both = rows_again(
        application,
        "conditions",
        {"text": "asthma", "status": "reported"},
        {"text": "eczema", "status": "reported"},
    )
    page.post(url, both)
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


def test_a_condition_left_without_words_is_a_sentence_and_stays_as_it_was(rosa, signed_in):
    application = answer(start(rosa))
    page = reverse("intake:step", args=[application.number, "conditions"])
    emptied = rows_again(application, "conditions", {"text": "", "status": ""})

    refused = signed_in(rosa.user).post(page, emptied)

    assert refused.status_code == 422
    assert "Write the condition in your own words." in refused.content.decode()
    assert application.assessment.conditions.get().text == "asthma"


def test_a_condition_taken_off_the_list_keeps_its_words_in_the_record(rosa, signed_in):
    application = answer(start(rosa))
    page = reverse("intake:step", args=[application.number, "conditions"])
    off = {"text": "", "status": "", "is_withdrawn": "on"}

    signed_in(rosa.user).post(page, rows_again(application, "conditions", off))

    row = application.assessment.conditions.get()
    assert (row.text, row.status, row.is_withdrawn) == ("asthma", "reported", True)
