"""A review of a refusal: the family's request, the supervisors who take it up, the committee."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from intake.actions import appeal_decisions, appeal_reviews, appeals
from intake.appealing import refusals_of
from intake.models import Appeal, Application
from tests.access.areas.intake import DECIDED, SENT
from tests.access.objects import NO_SUCH_NUMBER, arguments_of, finds
from tests.access.reaches import (
    COMMITTEE,
    FAMILY_TELLS,
    STAFF_OF_A_CHILD,
    STAFF_OF_A_HOME,
    SUPERVISORS,
)
from tests.access.rules import ANY_NUMBER, SIGNED_IN, Page, Reach, Rule, all_of, post
from tests.access.sends import day
from tests.access.world import Case
from tests.factories import StaffFactory
from tests.factories.dates import days_from_today

NO_SUCH_REVIEW = {"number": "ZZZZ-ZZZZ"}


@finds("notice", number="ZZZZ-ZZZZ", notice=NO_SUCH_NUMBER)
def _notice(case: Case) -> dict[str, Any]:
    made = arguments_of("decided", case)
    assert made
    application = Application.objects.get(number=made["number"])
    return {"number": application.number, "notice": application.notices.get().pk}


@finds("appeal", **NO_SUCH_REVIEW)
def _appeal(case: Case) -> dict[str, Any]:
    return {"number": _asked(case).number}


@finds("appeal_taken_up", **NO_SUCH_REVIEW)
def _taken_up(case: Case) -> dict[str, Any]:
    return {"number": _with_seats(case).number}


@finds("appeal_with_committee", **NO_SUCH_REVIEW)
def _with_committee(case: Case) -> dict[str, Any]:
    return {"number": _handed_over(case).number}


@finds("appeal_answered", **NO_SUCH_REVIEW)
def _answered(case: Case) -> dict[str, Any]:
    appeal = _handed_over(case)
    no = appeal_decisions.Word("upheld", "The papers say the same.")
    decided = appeal_decisions.decide(
        appeal=appeal,
        answers={row.pk: no for row in appeal.services.all()},
        words=case.word("words of a committee", READS),
        facts_used="",
        papers=[],
        signed_name="Rita Salas",
        by=appeal.seats.earliest("pk").member,
        at=timezone.now(),
    )
    return {"number": decided.number}


@finds("pack", pk=NO_SUCH_NUMBER)
def _pack(case: Case) -> dict[str, Any]:
    return {"pk": _handed_over(case).packs.get().pk}


def _asked(case: Case) -> Appeal:
    made = arguments_of("notice", case)
    assert made
    notice = Application.objects.get(number=made["number"]).notices.get(pk=made["notice"])
    return appeals.ask(
        notice=notice,
        decisions=[one.pk for one in refusals_of(notice)],
        request=appeals.Request(
            received_on=days_from_today(0, case.child.program),
            name="Rosa Baca",
            narrative=case.word("why a review is asked for", READS),
        ),
        files=[],
        by=case.teller.user,
        at=timezone.now(),
    )


def _supervisor(case: Case) -> Any:
    return case.world.people["sue" if case.name == "mississippi" else "prue"]


def _with_seats(case: Case) -> Appeal:
    appeal, by, at = _asked(case), _supervisor(case), timezone.now()
    appeal = appeal_reviews.screen(
        appeal=appeal,
        takes_up=True,
        is_timely=True,
        is_complete=False,
        words="It can be read.",
        by=by,
        at=at,
    )
    program = case.child.program
    hired = [StaffFactory(role="review-committee", program=program) for _n in range(2)]
    third = (
        StaffFactory(role="review-committee", program=program)
        if case.name == "mississippi"
        else case.world.people["rita"]
    )
    appeal_reviews.name_committee(appeal=appeal, members=[third, *hired], by=by, at=at)
    return appeal


def _handed_over(case: Case) -> Appeal:
    appeal = _with_seats(case)
    return appeal_reviews.hand_over(appeal=appeal, by=_supervisor(case), at=timezone.now())


def _asks(world: Any, case: Any) -> dict[str, Any]:
    """What a family sends, and the days that a worker writes down besides."""
    told = {"narrative": "We earn less now.", "name": "Rosa Baca", "phones": "505-555-0134"}
    told |= {"address": "PO Box 12", "channel": "mail"} | day("received_on", days_from_today(0))
    if case is None:
        return told
    made = case.made["notice"]
    notice = Application.objects.get(number=made["number"]).notices.get(pk=made["notice"])
    return told | {"services": [str(one.pk) for one in refusals_of(notice)]}


def _seats(world: Any, case: Any) -> dict[str, Any]:
    if case is None:
        return {}
    appeal = Appeal.objects.get(**case.made["appeal_taken_up"])
    return {"members": [str(seat.member_id) for seat in appeal.seats.all()]}


def _asks_more(world: Any, case: Any) -> dict[str, Any]:
    return day("due_on", days_from_today(0) + timedelta(days=14)) | {"words": "The pay stubs."}


def _answers(world: Any, case: Any) -> dict[str, Any]:
    told = {"signed_name": "Rita Salas"}
    if case is None:
        return told
    appeal = Appeal.objects.get(**case.made["appeal_with_committee"])
    for row in appeal.services.all():
        told |= {
            f"service-{row.pk}-answer": "upheld",
            f"service-{row.pk}-reasons": "The papers say the same.",
        }
    return told


READS: Reach = {**DECIDED, **COMMITTEE}
TELLS: Reach = {**FAMILY_TELLS, **STAFF_OF_A_CHILD}
WORKS: Reach = {**SUPERVISORS, **COMMITTEE}
PAGES = [
    Page(
        "intake:appeal_ask",
        about="notice",
        world="notice",
        get=Rule(TELLS, seen=SENT, answers=(200, 302)),
        post=post(TELLS, seen=SENT, sends=_asks),
    ),
    Page("intake:appeals", get=Rule(all_of(*WORKS), seen=SIGNED_IN), looks=ANY_NUMBER),
    Page("intake:appeal", about="appeal_taken_up", world="appeal-taken-up", get=Rule(READS)),
    Page(
        "intake:appeal_add",
        about="appeal_taken_up",
        world="appeal-taken-up",
        get=Rule(TELLS, seen=READS),
        post=post(TELLS, seen=READS, sends={"words": "One pay stub more."}),
    ),
    Page(
        "intake:appeal_withdraw",
        about="appeal",
        world="appeal",
        get=Rule(TELLS, seen=DECIDED),
        post=post(TELLS, seen=DECIDED, sends={"words": "The mother called."}),
    ),
    Page(
        "intake:appeal_screen",
        about="appeal",
        world="appeal",
        get=Rule(SUPERVISORS, seen=DECIDED),
        post=post(
            SUPERVISORS,
            seen=DECIDED,
            sends={"is_timely": "yes", "is_complete": "yes", "takes_up": "yes"},
        ),
    ),
    Page(
        "intake:appeal_committee",
        about="appeal_taken_up",
        world="appeal-taken-up",
        get=Rule(SUPERVISORS, seen=READS),
        post=post(SUPERVISORS, seen=READS, sends=_seats),
    ),
    Page(
        "intake:appeal_hand_over",
        about="appeal_taken_up",
        world="appeal-taken-up",
        post=post(WORKS, seen=READS),
    ),
    Page(
        "intake:appeal_ask_more",
        about="appeal_taken_up",
        world="appeal-taken-up",
        get=Rule(WORKS, seen=READS),
        post=post(WORKS, seen=READS, sends=_asks_more),
    ),
    Page(
        "intake:appeal_answer",
        about="appeal_with_committee",
        world="appeal-with-committee",
        get=Rule(COMMITTEE, seen=READS),
        post=post(COMMITTEE, seen=READS, sends=_answers),
    ),
    Page(
        "intake:appeal_close",
        about="appeal_answered",
        world="appeal-answered",
        post=post(SUPERVISORS, seen=READS),
    ),
    Page(
        "intake:appeal_pack",
        about="pack",
        world="pack",
        get=Rule(WORKS, seen=STAFF_OF_A_HOME),
    ),
]
