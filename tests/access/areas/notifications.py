"""Messages to families, and the mail room."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from cms_portal.families.actions import change_guardian
from cms_portal.families.models import Channel
from cms_portal.notifications import mailing
from cms_portal.notifications.actions import queue
from cms_portal.notifications.models import Message, MessageState
from tests.access.objects import NO_SUCH_NUMBER, finds
from tests.access.reaches import HOME_TELLS, STAFF_OF_A_CHILD
from tests.access.rules import ANY_NUMBER, FAMILY, SIGNED_IN, Page, Reach, Rule, all_of, post
from tests.access.sends import day
from tests.access.world import Case
from tests.factories import the_portal
from tests.factories.dates import today


@finds("message", pk=NO_SUCH_NUMBER)
def _message(case: Case) -> dict[str, Any]:
    return {"pk": _letter(case).pk}


@finds("batch", batch=uuid.UUID(int=1))
def _batch(case: Case) -> dict[str, Any] | None:
    letter = _letter(case)
    if letter.state == MessageState.QUEUED and letter.channel == Channel.LETTER:
        mailing.print_letters(
            letters=[letter], dated_on=_mail_day(), by=the_portal(), at=timezone.now()
        )
        letter.refresh_from_db()
    return {"batch": letter.batch} if letter.batch else None


def _mail_day() -> Any:
    return min(today("nm-cms"), today("ms-cmp"))


def _letter(case: Case) -> Message:
    if "letter" not in case.made:
        guardian = change_guardian(
            guardian=case.teller.guardian,
            by=the_portal(),
            reason="prefers letters",
            preferred_channel=Channel.LETTER,
        )
        case.made["letter"] = queue(
            key="notifications/sign_in_code",
            outside={"code": "-"},
            guardian=guardian,
            child=case.child,
            by=the_portal(),
        )
    made: Message = case.made["letter"]
    return made


def _prints(world: Any, case: Any) -> dict[str, Any]:
    letters = [str(_letter(each).pk) for each in world.cases.values()]
    return {"letters": letters[:1]} | day("dated_on", _mail_day())


READS: Reach = {**HOME_TELLS, **STAFF_OF_A_CHILD}
MAIL_ROOM: Reach = STAFF_OF_A_CHILD
MAIL_CLERKS = all_of(*MAIL_ROOM)
PAGES = [
    Page("notifications:mine", get=Rule(all_of(*FAMILY), seen=SIGNED_IN), looks=ANY_NUMBER),
    Page("notifications:message", about="message", get=Rule(READS)),
    Page("notifications:message_as_letter", about="message", get=Rule(READS)),
    Page("notifications:returned", about="message", post=post(STAFF_OF_A_CHILD, seen=READS)),
    Page(
        "notifications:letters",
        get=Rule(MAIL_CLERKS, seen=SIGNED_IN),
        post=post(MAIL_CLERKS, seen=SIGNED_IN, sends=_prints, answers=(302, 422)),
        looks=ANY_NUMBER,
    ),
    *(
        Page(
            f"notifications:{name}",
            about="batch",
            world="printed",
            get=Rule(MAIL_ROOM, otherwise=SIGNED_IN) if method == "GET" else None,
            post=post(MAIL_ROOM, otherwise=SIGNED_IN) if method == "POST" else None,
        )
        for name, method in [("batch", "GET"), ("batch_mailed", "POST"), ("batch_put_back", "POST")]
    ),
]
