"""What `python -m tests.browser.pictures` takes pictures of: the main pages, with the demo's people."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from carecoord.demo.reviews import DECIDED, REQUESTED, TAKEN_BACK, UNDER_REVIEW
from cms_portal.accounts.actions import choose_language
from cms_portal.accounts.models import User
from cms_portal.families.models import Child
from eligibility import diagnosis_codes
from intake.models import UrgentNeed
from intake.paper_states import EnvelopeState
from tests.browser.life import begin_a_draft
from tests.browser.pictures import FOLDER, NAMES
from tests.browser.referring import open_the_receipt, refer_a_child
from tests.browser.reviewing import (
    add_something,
    appeal,
    ask_for_review,
    send_request,
    write_down,
)
from tests.browser.visitor import Visitor
from tests.browser.ways import (
    ASTHMA,
    BORN,
    EL_PASO,
    JACKSON,
    SANTA_FE,
    a_paper,
    asked,
    at,
    enrollment,
    envelope,
    filled_in,
    from_quick_check,
    look_for,
    of,
    referral,
    say_what_it_proves,
    search_for,
    tell_the_family,
    tell_what_cannot_wait,
    with_answers,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 375, 1280)
LANGUAGES = ("es", "en")


@dataclass(frozen=True)
class Picture:
    """One page: whose it is (nobody's for a public page), its address, and what is done there first."""

    name: str
    persona: str
    address: Callable[[], str]
    do: Callable[[Page], None] | None = None


PICTURES = [
    Picture("front", "", at("welcome:front")),
    Picture("program-nm", "", at("welcome:program", "nm-cms")),
    Picture("program-ms", "", at("welcome:program", "ms-cmp")),
    Picture("who-nm", "", at("welcome:who", "nm-cms")),
    Picture("offers-ms", "", at("welcome:services", "ms-cmp")),
    Picture("how-to-apply", "", at("welcome:apply", "nm-cms")),
    Picture("questions", "", at("welcome:questions", "nm-cms")),
    Picture("finder", "", at("offices:finder", "nm-cms")),
    Picture("finder-all", "", at("offices:finder")),
    Picture("quick-check", "", at("eligibility:screener", "nm-cms")),
    Picture(
        "quick-check-home",
        "",
        at("eligibility:screener", "nm-cms"),
        with_answers("nm-cms", born=BORN),
    ),
    Picture(
        "quick-check-money",
        "",
        at("eligibility:screener", "nm-cms"),
        with_answers("nm-cms", born=BORN, home={"home": "stays"}, **ASTHMA),
    ),
    Picture(
        "quick-check-result-nm",
        "",
        at("eligibility:screener", "nm-cms"),
        with_answers("nm-cms", **SANTA_FE),
    ),
    Picture(
        "quick-check-result-ms",
        "",
        at("eligibility:screener", "ms-cmp"),
        with_answers("ms-cmp", **JACKSON),
    ),
    Picture(
        "quick-check-elsewhere",
        "",
        at("eligibility:screener", "nm-cms"),
        with_answers("nm-cms", **EL_PASO),
    ),
    Picture("condition-search", "", at("eligibility:condition_search", "nm-cms")),
    Picture(
        "condition-found",
        "",
        at("eligibility:condition_search", "nm-cms"),
        search_for("hole in the heart"),
    ),
    Picture(
        "condition-not-found",
        "",
        at("eligibility:condition_search", "ms-cmp"),
        search_for("xyzzyq"),
    ),
    Picture("how-we-decide-nm", "", at("eligibility:how_we_decide", "nm-cms")),
    Picture("how-we-decide-ms", "", at("eligibility:how_we_decide", "ms-cmp")),
    Picture("write-to-us", "", at("welcome:message", "nm-cms")),
    Picture("call-me", "", at("welcome:call_me", "nm-cms")),
    Picture("refer-nm", "", at("intake:refer", "nm-cms")),
    Picture("refer-newborn-ms", "", at("intake:refer_newborn", "ms-cmp")),
    Picture("referred", "", at("intake:refer", "nm-cms"), refer_a_child),
    Picture("referral-receipt", "", at("intake:refer", "nm-cms"), open_the_receipt),
    Picture("sign-in", "", at("account_login")),
    Picture("demo-people", "", at("demo:people")),
    Picture("home", "rosa", at("home")),
    Picture("start", "rosa", at("intake:start", "nm-cms")),
    Picture("new-child", "rosa", at("intake:new_child", "nm-cms")),
    Picture(
        "new-child-quick-check", "rosa", at("eligibility:screener", "nm-cms"), from_quick_check
    ),
    Picture("question-filled-in", "rosa", at("eligibility:screener", "nm-cms"), filled_in),
    Picture("tasks", "rosa", of("Inés", "tasks")),
    Picture("question", "rosa", of("Inés", "step", "medicaid")),
    Picture("background", "rosa", of("Inés", "step", "child")),
    Picture("owned", "rosa", of("Inés", "step", "assets")),
    Picture("address", "rosa", of("Inés", "step", "address")),
    Picture("contact", "rosa", of("Inés", "step", "contact")),
    Picture("conditions", "rosa", of("Inés", "step", "conditions")),
    Picture("income", "rosa", of("Inés", "step", "income")),
    Picture("papers", "rosa", of("Inés", "step", "papers")),
    Picture("check", "rosa", of("Inés", "check")),
    Picture("receipt", "rosa", of("Lucía", "receipt")),
    Picture("add-paper", "rosa", of("Lucía", "add_paper")),
    Picture("decision", "rosa", of("Mateo", "decision")),
    Picture("answer-request", "rosa", asked("Lucía")),
    Picture("enrollment", "rosa", enrollment("Mateo")),
    Picture("proof", "rosa", enrollment("Mateo", "proof")),
    Picture("leave-program", "rosa", enrollment("Mateo", "leave_program")),
    Picture("renew", "dana", enrollment("Zoe", "renew")),
    Picture(
        "child",
        "rosa",
        lambda: reverse("families:child", args=[Child.objects.get(first_name="Mateo").pk]),
    ),
    Picture("cannot-wait", "rosa", of("Inés", "tell_urgent")),
    Picture("cannot-wait-told", "rosa", of("Inés", "tell_urgent"), tell_what_cannot_wait),
    Picture("household", "rosa", at("families:household")),
    Picture("account", "rosa", at("account_home")),
    Picture("messages", "rosa", at("notifications:mine")),
    Picture("home-dana", "dana", at("home")),
    Picture("queue", "ida", at("intake:queue")),
    Picture(
        "cannot-wait-answer",
        "ida",
        lambda: reverse("intake:urgent_need", args=[UrgentNeed.objects.latest("pk").pk]),
    ),
    Picture("review", "ida", of("Lucía", "review")),
    Picture("prove", "ida", a_paper("Lucía")),
    Picture("proven", "ida", a_paper("Lucía"), say_what_it_proves),
    Picture("ask-anyway", "ida", of("Lucía", "ask_family", "payer_of_last_resort")),
    Picture("ask-family", "ida", of("Lucía", "ask_family", "payer_of_last_resort")),
    Picture("tell-family", "ida", of("Lucía", "review"), tell_the_family),
    Picture("set-time", "ida", of("Lucía", "set_time")),
    Picture("end-enrollment", "ida", enrollment("Mateo", "end_enrollment")),
    Picture("eligibility-receipt", "ida", of("Lucía", "eligibility_receipt")),
    Picture("review-decided", "sam", of("Mateo", "review")),
    Picture("phone", "ida", of("Lucía", "phone")),
    Picture("caller", "ida", at("intake:take", "nm-cms")),
    Picture("referrals", "ida", at("intake:referrals")),
    Picture("referral-urgent", "ida", referral("Adán")),
    Picture("caller-referred", "ida", referral("Adán", "take_referred")),
    Picture("referral-close", "ida", referral("Adán", "close_referral")),
    Picture("referral-not-reached", "cleo", referral("Noemí")),
    Picture("referral-letter", "cleo", referral("Noemí", "referral_letter")),
    Picture("history", "sam", of("Mateo", "history")),
    Picture(
        "record",
        "ida",
        lambda: reverse("families:child_record", args=[Child.objects.get(first_name="Mateo").pk]),
    ),
    Picture("history-looks", "sam", of("Lucía", "history")),
    Picture("tasks-ida", "ida", at("work:tasks")),
    Picture("sign-in-help", "ida", at("sign_in_help")),
    Picture("letters", "ida", at("notifications:letters")),
    Picture("inbox", "ida", at("intake:inbox")),
    Picture("inbox-sorted", "ida", lambda: reverse("intake:inbox") + "?closed=1"),
    Picture("take-in-paper", "ida", at("intake:take_in_paper")),
    Picture("envelope", "ida", envelope(EnvelopeState.TO_SORT), look_for("Gallegos")),
    Picture("envelope-unmatched", "ida", envelope(EnvelopeState.UNMATCHED)),
    Picture("envelope-filed", "sam", envelope(EnvelopeState.FILED)),
    Picture("envelope-elsewhere", "ida", envelope(EnvelopeState.FILED)),
    Picture("not-for-us", "ida", envelope(EnvelopeState.TO_SORT, "not_for_us")),
    Picture("offices-ana", "ana", at("offices:manage")),
    Picture("news-ana", "ana", at("welcome:news")),
    Picture("queue-mo", "mo", at("intake:queue")),
    Picture("review-ask", "rosa", ask_for_review("Mateo")),
    Picture("review-family", "rosa", ask_for_review("Mateo"), send_request),
    Picture("review-add", "rosa", ask_for_review("Mateo"), add_something),
    Picture("decision-reviewed", "rosa", of("Mateo", "decision")),
    Picture("reviews", "prue", at("intake:appeals")),
    Picture("review-requested", "prue", appeal(REQUESTED)),
    Picture("review-screen", "prue", appeal(REQUESTED, "appeal_screen")),
    Picture("review-committee", "prue", appeal(UNDER_REVIEW, "appeal_committee")),
    Picture("review-answered", "prue", appeal(DECIDED)),
    Picture("review-write-down", "prue", write_down(TAKEN_BACK)),
    Picture("review-reading", "rita", appeal(UNDER_REVIEW)),
    Picture("review-answer", "rita", appeal(UNDER_REVIEW, "appeal_answer")),
    Picture("review-ask-more", "rita", appeal(UNDER_REVIEW, "appeal_ask_more")),
    Picture("histories", "pia", at("intake:histories")),
    Picture("home-hal", "hal", at("home")),
]


def _wanted() -> list[Picture]:
    only = os.environ.get(NAMES, "").split()
    return [picture for picture in PICTURES if not only or picture.name in only]


def test_take_pictures(visit: Callable[..., Visitor]) -> None:
    folder = Path(os.environ[FOLDER])
    folder.mkdir(parents=True, exist_ok=True)
    begin_a_draft()
    diagnosis_codes.load()
    for persona, pictures in _by_persona(_wanted()):
        for language in LANGUAGES:
            window = visit(language=language)
            window.read_in(language)
            if persona:
                user = User.objects.get(username=persona)
                choose_language(user=user, language=language, by=user)
                window.go("/demo/")
                window.page.locator(f'button[value="{persona}"]').click()
            for picture in pictures:
                _take(window, picture, folder, language)


def _by_persona(pictures: list[Picture]) -> Iterator[tuple[str, list[Picture]]]:
    for persona in dict.fromkeys(picture.persona for picture in pictures):
        yield persona, [picture for picture in pictures if picture.persona == persona]


def _take(window: Visitor, picture: Picture, folder: Path, language: str) -> None:
    for width in WIDTHS:
        window.page.set_viewport_size({"width": width, "height": 740})
        window.go(picture.address())
        if picture.do:
            picture.do(window.page)
        window.page.screenshot(
            path=folder / f"{picture.name}-{language}-{width}.png", full_page=True
        )
