"""Papers."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cms_portal.documents import actions
from cms_portal.documents.checking import check
from cms_portal.documents.models import Document, DocumentKind
from tests.access.objects import NO_SUCH_NUMBER, finds
from tests.access.reaches import FAMILY_TELLS, HOME_TELLS, STAFF_OF_A_CHILD, STAFF_OF_A_HOME
from tests.access.rules import ANY_NUMBER, FAMILY, SIGNED_IN, Page, Reach, Rule, all_of, post
from tests.access.world import Case
from tests.documents.files import photo, upload
from tests.factories import the_portal


@finds("paper", pk=NO_SUCH_NUMBER)
def _paper(case: Case) -> dict[str, Any]:
    return {"pk": _given(case).pk}


@finds("file", pk=NO_SUCH_NUMBER)
def _file(case: Case) -> dict[str, Any]:
    return {"pk": _given(case).files.get().pk}


def _given(case: Case) -> Document:
    if "given paper" not in case.made:
        document = actions.add_document(
            program=case.teller.household.program,
            household=case.teller.household,
            child=case.child,
            kind=DocumentKind.INCOME,
            files=[upload(photo())],
            by=case.teller.user,
        )
        check(document.files.get().pk, now=timezone.now(), by=the_portal())
        case.made["given paper"] = document
    made: Document = case.made["given paper"]
    return made


PAPERS: Reach = {**HOME_TELLS, **STAFF_OF_A_HOME}
PAPERS_TAKEN_BACK: Reach = {**FAMILY_TELLS, **STAFF_OF_A_CHILD}
PAGES = [
    Page("documents:mine", get=Rule(all_of(*FAMILY), seen=SIGNED_IN), looks=ANY_NUMBER),
    Page("documents:file", about="file", get=Rule(PAPERS)),
    Page("documents:withdraw", about="paper", post=post(PAPERS_TAKEN_BACK, seen=PAPERS)),
]
