"""What we write to a family about a review it asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.formats import date_format

from cms_portal import programs
from cms_portal.notifications.models import Message
from cms_portal.notifications.wording import health
from intake.appeal_states import Answer
from intake.messages import write
from intake.models import Appeal, AppealQuestion
from intake.notices import name_to_tell
from intake.told import contact_of

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


def received(appeal: Appeal, *, by: User) -> Message | None:
    """Say that the request is here, what it asks about, and by when we answer."""
    return _write(appeal, "intake/review_received", by=by, outside={"due_on": appeal.due_on})


def more_asked(question: AppealQuestion, *, by: User) -> Message | None:
    """Ask for what the committee still wants to see, by its day."""
    return _write(
        question.appeal,
        "intake/review_more_asked",
        by=by,
        outside={"day": question.due_on},
        words=health(question.words),
    )


def decided(appeal: Appeal, *, by: User) -> Message | None:
    """Tell the committee's answer on each service, with its reasons and what it rests on."""
    return _write(appeal, "intake/review_decided", by=by)


def not_taken_up(appeal: Appeal, *, by: User) -> Message | None:
    """Tell why a request is not taken up, and whom to ask."""
    return _write(appeal, "intake/review_not_taken_up", by=by)


def _write(
    appeal: Appeal, key: str, *, by: User, outside: dict[str, Any] | None = None, **more: Any
) -> Message | None:
    with translation.override(contact_of(appeal.application).written_language):
        values = _values(appeal) | more
    return write(appeal.application, key=key, values=values, outside=outside, by=by)


def _values(appeal: Appeal) -> dict[str, Any]:
    services = list(appeal.services.select_related("decision"))
    evidence = appeal.evidence.select_related("document")
    return {
        "number": appeal.number,
        "asked_on": _day(appeal.asked_on),
        "told_on": _day(appeal.notice.sent_on),
        "due_on": appeal.due_on,
        "last_day": _day(appeal.notice.review_by) if appeal.is_late else "",
        "services": [name_to_tell(appeal.program, one.decision.service) for one in services],
        "answers": [
            {
                "name": name_to_tell(appeal.program, one.decision.service),
                "is_yes": one.answer == Answer.REVERSED,
                "reasons": health(one.reasons),
            }
            for one in services
        ],
        "words": health(appeal.decision_words),
        "facts": health(appeal.facts_used),
        "papers": [_paper(row.document) for row in evidence],
        "why": health(appeal.screening_words),
        "signed": appeal.signed_name,
        "signed_on": _day(appeal.decided_on),
        "any_no": any(one.answer == Answer.UPHELD for one in services),
        "kind": programs.get(appeal.program).review_kind,
    }


def _paper(document: Any) -> str:
    return f"{document.get_kind_display()} ({_day(document.given_on)})"


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
