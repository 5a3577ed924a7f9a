"""Referring a child, the receipt for whoever did, and what an office does with it."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from intake import news
from intake.actions import referral_moves, referrals
from intake.models import Referral
from tests.access.areas.intake import _caller
from tests.access.objects import finds
from tests.access.rules import (
    ANY_NUMBER,
    EVERYONE,
    SIGNED_IN,
    Page,
    Reach,
    Rule,
    all_of,
    post,
)
from tests.access.sends import day
from tests.access.world import Case
from tests.factories import OfficeFactory, the_portal
from tests.factories.dates import born, days_from_today

NEW_MEXICO = {"program": "nm-cms"}
REFERRED = ("mateo", "mississippi")
# An office's referrals are everybody's there, not one worker's caseload alone.
OFFICE: Reach = {
    **dict.fromkeys(("ida", "cleo", "sam", "prue"), "mateo"),
    **dict.fromkeys(("mo", "sue"), "mississippi"),
}
HOLDER: Reach = dict.fromkeys(EVERYONE, "mateo mississippi")
WORKERS = all_of(*OFFICE)


@finds("referral", number="ZZZZ-ZZZZ")
def _referral(case: Case) -> dict[str, Any] | None:
    if case.name not in REFERRED:
        return None
    return {
        "number": _referred(
            case, case.child.first_name.upper(), case.child.last_name.upper()
        ).number
    }


@finds("referral_to_give", number="ZZZZ-ZZZZ")
def _to_give(case: Case) -> dict[str, Any] | None:
    if case.name not in REFERRED:
        return None
    case.made["there"] = OfficeFactory(program=case.child.program).pk
    return {"number": _referred(case, case.word("child to give", OFFICE), "Given").number}


@finds("alike", number="ZZZZ-ZZZZ")
def _alike(case: Case) -> dict[str, Any] | None:
    """Two referrals of one name and different birthdays, which a person may join."""
    if case.name not in REFERRED:
        return None
    first, last = (case.word(f"referred child's {name} name", OFFICE) for name in "fl")
    to = _referred(case, first, last)
    return {"number": _referred(case, first, last, born_on=born(3), to=to).number}


@finds("referral_receipt", token="0" * 26)
def _receipt(case: Case) -> dict[str, Any] | None:
    if case.name not in REFERRED:
        return None
    referral = _referred(case, case.word("child of a receipt", OFFICE), "Receipt")
    referral_moves.log_attempt(
        referral=referral,
        channel="call",
        outcome="no_answer",
        reached="",
        note=case.word("note on a try", OFFICE),
        by=case.world.people["mo" if case.name == "mississippi" else "ida"],
        at=timezone.now(),
    )
    return {"token": news.make_link(referral, by=the_portal(), at=timezone.now())}


def _referred(case: Case, first: str, last: str, *, to: Any = None, **other: Any) -> Referral:
    """Keep a referral of a child of these names in the case's county, full of canaries."""
    referral = referrals.receive(
        program=case.child.program,
        start_key=uuid.uuid4(),
        at=timezone.now(),
        by=the_portal(),
        **{
            "source": "school",
            "referrer_name": case.word("who referred", OFFICE),
            "referrer_email": "nurse@example.test",
            "language": "en",
            "first_name": first,
            "last_name": last,
            "born_on": case.child.date_of_birth,
            "guardian_name": case.word("guardian referred", OFFICE),
            "other_way": case.word("another way to reach them", OFFICE),
            "calling": "voicemail",
            "county": case.world.county_of(case),
            "reasons": ["no_doctor"],
            "words": case.word("words of a referral", OFFICE),
            "agreed_by": "Rosa",
            "agreed_on": days_from_today(0),
            "agreed_words": "We agree.",
            "may_tell_referrer": True,
            **other,
        },
    )
    if to is not None:
        case.made["to"] = {"to": to.number}
    return referral


def _page(world: Any, case: Any) -> dict[str, Any]:
    return {
        "start_key": str(uuid.uuid4()),
        "source": "school",
        "referrer_name": "Nina Nurse",
        "referrer_phone": "505-555-0111",
        "first_name": "Lucía",
        "last_name": "Nueva",
        "phone": "505-555-0134",
        "calling": "voicemail",
        "reasons": ["no_doctor"],
        "agrees": "on",
        "agreed_by": "Elena",
        **day("born_on", born(5)),
        **day("agreed_on", days_from_today(0)),
    }


def _newborn(world: Any, case: Any) -> dict[str, Any]:
    return _page(world, case) | {"source": "hearing", "reasons": ["hearing"]}


def _this_child(world: Any, case: Any) -> dict[str, Any]:
    return {"child": str(case.child.pk) if case else "0"}


def _office(world: Any, case: Any) -> dict[str, Any]:
    return {"office": str(case.made["there"]) if case else "0"}


def _to(world: Any, case: Any) -> dict[str, Any]:
    return dict(case.made["to"]) if case else {"to": "ZZZZ-ZZZZ"}


LETTER = {
    "name": "Elena",
    "street": "PO Box 9",
    "city": "Taos",
    "state": "NM",
    "zip_code": "87571",
    "language": "en",
}
TRY = {"channel": "call", "outcome": "no_answer", "reached": "", "note": ""}
PAGES = [
    Page(
        "intake:refer",
        get=Rule(EVERYONE),
        post=post(EVERYONE, sends=_page, answers=(200, 429)),
        arguments=NEW_MEXICO,
    ),
    Page(
        "intake:refer_newborn",
        get=Rule(EVERYONE),
        post=post(EVERYONE, sends=_newborn, answers=(200, 429)),
        arguments=NEW_MEXICO,
    ),
    Page(
        "intake:referral_receipt",
        about="referral_receipt",
        get=Rule(HOLDER),
        post=post(HOLDER, sends={"phone": "505-555-0144"}, answers=(302, 429)),
    ),
    Page("intake:referrals", get=Rule(WORKERS, seen=SIGNED_IN), looks=ANY_NUMBER),
    Page(
        "intake:log_information",
        post=post(
            WORKERS,
            seen=SIGNED_IN,
            sends={"topic": "program", "spoken_language": "en", "county": ""},
        ),
    ),
    Page("intake:referral", about="referral", get=Rule(OFFICE)),
    Page(
        "intake:log_attempt",
        about="referral",
        post=post(OFFICE, sends=TRY),
    ),
    Page(
        "intake:take_referred",
        about="referral",
        get=Rule(OFFICE),
        post=post(OFFICE, sends=_caller),
    ),
    Page(
        "intake:already_served",
        about="referral",
        get=Rule(OFFICE),
        post=post(OFFICE, sends=_this_child),
        looks=ANY_NUMBER,
    ),
    Page(
        "intake:hand_over",
        about="referral_to_give",
        get=Rule(OFFICE),
        post=post(OFFICE, sends=_office),
    ),
    Page(
        "intake:pass_on",
        about="referral",
        get=Rule(OFFICE),
        post=post(OFFICE, sends={"to": "Early intervention"}),
    ),
    Page(
        "intake:referral_letter",
        about="referral",
        get=Rule(OFFICE),
        post=post(OFFICE, sends=LETTER, answers=(200,)),
    ),
    Page(
        "intake:close_referral",
        about="referral",
        get=Rule(OFFICE),
        post=post(OFFICE, sends={"reason": "declined"}),
    ),
    Page("intake:join_referral", about="alike", get=Rule(OFFICE), post=post(OFFICE, sends=_to)),
]
