"""Letting somebody help with one application, and helping."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cms_portal.accounts import identifiers
from intake.actions import applications, helping
from intake.models import Application, HelpInvitation
from tests.access.areas.intake import DRAFTS, NO_SUCH_APPLICATION
from tests.access.objects import NO_SUCH_NUMBER, arguments_of, finds
from tests.access.rules import ANONYMOUS, EVERYONE, FAMILY, LEFT, Page, Reach, Rule, all_of, post
from tests.access.world import Case
from tests.factories import UserFactory
from tests.factories.dates import days_from_today

LINKS_OF = ("mateo", "mississippi")


def _application(case: Case) -> Application:
    made = arguments_of("draft", case)
    assert made
    return Application.objects.get(number=made["number"])


def _invitation(case: Case, email: str = "") -> tuple[HelpInvitation, str]:
    return helping.invite(
        application=_application(case),
        name=case.word("name of somebody asked to help", MANAGES),
        account=identifiers.read(email) if email else None,
        help_ends_on=days_from_today(30, case.child.program),
        by=case.teller.user,
        at=timezone.now(),
    )


@finds("helper", **NO_SUCH_APPLICATION, helper=NO_SUCH_NUMBER)
def _helper(case: Case) -> dict[str, Any]:
    if case.name == "mateo":
        row = _application(case).helpers.get(user=case.world.people["hal"])
        return {"number": row.application.number, "helper": row.pk}
    row = applications.let_help(
        application=_application(case),
        helper=UserFactory(name=case.word("name of a helper", MANAGES)),
        on=days_from_today(0, case.child.program),
        by=case.teller.user,
    )
    return {"number": row.application.number, "helper": row.pk}


@finds("help_invitation", **NO_SUCH_APPLICATION, invitation=NO_SUCH_NUMBER)
def _help_invitation(case: Case) -> dict[str, Any]:
    invitation, _code = _invitation(case)
    return {"number": invitation.application.number, "invitation": invitation.pk}


@finds("invited", token="0" * 26)
def _invited(case: Case) -> dict[str, Any] | None:
    return {"token": _invitation(case)[1]} if case.name in LINKS_OF else None


@finds("asked_to_help", pk=NO_SUCH_NUMBER)
def _asked_to_help(case: Case) -> dict[str, Any] | None:
    if case.name not in LINKS_OF:
        return None
    somebody = case.world.people["hal"] if case.name == "mateo" else UserFactory()
    return {"pk": _invitation(case, somebody.email)[0].pk}


# Who may sign for the child lets others help: not Gail, whose order is not shown yet.
MANAGES: Reach = {
    "rosa": "mateo",
    "ben": "second_home",
    "fern": "faraway",
    "dana": "mississippi",
    "tess": "grown",
}
HOLDERS: Reach = dict.fromkeys(EVERYONE, " ".join(LINKS_OF))
HOLDS_AND_MAY_HELP: Reach = dict.fromkeys([*FAMILY, LEFT, ANONYMOUS], " ".join(LINKS_OF))
IS_ASKED: Reach = {"hal": "mateo"}
ASKS = {"name": "Cousin Ana", "contact": "ana@example.test", "days": "14", "agrees": "on"}

PAGES = [
    Page(
        "intake:helpers",
        about="draft",
        world="draft",
        get=Rule(MANAGES, seen=DRAFTS),
        post=post(MANAGES, seen=DRAFTS, sends=ASKS, answers=(200,)),
    ),
    Page(
        "intake:remove_helper",
        about="helper",
        world="draft",
        post=post(MANAGES, seen=DRAFTS),
    ),
    Page(
        "intake:take_back_invitation",
        about="help_invitation",
        world="draft",
        post=post(MANAGES, seen=DRAFTS),
    ),
    Page("intake:stop_helping", about="draft", world="draft", post=post(IS_ASKED, seen=DRAFTS)),
    Page(
        "intake:helps",
        get=Rule(all_of(*FAMILY)),
        post=post(all_of(*FAMILY), sends={"code": "0" * 26}, answers=(422,)),
    ),
    Page(
        "intake:invited",
        about="invited",
        world="draft",
        get=Rule(HOLDERS),
        post=post(HOLDS_AND_MAY_HELP, seen=HOLDERS),
    ),
    Page("intake:accept_invitation", about="asked_to_help", world="draft", post=post(IS_ASKED)),
    Page("intake:decline_invitation", about="asked_to_help", world="draft", post=post(IS_ASKED)),
]
