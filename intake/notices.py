"""A notice of decisions: which services it tells, from when to when, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone, translation
from django.utils.formats import date_format

from cms_portal import programs
from cms_portal.notifications.deadlines import LAST_DAY, REPLY_BY
from cms_portal.notifications.models import Message
from cms_portal.notifications.ways import ways_beside_paper
from cms_portal.notifications.wording import health, word
from eligibility.catalogue import is_named_for_an_illness, service_name
from eligibility.models import Outcome
from intake import yearly
from intake.asking import asked_for
from intake.cases import ServiceCase, service_cases
from intake.deciding_anew import has_something_left, held_by
from intake.models import Application, EnrolledService
from intake.states import EnrollmentState
from intake.told import contact_of, papers_of

KEY = "intake/decision_notice"
# What these rules find may name an illness; so may what a person writes.
ABOUT_HEALTH = {
    "any_condition",
    "covered_condition",
    "eligible_condition",
    "named_condition",
    "newborn_bloodspot",
    "newborn_hearing",
}


@dataclass(frozen=True)
class ToldService:
    """One decided service as a notice tells it: from a day, and until the day before `ends_on`."""

    case: ServiceCase
    starts_on: date | None = None
    ends_on: date | None = None
    # Its last day counts from the day on which the letter goes out.
    follows_letter: bool = False

    @property
    def is_yes(self) -> bool:
        return self.case.outcome == Outcome.AVAILABLE

    @property
    def is_over(self) -> bool:
        """Whether its last day came before its first."""
        return bool(self.starts_on and self.ends_on and self.ends_on <= self.starts_on)


def ready_to_tell(application: Application, on: date) -> list[ToldService]:
    """Return the services that are decided, countersigned where they must be, and not told yet.

    A yes whose birthday passed meanwhile is none any more: the rules have to be asked again.
    """
    return [one for one in _all_to_tell(application, on) if not one.is_over]


def outgrown(application: Application, on: date) -> list[ToldService]:
    """Return the yeses not told yet that a birthday has ended since the rules were asked."""
    return [one for one in _all_to_tell(application, on) if one.is_over]


def _all_to_tell(application: Application, on: date) -> list[ToldService]:
    cases = service_cases(application)
    held = {row.service: row for row in services_held(application, on)}
    return [
        _told(application, case, held.get(case.key), on)
        for case in cases
        if case.is_final and not case.is_told
    ]


def services_held(application: Application, on: date) -> list[EnrolledService]:
    """Return what the child can get through this household now."""
    return list(
        EnrolledService.objects.on(on)
        .filter(enrollment__child=application.child, enrollment__household=application.household)
        .exclude(enrollment__state=EnrollmentState.ENDED)
    )


def _told(
    application: Application, case: ServiceCase, held: EnrolledService | None, on: date
) -> ToldService:
    if case.outcome == Outcome.AVAILABLE:
        last = ends_on(application, case, on)
        if held and case.anew_since:
            last = min(last, held.ends_on)
        starts_on = held.starts_on if held else _first_day(case, last, on)
        return ToldService(case, starts_on, last)
    if held is None:
        return ToldService(case)
    floor = first_day_after(application.program, on)
    if held.ends_on < floor and held.ends_on in age_limits(application, case):
        return ToldService(case, held.starts_on, held.ends_on)
    return ToldService(case, held.starts_on, floor, follows_letter=True)


def _first_day(case: ServiceCase, last: date, on: date) -> date:
    """Return the day a yes begins: today, or where a review lasted past a birthday, that of the no."""
    refused = case.decision.replaces if case.decision else None
    if last <= on and refused is not None and case.is_by_review:
        return refused.determination.on
    return on


def first_day_after(program: str, told_on: date) -> date:
    """Return the first day after a service that a letter of this day ends, or after the time it leaves."""
    return told_on + relativedelta(days=programs.get(program).clock("end_notice_days") + 1)


def age_limits(application: Application, case: ServiceCase) -> list[date]:
    """Return the birthdays on which a service ends by its rules."""
    return [
        application.child.birthday(int(finding["values"]["limit"]))
        for finding in case.findings
        if finding["rule"] == "age" and "limit" in finding["values"]
    ]


def ends_on(application: Application, case: ServiceCase, on: date) -> date:
    """Return the first day after a service that begins now: a year on, or the birthday that ends it."""
    limits = [
        application.child.birthday(int(finding["values"]["limit"]))
        for finding in case.findings
        if finding["rule"] == "age" and finding["outcome"] == "met"
    ]
    return min([enrollment_ends_on(application, on), *limits])


def enrollment_ends_on(application: Application, on: date) -> date:
    """Return the first day after an enrollment that begins, or goes on, on a day."""
    yearly_on = yearly.next_due_on(application)
    if yearly_on is not None:
        return yearly_on
    months = programs.get(application.program).clock("enrollment_months")
    held = application.renews
    begins_on = max(held.ends_on, on) if held and held.is_open else on
    return begins_on + relativedelta(months=months)


def reply_days(application: Application, told: list[ToldService]) -> int | None:
    """Return how many days there are to ask for a review; None where nothing was refused."""
    if all(one.is_yes for one in told):
        return None
    return programs.get(application.program).clock("review_request_days")


def end_days(application: Application, told: list[ToldService]) -> int | None:
    """Return how many days a service lasts after the letter that ends it; None where none ends so."""
    if not any(one.follows_letter for one in told):
        return None
    return programs.get(application.program).clock("end_notice_days")


def values_of(application: Application, told: list[ToldService]) -> dict[str, Any]:
    """Return what the notice says, in the language of the guardian's letters."""
    with translation.override(contact_of(application).written_language):
        cases = service_cases(application)
        waiting = {request.pk: request for case in cases for request in case.waits_for}
        return {
            "number": application.number,
            "worker": str(application.worker or application.office or ""),
            "yes": [_line(one) for one in told if one.is_yes],
            "no": [_line(one) for one in told if not one.is_yes],
            "waits_for": [one.what for one in asked_for(waiting.values())],
            "open": [name_to_tell(case.program, case.key) for case in _owed(cases)],
            "ends": _ends_enrollment(application, told, cases),
            "papers": [_paper(paper) for paper in papers_of(application)],
            "told_on": _day(_sent_on(application)),
            "review_by": REPLY_BY,
            "decision_days": programs.get(application.program).clock("review_decision_days"),
        }


