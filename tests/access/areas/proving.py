"""What papers prove, as the worker says who saw them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms_portal.documents import actions as documents
from intake.actions import evidence
from intake.models import Application
from intake.told import papers_of
from tests.access.areas.intake import NO_SUCH_APPLICATION, SENT, sent_off
from tests.access.objects import NO_SUCH_NUMBER, finds
from tests.access.reaches import STAFF_OF_A_CHILD
from tests.access.rules import Page, Rule, post
from tests.access.world import Case
from tests.documents.files import photo, upload
from tests.factories.dates import today


@finds("paper_to_prove", **NO_SUCH_APPLICATION, paper=NO_SUCH_NUMBER)
def _paper(case: Case) -> dict[str, Any]:
    application = sent_off(case)
    paper = documents.add_document(
        program=application.program,
        household=application.household,
        child=application.child,
        kind="residence",
        files=[upload(photo())],
        by=case.teller.user,
    )
    return {"number": application.number, "paper": paper.pk}


@finds("proof", **NO_SUCH_APPLICATION, proof=NO_SUCH_NUMBER)
def _proof(case: Case) -> dict[str, Any]:
    made = _paper(case)
    application = Application.objects.get(number=made["number"])
    proof = evidence.accept(
        application=application,
        document=papers_of(application)[0],
        requirement="home",
        valid_until=today() + timedelta(days=90),
        by=case.world.people["mo" if case.name == "mississippi" else "prue"],
        at=timezone.now(),
    )
    return {"number": made["number"], "proof": proof.pk}


PAGES = [
    Page(
        "intake:prove",
        about="paper_to_prove",
        world="paper_to_prove",
        get=Rule(STAFF_OF_A_CHILD, seen=SENT),
        post=post(STAFF_OF_A_CHILD, seen=SENT, sends={"requirement": "home"}),
    ),
    Page(
        "intake:take_back_proof",
        about="proof",
        world="proof",
        post=post(STAFF_OF_A_CHILD, seen=SENT),
    ),
]
