"""What a condition brings with it: five consequences, each asked on only after a yes."""

import pytest
from django.urls import reverse

from cms_portal import programs
from intake import consequences
from intake.consequences import asks_because, asks_lasts, score
from intake.journeys import journey_of
from intake.journeys.filling import fill
from tests.factories.applications import MISSISSIPPI, answer, start
from tests.factories.dates import MS

NO_TO_ALL = MISSISSIPPI["consequences"]
MEDICINE = NO_TO_ALL | {"has_medicine": "yes"}


@pytest.mark.parametrize("kind", consequences.KINDS)
def test_any_one_that_lasts_is_enough(kind):
    told = {consequences.has(kind): "yes", consequences.lasts(kind): "yes"}
    if kind not in consequences.WITHOUT_CAUSE:
        told[consequences.because(kind)] = "yes"

    assert score(told) == [kind]


@pytest.mark.parametrize("kind", ["medicine", "care", "limits", "therapy"])
@pytest.mark.parametrize("word", ["no", "unsure", ""])
@pytest.mark.parametrize("column", [consequences.has, consequences.because, consequences.lasts])
def test_less_than_three_times_yes_is_not_screened_in(kind, word, column):
    three = [consequences.has(kind), consequences.because(kind), consequences.lasts(kind)]
    told = dict.fromkeys(three, "yes") | {column(kind): word}

    assert not score(told)


@pytest.mark.parametrize("word", ["no", "unsure", ""])
def test_feelings_need_no_cause_but_must_last(word):
    assert not score({"has_feelings": "yes", "feelings_lasts": word})


def test_nothing_told_is_not_screened_in_and_nothing_worse():
    assert not score({})


def test_what_was_taken_back_no_longer_counts():
    told = {"has_medicine": "no", "medicine_because": "yes", "medicine_lasts": "yes"}

    assert not score(told)


def test_the_cause_is_asked_after_a_yes_and_the_length_after_a_second():
    told = {"has_medicine": "yes", "has_care": "unsure", "has_feelings": "yes"}

    assert asks_because(told) == ["medicine"]
    assert asks_lasts(told) == ["feelings"]
    assert asks_lasts(told | {"medicine_because": "yes"}) == ["medicine", "feelings"]


def test_a_family_that_says_no_five_times_sees_one_page(mississippi):
    application = answer(start(mississippi[0]))

    keys = [step.key for step in journey_of(MS).for_subject(application)]
    assert "consequences" in keys
    assert "consequences-because" not in keys and "consequences-lasting" not in keys


def test_a_yes_given_later_asks_what_was_not_asked_yet(mississippi):
    family = mississippi[0]
    application = answer(start(family), consequences=MEDICINE)
    fill(application, {"consequences-because": {"medicine_because": "no"}}, by=family.user)
    assert not journey_of(MS).unfinished(application)

    fill(application, {"consequences": MEDICINE | {"has_care": "yes"}}, by=family.user)

    assert [step.key for step, _form in journey_of(MS).unfinished(application)] == [
        "consequences-because"
    ]


def test_the_page_asks_in_the_programs_words_and_keeps_which_they_were(mississippi, signed_in):
    family = mississippi[0]
    application = start(family)
    url = reverse("intake:step", args=[application.number, "consequences"])

    page = signed_in(family.user).get(url).content.decode()
    signed_in(family.user).post(url, NO_TO_ALL | {"has_care": "unsure"})

    told = application.assessment
    told.refresh_from_db()
    assert f"Does {family.child.called} need or take medicine that a doctor ordered?" in page
    assert (told.has_care, told.has_medicine, told.care_because) == ("unsure", "no", "")
    assert told.consequences_version == "ours-1"


def test_the_words_are_ours_and_say_so():
    wording = programs.get(MS).consequences

    assert wording["is_official"] is False
    assert set(wording["questions"]) == set(consequences.KINDS)
    for kind, asked in wording["questions"].items():
        cause = set() if kind in consequences.WITHOUT_CAUSE else {"because"}
        assert set(asked) == {"asks", "lasts"} | cause
        assert all({"en", "es"} == set(one) for one in asked.values())
