"""Staff write a death down on one page; the family reads one kind sentence and is asked for nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.actions import deaths
from intake.models import Application, Death, Enrollment
from tests.access.sends import day
from tests.factories.applications import start
from tests.factories.dates import NM, days_from_today, today
from tests.intake.test_deaths import die


@pytest.fixture
def written_down(rosa):
    return reverse("intake:record_death", args=[rosa.child.pk])


def typed(**other):
    return {"told_by": "Rosa Baca, mother", **day("died_on", today(NM))} | other


def test_the_page_says_beforehand_what_stops(enrolled, desk, written_down):
    text = desk.get(written_down).content.decode()

    for line in (
        "1 open application",
        "1 enrollment",
        "that have not left",
        "no letter, text or mail",
    ):
        assert line in text


def test_it_is_reached_from_the_childs_record_and_from_the_end_page(
    enrolled, desk, written_down, rosa
):
    record = reverse("families:child_record", args=[rosa.child.pk])
    end = reverse("intake:end_enrollment", args=[enrolled.pk])

    for url in (record, end):
        assert f'href="{written_down}"' in desk.get(url).content.decode()
    assert 'value="died"' not in desk.get(end).content.decode()
    assert desk.post(end, {"reason": "died"}).status_code == 422


def test_a_worker_writes_it_down_once_and_the_record_shows_the_day(
    enrolled, desk, written_down, rosa
):
    desk.post(written_down, typed())
    desk.post(written_down, typed(told_by="again"))

    record = desk.get(reverse("families:child_record", args=[rosa.child.pk])).content.decode()
    assert "Died on" in record
    assert f'href="{written_down}"' not in record
    assert desk.get(written_down).status_code == 302
    assert Death.objects.get().told_by == "Rosa Baca, mother"
    assert not Enrollment.objects.open().exists()


def test_a_day_that_nobody_knows_is_the_day_we_were_told(enrolled, desk, written_down):
    desk.post(written_down, typed(is_day_unknown="on"))
    assert not Death.objects.get().is_day_known


@pytest.mark.parametrize("wrong", ["tomorrow", "before birth", "nobody", "no day"])
def test_what_cannot_be_is_kindly_refused_and_nothing_stops(
    enrolled, desk, written_down, rosa, wrong
):
    told = {
        "tomorrow": typed(**day("died_on", days_from_today(2))),
        "before birth": typed(**day("died_on", rosa.child.date_of_birth.replace(year=1990))),
        "nobody": typed(told_by=" "),
        "no day": {"told_by": "Rosa"},
    }[wrong]

    assert desk.post(written_down, told).status_code == 422
    assert not Death.objects.exists()
    assert Enrollment.objects.open().exists()


def test_no_family_finds_the_page(rosa, written_down, signed_in):
    assert signed_in(rosa.user).get(written_down).status_code == 404
    assert signed_in(rosa.user).post(written_down, typed()).status_code == 404


def test_the_familys_pages_say_one_kind_sentence_and_ask_for_nothing(
    enrolled, rosa, ida, signed_in
):
    die(rosa.child, ida)
    browser = signed_in(rosa.user)
    number = enrolled.application.number
    for url in (
        reverse("families:child", args=[rosa.child.pk]),
        reverse("intake:enrollment", args=[enrolled.pk]),
        reverse("intake:receipt", args=[number]),
        reverse("intake:decision", args=[number]),
    ):
        text = browser.get(url).content.decode()
        assert "has died, and we are sorry" in text, url
        for asks in ("Ask for a review", "Add a paper", "Come back", "Tell us about a change"):
            assert asks not in text, url
    home = browser.get(reverse("home")).content.decode()
    assert "We are sorry for your loss." in home
    assert "next-step" not in home
    assert "Waiting to go out" not in browser.get(reverse("notifications:mine")).content.decode()


def test_nobody_can_begin_for_the_child(enrolled, rosa, ida, signed_in, desk):
    die(rosa.child, ida)
    browser, url = signed_in(rosa.user), reverse("intake:start", args=[NM])

    assert rosa.child.full_name not in browser.get(url).content.decode()
    assert browser.post(url, {"who": str(rosa.child.pk)}).status_code == 422
    known = reverse("intake:take_for_known", args=[rosa.child.pk])
    desk = signed_in(ida)
    answer = desk.post(known, {"household": rosa.household.pk}, follow=True)
    assert "start nothing" in answer.content.decode()
    assert not Application.objects.open().exists()


def test_the_queue_shows_no_clock_of_the_child(rosa, ida, desk):
    draft = start(rosa)
    die(rosa.child, ida)

    assert draft.number not in desk.get(reverse("intake:queue")).content.decode()


def test_a_supervisor_takes_an_error_back_and_a_worker_does_not(
    enrolled, rosa, ida, sam, signed_in
):
    die(rosa.child, ida)
    url = reverse("intake:death_in_error", args=[rosa.child.pk])

    assert signed_in(ida).get(url).status_code == 403
    browser = signed_in(sam)
    assert browser.post(url, {"reason": ""}).status_code == 422
    assert "Rosa Baca, mother" in browser.get(url).content.decode()
    assert browser.post(url, {"reason": "Another child."}).status_code == 302
    assert Death.objects.get().taken_back_why == "Another child."
    assert browser.get(url).status_code == 404


def test_the_history_tells_it(enrolled, rosa, ida, sam, signed_in):
    death = die(rosa.child, ida)
    deaths.take_back(death=death, why="Another child.", by=sam, at=timezone.now())
    url = reverse("intake:history", args=[enrolled.application.number])

    text = signed_in(sam).get(url).content.decode()
    assert "wrote down that the child died" in text
    assert "took back that the child died" in text
