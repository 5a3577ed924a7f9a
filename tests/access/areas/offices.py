"""The public office finder, and keeping offices up to date."""

from __future__ import annotations

from typing import Any

from cms_portal.offices import actions
from cms_portal.offices.models import Office
from tests.access.objects import NO_SUCH_NUMBER, finds
from tests.access.rules import EVERYONE, SIGNED_IN, Page, Reach, Rule, Shown, all_of, post
from tests.access.sends import day
from tests.access.world import Case
from tests.factories import the_portal
from tests.factories.dates import days_from_today


@finds("office", pk=NO_SUCH_NUMBER)
def _office(case: Case) -> dict[str, Any] | None:
    return {"pk": _of(case).pk} if case.name in ("mateo", "mississippi") else None


@finds("public_office", program="nm-cms", slug="no-such-office")
def _public_office(case: Case) -> dict[str, Any] | None:
    if case.name not in ("mateo", "mississippi"):
        return None
    office = _of(case)
    return {"program": office.program, "slug": office.slug}


@finds("closure", pk=NO_SUCH_NUMBER)
def _closure(case: Case) -> dict[str, Any] | None:
    if case.name not in ("mateo", "mississippi"):
        return None
    closure = actions.close(
        office=_of(case),
        starts_on=days_from_today(3),
        ends_on=days_from_today(4),
        reason="Snow",
        reason_es="Nieve",
        by=the_portal(),
    )
    return {"pk": closure.pk}


def _of(case: Case) -> Office:
    office: Office = case.child.assignments.order_by("pk").first().office
    return office


def _closes(world: Any, case: Any) -> dict[str, Any]:
    days = day("starts_on", days_from_today(3)) | day("ends_on", days_from_today(4))
    return days | {"reason": "Snow", "reason_es": "Nieve"}


KEEPER: Reach = {"ana": "mateo"}
KEEPERS = all_of("ana")
BOTH = "mateo mississippi"
PAGES = [
    Page("offices:finder", get=Rule(EVERYONE)),
    Page(
        "offices:office",
        about="public_office",
        get=Rule(dict.fromkeys(EVERYONE, BOTH)),
        looks=0,
    ),
    Page("offices:manage", get=Rule(KEEPERS, seen=SIGNED_IN)),
    Page("offices:manage_office", about="office", get=Rule(KEEPER), looks=0),
    Page(
        "offices:correct",
        about="office",
        get=Rule(KEEPER),
        post=post(KEEPER, sends=Shown(reason="they called")),
        looks=0,
    ),
    Page(
        "offices:hours",
        about="office",
        get=Rule(KEEPER),
        post=post(KEEPER, sends=Shown(reason="they called")),
        looks=0,
    ),
    Page(
        "offices:close",
        about="office",
        get=Rule(KEEPER),
        post=post(KEEPER, sends=_closes),
        looks=0,
    ),
    Page("offices:take_back", about="closure", post=post(KEEPER)),
]
