"""How tests refuse a family something, ask for a review of it, and let a committee answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from cms_portal.audit.tracking import save_tracked
from cms_portal.notifications.models import Channel, Message, MessageState
from intake.actions import appeal_decisions, appeal_reviews, appeals, notices
from intake.appealing import refusals_of
from intake.models import Appeal, AppealedService, Notice
from tests.factories import StaffFactory
from tests.factories.dates import NM, today
from tests.intake.deciding import decide_everything

WHY = "We earn less now. The pay stubs are with this letter."
REASONS = "The new pay stubs show an income under the line."


def refuse(application: Any, by: Any, second: Any) -> Notice:
    """Decide everything, some of it no, and tell the family."""
    decide_everything(application, by, second)
    notice = notices.tell_family(application=application, by=by, at=timezone.now())
    application.refresh_from_db()
    assert refusals_of(notice)
    return notice


def mailed(notice: Notice, days_ago: int = 0) -> Notice:
    """Let the notice have been mailed as a letter, some days ago."""
    message: Any = notice.message
    message.channel, message.state = Channel.LETTER, MessageState.SENT
    message.dated_on = today() - timedelta(days=days_ago)
    message.sent_at, message.error_code = timezone.now() - timedelta(days=days_ago), ""
    message.printed_at, message.printed_by, message.batch = timezone.now(), notice.sent_by, uuid4()
    save_tracked(message, by=notice.sent_by, reason="mailed")
    return Notice.objects.select_related("message", "application").get(pk=notice.pk)


def request(**told: Any) -> appeals.Request:
    facts = {"received_on": today(), "name": "Rosa Baca", "phones": "505-555-0134"}
    facts |= {"address": "PO Box 12, Santa Fe", "narrative": WHY}
    return appeals.Request(**(facts | told))


def ask(notice: Notice, by: Any, *, files: Any = (), services: Any = None, **told: Any) -> Appeal:
    keys = [one.pk for one in refusals_of(notice)]
    return appeals.ask(
        notice=notice,
        decisions=keys if services is None else services,
        request=request(**told),
        files=list(files),
        by=by,
        at=timezone.now(),
    )


def screen(appeal: Appeal, by: Any, **told: Any) -> Appeal:
    facts = {"takes_up": True, "is_timely": True, "is_complete": True, "words": ""}
    return appeal_reviews.screen(appeal=appeal, by=by, at=timezone.now(), **(facts | told))


def members(program: str = NM, number: int = 3) -> list[Any]:
    names = ["Ruth Salas", "Omar Tafoya", "Gwen Pino", "Ike Duran"]
    return [
        StaffFactory(role="review-committee", program=program, name=name) for name in names[:number]
    ]


def seat(appeal: Appeal, who: Any, by: Any) -> Any:
    return appeal_reviews.name_committee(appeal=appeal, members=who, by=by, at=timezone.now())


def hand_over(appeal: Appeal, by: Any) -> Appeal:
    return appeal_reviews.hand_over(appeal=appeal, by=by, at=timezone.now())


def with_committee(appeal: Appeal, committee: Any, by: Any) -> Appeal:
    """Bring a request before these members."""
    screen(appeal, by)
    seat(appeal, committee, by)
    return hand_over(appeal, by)


def answers(appeal: Appeal, *said: str) -> dict[int, appeal_decisions.Word]:
    """Say one answer of each service, or the same of all."""
    services = list(AppealedService.objects.filter(appeal=appeal))
    each = said if len(said) == len(services) else said * len(services)
    return {
        service.pk: appeal_decisions.Word(answer, REASONS)
        for service, answer in zip(services, each, strict=True)
    }


def answer(appeal: Appeal, by: Any, *said: str, **more: Any) -> Appeal:
    facts: dict[str, Any] = {"words": "", "facts_used": "", "papers": [], "signed_name": by.name}
    return appeal_decisions.decide(
        appeal=appeal, answers=answers(appeal, *said), by=by, at=timezone.now(), **(facts | more)
    )


def letters(appeal: Appeal, name: str) -> list[Message]:
    key, home = f"intake/review_{name}", appeal.application.household
    return list(Message.objects.filter(household=home, key=key))
