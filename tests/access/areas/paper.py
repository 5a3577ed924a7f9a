"""What comes on paper: the office it came to sorts it, and nobody else has such a page."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from intake.actions import filing, paper_mail
from intake.actions.filing import Target
from intake.inbox import pages_of
from intake.models import Envelope
from tests.access.objects import NO_SUCH_NUMBER, finds
from tests.access.rules import SIGNED_IN, Page, Reach, Rule, all_of, post
from tests.access.sends import day
from tests.access.world import Case
from tests.factories import OfficeFactory, the_portal
from tests.factories.dates import days_from_today
from tests.intake.paper import came, read, scanned, sheet

SORTED = ("mateo", "mississippi")
# The office's own, whoever serves the child; a social worker's caseload has no mail room.
SORTS: Reach = {
    **dict.fromkeys(("ida", "sam", "prue"), "mateo"),
    **dict.fromkeys(("mo", "sue"), "mississippi"),
}


def _office(case: Case) -> Any:
    return case.world.jackson if case.name == "mississippi" else case.world.santa_fe


def _came(case: Case) -> Envelope:
    if "came on paper" not in case.made:
        note = case.word("note on an envelope", SORTS)
        envelope = came(_office(case), the_portal(), scanned(sheet(), sheet()), note=note)
        case.made["came on paper"] = read(envelope)
    made: Envelope = case.made["came on paper"]
    return made


@finds("envelope", pk=NO_SUCH_NUMBER)
def _envelope(case: Case) -> dict[str, Any] | None:
    return {"pk": _came(case).pk} if case.name in SORTED else None


@finds("envelope_to_give", pk=NO_SUCH_NUMBER)
def _to_give(case: Case) -> dict[str, Any] | None:
    if case.name not in SORTED:
        return None
    case.made["there"] = OfficeFactory(program=case.child.program).pk
    return {"pk": _came(case).pk}


@finds("envelope_page", pk=NO_SUCH_NUMBER, page=1)
def _page(case: Case) -> dict[str, Any] | None:
    if case.name not in SORTED:
        return None
    return {"pk": _came(case).pk, "page": pages_of(_came(case))[0].pk}


@finds("envelope_file", pk=NO_SUCH_NUMBER, scan=1)
def _file(case: Case) -> dict[str, Any] | None:
    if case.name not in SORTED:
        return None
    return {"pk": _came(case).pk, "scan": _came(case).scans.get().pk}


@finds("filing", pk=NO_SUCH_NUMBER, filing=1)
def _filing(case: Case) -> dict[str, Any] | None:
    if case.name not in SORTED:
        return None
    filed = filing.file_pages(
        envelope=_came(case),
        pages=[pages_of(_came(case))[0].pk],
        target=Target(case.child, case.household),
        by=the_portal(),
        at=timezone.now(),
    )
    return {"pk": _came(case).pk, "filing": filed.pk}


@finds("envelope_sorted", pk=NO_SUCH_NUMBER)
def _sorted(case: Case) -> dict[str, Any] | None:
    if case.name not in SORTED:
        return None
    envelope, who = _came(case), {"by": the_portal(), "at": timezone.now()}
    paper_mail.mark_not_ours(envelope=envelope, note="sent back", **who)
    return {"pk": envelope.pk}


def _there(_world: Any, case: Case | None) -> dict[str, Any]:
    return {"office": case.made["there"] if case and "there" in case.made else NO_SUCH_NUMBER}


TAKEN_IN = {
    "start_key": str(uuid.uuid4()),
    "came_by": "fax",
    **day("received_on", days_from_today(0)),
}
PAGES = [
    Page("intake:inbox", get=Rule(all_of(*SORTS), seen=SIGNED_IN), looks=0),
    Page(
        "intake:take_in_paper",
        get=Rule(all_of(*SORTS), seen=SIGNED_IN),
        post=post(all_of(*SORTS), seen=SIGNED_IN, sends=TAKEN_IN, answers=(422,)),
        looks=0,
    ),
    Page(
        "intake:envelope",
        about="envelope",
        world="envelope",
        get=Rule(SORTS),
        post=post(SORTS, sends={"pages": "1", "target": "aside"}),
    ),
    Page("intake:envelope_page", about="envelope_page", world="envelope", get=Rule(SORTS)),
    Page("intake:envelope_page_small", about="envelope_page", world="envelope", get=Rule(SORTS)),
    Page("intake:envelope_file", about="envelope_file", world="envelope", get=Rule(SORTS)),
    Page(
        "intake:add_scans",
        about="envelope",
        world="envelope",
        get=Rule(SORTS),
        post=post(SORTS, answers=(422,)),
    ),
    Page(
        "intake:leave_unmatched",
        about="envelope",
        world="envelope",
        get=Rule(SORTS),
        post=post(SORTS, sends={"note": "no name"}),
    ),
    Page(
        "intake:not_for_us",
        about="envelope",
        world="envelope",
        get=Rule(SORTS),
        post=post(SORTS, sends={"note": "sent back"}),
    ),
    Page(
        "intake:give_on_envelope",
        about="envelope_to_give",
        world="envelope-to-give",
        get=Rule(SORTS),
        post=post(SORTS, sends=_there),
    ),
    Page("intake:finish_envelope", about="envelope", world="envelope", post=post(SORTS)),
    Page("intake:sort_again", about="envelope_sorted", world="envelope-sorted", post=post(SORTS)),
    Page("intake:undo_filing", about="filing", world="filing", post=post(SORTS)),
]