def _owed(cases: list[ServiceCase]) -> list[ServiceCase]:
    return [case for case in cases if case.owes_answer and not case.is_final]


def _ends_enrollment(
    application: Application, told: list[ToldService], cases: list[ServiceCase]
) -> bool:
    """Say whether nothing is left, so that the enrollment ends with what these words end."""
    if _owed(cases) or any(one.is_yes for one in told) or not any(one.ends_on for one in told):
        return False
    held, on = held_by(application), programs.get(application.program).today()
    refused = [one.case.key for one in told]
    return held is not None and held.is_open and not has_something_left(held, on, refused)


def name_to_tell(program: str, key: str) -> str:
    """Return a service's name, marked where it names an illness."""
    name: str = service_name(program, key)
    return health(name) if is_named_for_an_illness(program, key) else name


def _sent_on(application: Application) -> date:
    return timezone.localdate(application.submitted_at, programs.get(application.program).timezone)


def _line(one: ToldService) -> dict[str, Any]:
    last_day = one.ends_on - relativedelta(days=1) if one.ends_on else None
    return {
        "name": name_to_tell(one.case.program, one.case.key),
        "starts": _day(one.starts_on),
        "until": LAST_DAY if one.follows_letter else _day(last_day),
        "reasons": [
            *filter(None, [health(one.case.own_words)]),
            *(
                health(reason.because) if reason.rule in ABOUT_HEALTH else reason.because
                for reason in one.case.reasons_to_tell
            ),
        ],
        "sources": list(dict.fromkeys(r.source for r in one.case.reasons_to_tell if r.source)),
    }


def _paper(paper: Any) -> str:
    return f"{paper.get_kind_display()} ({_day(paper.given_on)})"


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def preview(application: Application, told: list[ToldService]) -> Message:
    """Return the notice as it would go out now, kept nowhere."""
    guardian, child = contact_of(application), application.child
    on = programs.get(application.program).today()
    way = next(iter(ways_beside_paper(guardian, on)), None)
    wording = word(
        key=KEY,
        language=guardian.written_language,
        channel="",
        program=application.program,
        values={"guardian": guardian.first_name, "child": child.called}
        | values_of(application, told),
    )
    return Message(
        program=application.program,
        household=application.household,
        to_guardian=guardian,
        child=child,
        language=guardian.written_language,
        channel=way.channel if way else "",
        address=way.address if way else "",
        title=wording.title,
        text=wording.text,
        plain_text=wording.plain_text,
        reply_days=reply_days(application, told),
        end_days=end_days(application, told),
        queued_at=timezone.now(),
    )
