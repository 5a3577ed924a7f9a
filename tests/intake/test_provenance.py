"""Each answer carries who said it, by which channel, when, and when it was last confirmed."""

import pytest
from django.db import IntegrityError, transaction

from cms_portal.audit.tracking import save_tracked
from intake.facts import facts_of
from intake.journeys.filling import fill, rows
from intake.models import AnsweredPage, Channel
from intake.origins import Origins
from tests.factories import UserFactory
from tests.factories.applications import answer, send, start
from tests.factories.dates import today

PEOPLE = {"household_size": "4", "children_with_special_needs": "1"}
SIX = {"household_size": "6", "children_with_special_needs": "1"}


def page_of(application, step):
    return AnsweredPage.objects.get(application=application, step=step)


def test_a_page_is_noted_once_and_by_somebody(rosa):
    application = fill(start(rosa), {"household": PEOPLE}, by=rosa.user)

    with pytest.raises(IntegrityError), transaction.atomic():
        save_tracked(
            AnsweredPage(
                application=application,
                step="household",
                said_by=rosa.user,
                said_at=application.started_at,
                channel=Channel.WEB,
            ),
            by=rosa.user,
            reason="twice",
        )


def test_what_a_family_writes_is_said_by_them_online(rosa):
    application = fill(start(rosa), {"household": PEOPLE}, by=rosa.user)

    page = page_of(application, "household")
    assert (page.said_by, page.channel, page.confirmed_at) == (rosa.user, Channel.WEB, None)
    assert page.said_at >= application.started_at


def test_what_a_worker_writes_says_who_told_it_and_how(rosa, ida):
    application = start(rosa, channel=Channel.PHONE, by=ida)
    application.telling = ("Grandmother", Channel.PHONE)

    fill(application, {"household": PEOPLE}, by=ida)

    told = Origins(application).of(["household.size"])
    assert told[0].startswith("Told by Grandmother, By phone, written by Ida Romero, ")


def test_the_same_answer_again_confirms_it_and_keeps_who_said_it(rosa):
    application = fill(start(rosa), {"household": PEOPLE}, by=rosa.user)
    helper = UserFactory()

    fill(application, {"household": PEOPLE}, by=helper)

    page = page_of(application, "household")
    assert (page.said_by, page.confirmed_by) == (rosa.user, helper)
    assert page.confirmed_at > page.said_at
    assert "still right on" in Origins(application).of(["household.size"])[0]


def test_another_answer_is_said_anew_and_not_confirmed(rosa):
    application = fill(start(rosa), {"household": PEOPLE}, by=rosa.user)
    fill(application, {"household": PEOPLE}, by=rosa.user)

    helper = UserFactory()
    fill(application, {"household": SIX}, by=helper)

    page = page_of(application, "household")
    assert (page.said_by, page.confirmed_by, page.confirmed_at) == (helper, None, None)


def test_rows_an_address_and_a_contact_are_said_by_somebody_too(rosa):
    application = answer(start(rosa))

    said = set(application.answered_pages.values_list("step", flat=True))
    assert {"conditions", "income", "address", "contact", "language", "papers"} <= said


def test_a_list_left_empty_is_an_answer(rosa):
    application = start(rosa)
    assert facts_of(application, on=today())["conditions"] is None

    fill(application, {"conditions": rows("conditions")}, by=rosa.user)

    assert facts_of(application, on=today())["conditions"] == []


def test_what_nobody_told_has_no_origin(rosa):
    application = send(answer(start(rosa), household={}))

    assert Origins(application).of(["household.size"]) == []
