"""What a home told once is carried to the next child, and a child's own answers to the next year."""

import pytest
from django.urls import reverse

from intake.actions import applications, carrying
from intake.facts import facts_of
from intake.journeys import STEPS, journey_of
from intake.journeys.filling import fill
from intake.models import AnsweredPage, Application
from tests.factories import AuthorityFactory, ChildFactory, Family
from tests.factories.applications import SentApplicationFactory, answer, start
from tests.factories.dates import NM, today


@pytest.fixture
def luz(rosa):
    """A second child of the same home."""
    child = ChildFactory(household=rosa.household, first_name="Luz")
    AuthorityFactory(guardian=rosa.guardian, child=child)
    return Family(**vars(rosa) | {"child": child})


def pages_of(application):
    return {page.step: page for page in AnsweredPage.objects.filter(application=application)}


def step_url(application, key):
    return reverse("intake:step", args=[application.number, key])


def test_the_second_child_gets_the_homes_pages_and_none_of_the_first_childs(rosa, luz):
    first = SentApplicationFactory(family=rosa)

    second = start(luz)

    assert set(pages_of(second)) == set(carrying.OF_THE_HOME)
    told = second.assessment
    assert (told.household_size, told.has_income) == (4, True)
    assert [line.amount for line in told.income.all()] == [2500]
    assert not told.conditions.exists()
    assert told.has_primary_care_provider is None
    assert first.assessment.income.get() != told.income.get()


def test_carried_pages_wait_for_a_yes_and_cannot_be_sent_without(rosa, luz):
    SentApplicationFactory(family=rosa)

    second = start(luz)

    assert not STEPS["household"].is_done(second)
    unfinished = {step.key for step, _form in journey_of(NM).unfinished(second)}
    assert set(carrying.OF_THE_HOME) <= unfinished


def test_who_said_it_and_when_goes_along(rosa, luz):
    before = pages_of(SentApplicationFactory(family=rosa))["household"]

    page = pages_of(start(luz))["household"]

    assert (page.said_by, page.said_at) == (before.said_by, before.said_at)


def test_the_page_says_when_it_was_told_and_a_save_confirms_it(rosa, luz, signed_in):
    SentApplicationFactory(family=rosa)
    second, browser = start(luz), signed_in(rosa.user)

    shown = browser.get(step_url(second, "household")).content.decode()
    browser.post(
        step_url(second, "household"),
        {"household_size": "4", "children_with_special_needs": "1"},
    )

    assert "As you told us on" in shown and 'value="4"' in shown
    page = pages_of(second)["household"]
    assert page.confirmed_by == rosa.user and page.confirmed_at > page.said_at
    assert "As you told us on" not in browser.get(step_url(second, "household")).content.decode()


def test_a_change_for_the_second_child_leaves_the_first_as_it_was(rosa, luz):
    first = SentApplicationFactory(family=rosa)
    second = start(luz)

    fill(second, {"household": {"household_size": "5"}}, by=rosa.user)

    first.assessment.refresh_from_db()
    assert first.assessment.household_size == 4
    assert second.assessment.household_size == 5


def test_another_home_gets_nothing(rosa, mississippi):
    SentApplicationFactory(family=rosa)

    assert pages_of(start(mississippi[0])) == {}


def test_the_same_child_starts_with_all_of_last_times_answers_but_the_papers(rosa, ida):
    first = SentApplicationFactory(family=rosa)
    applications.withdraw(
        application=first, by=rosa.user, at=first.submitted_at, reason="the family's wish"
    )

    again = start(rosa)

    assert set(pages_of(again)) == set(pages_of(first)) - {"papers"}
    assert [row.text for row in again.assessment.conditions.all()] == ["asthma"]


def test_confirmed_page_by_page_it_gives_the_rules_the_same_facts(rosa):
    first = answer(start(rosa))
    facts = facts_of(first, on=today())
    applications.withdraw(
        application=first, by=rosa.user, at=first.started_at, reason="the family's wish"
    )

    again = facts_of(start(rosa), on=today())

    assert again == facts


def test_what_was_answered_here_is_never_written_over(rosa, luz):
    first = SentApplicationFactory(family=rosa)
    second = Application.objects.get(pk=start(luz).pk)
    fill(second, {"household": {"household_size": "7"}}, by=rosa.user)

    carrying.carry(from_application=first, to_application=second, by=rosa.user)

    assert second.assessment.household_size == 7
    assert "conditions" in pages_of(second)


def test_the_list_of_the_second_child_asks_what_is_still_right(rosa, luz, signed_in):
    SentApplicationFactory(family=rosa)
    second = start(luz)

    page = signed_in(rosa.user).get(reverse("intake:tasks", args=[second.number]))

    states = {str(task["title"]): str(task["state_label"]) for task in page.context["tasks"]}
    assert states["Your home"] == states["Money"] == "Still right?"
    assert states["About the child"] == "Next"


def test_a_list_told_anew_takes_the_place_of_the_carried_one(rosa, luz):
    SentApplicationFactory(family=rosa)
    second = start(luz)

    answer(second)

    assert [line.amount for line in second.assessment.income.all()] == [2500]
    assert not journey_of(NM).unfinished(second)
