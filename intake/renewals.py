"""When an enrollment can be renewed, and what changed since it was decided last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cms_portal import programs
from intake.journeys import journey_of
from intake.models import Application, EndReason, Enrollment

# Who left for one of these can come back by a renewal; for the others it takes a new application.
COMES_BACK = (EndReason.FAMILY, EndReason.NOT_RENEWED, EndReason.NO_CONTACT)


def opens_on(enrollment: Enrollment) -> date:
    """Return the first day on which a family can renew."""
    days = programs.get(enrollment.program).clock("renewal_opens_days_before")
    return enrollment.ends_on - timedelta(days=days)


def closes_on(enrollment: Enrollment) -> date:
    """Return the first day on which it takes a new application."""
    days = programs.get(enrollment.program).clock("resume_days")
    return enrollment.ends_on + timedelta(days=days)


def can_renew(enrollment: Enrollment, on: date) -> bool:
    """Say whether a family can renew on a day: from some time before the end until some time after it."""
    if enrollment.child.died_on is not None:
        return False
    if not enrollment.is_open:
        return enrollment.end_reason in COMES_BACK and on < closes_on(enrollment)
    return opens_on(enrollment) <= on < closes_on(enrollment)


@dataclass(frozen=True)
class Changed:
    """One answer that differs from last year's."""

    page: str
    label: str
    before: str
    now: str


def changed_since(before: Application, now: Application) -> list[Changed]:
    """Return what differs between two applications' answers, question by question."""
    return [
        Changed(str(step.title), label, was.get(label, ""), is_now.get(label, ""))
        for step in journey_of(now.program).for_subject(now)
        for was, is_now in [(_answers(step, before), _answers(step, now))]
        for label in dict.fromkeys([*was, *is_now])
        if was.get(label, "") != is_now.get(label, "")
    ]


def _answers(step: object, application: Application) -> dict[str, str]:
    """Return a page's answers by question; of several rows with one question, all together."""
    found: dict[str, str] = {}
    for answer in step.answers(application):  # type: ignore[attr-defined]
        label, text = str(answer.label), str(answer.text or "")
        found[label] = f"{found[label]}; {text}" if label in found else text
    return found
