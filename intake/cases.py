"""An application service by service: what the rules recommend and why, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from cms_portal.database.prepared import prepared
from eligibility.library import RULES
from eligibility.models import Determination, Outcome, ReasonCode, ServiceDecision
from eligibility.program_folders import rulebooks
from eligibility.sentences import sentence, words
from eligibility.time_of_life import AGE_RULES, NEWBORN_RULES
from intake.clocks import Clock, clock_of
from intake.deciding_anew import granted_before
from intake.journeys import journey_of
from intake.models import Application, InformationRequest, NoticeLine
from intake.states import RequestState


@dataclass(frozen=True)
class Reason:
    """One rule's finding, in the reader's language."""

    rule: str
    outcome: str
    because: str
    source: str


@dataclass(frozen=True)
class ServiceCase:
    """One service of one application."""

    program: str
    determination: int
    key: str
    name: str
    summary: str
    payable: bool
    recommended: str
    ask_next: list[str]
    findings: list[dict[str, Any]]
    decision: ServiceDecision | None
    is_asked: bool
    is_outdated: bool = False
    """Whether the rules found something else since it was decided: then it has to be decided again."""
    is_unnamed: bool = False
    """Whether it would be a no only because a condition was told in words, and may be the one meant."""
    requests: tuple[InformationRequest, ...] = ()
    """What the family was asked for it."""
    clock: Clock | None = None
    """How long it has waited; of an application that was sent."""
    anew_since: datetime | None = None
    """Since when it is decided anew, though the family was told that the child can get it."""

    @property
    def is_open(self) -> bool:
        return self.decision is None or self.is_outdated or self.is_anew

    @property
    def is_anew(self) -> bool:
        """Whether its yes holds until somebody decides again, and tells it."""
        if self.anew_since is None or self.line is None:
            return False
        return self.line.notice.sent_at < self.anew_since

    @property
    def line(self) -> NoticeLine | None:
        """The line of the notice that told its decision to the family."""
        return getattr(self.decision, "notice_line", None) if self.decision else None

    @property
    def is_told(self) -> bool:
        return self.line is not None

    @property
    def is_settled(self) -> bool:
        """Whether the family was told, and only a review changes it."""
        return self.is_told and not self.is_anew

    @property
    def waits_for(self) -> list[InformationRequest]:
        """What the family was asked for it and has not answered yet."""
        return [request for request in self.requests if request.is_open]

    @property
    def is_closed(self) -> bool:
        """Whether it was closed, undecided, because papers did not come."""
        not_received = any(r.state == RequestState.NOT_RECEIVED for r in self.requests)
        return self.decision is None and not_received and not self.waits_for

    @property
    def owes_answer(self) -> bool:
        """Whether we still owe the family an answer about it."""
        return self.is_asked and not self.is_settled and not self.is_closed

    def due_on(self, on: date) -> date | None:
        """Return by which day to answer, as it looks on a day."""
        return self.clock.due_on(on) if self.clock and self.owes_answer else None

    @property
    def is_final(self) -> bool:
        return not self.is_open and self.decision is not None and self.decision.is_final

    @property
    def can_be_confirmed(self) -> bool:
        """Whether the rules say yes or no and nobody has decided on that yet."""
        is_clear = self.recommended in (Outcome.AVAILABLE, Outcome.NOT_AVAILABLE)
        return self.is_open and is_clear and not self.is_unnamed

    @property
    def state(self) -> str:
        """Where the service stands, as a status tag draws it."""
        if self.is_closed:
            return "closed"
        if self.is_open and self.waits_for:
            return "waiting"
        if self.is_open:
            return "now" if self.can_be_confirmed else "todo"
        if not self.is_final:
            return "waiting"
        return "done" if self.outcome == Outcome.AVAILABLE else "no"

    @property
    def outcome(self) -> str:
        return self.decision.outcome if self.decision else self.recommended

    @property
    def outcome_words(self) -> str:
        return str(Outcome(self.outcome).label)

    @property
    def recommended_words(self) -> str:
        return str(Outcome(self.recommended).label)

    def _source_of(self, finding: dict[str, Any]) -> str:
        source = rulebooks()[self.program].sources.get(finding["source"])
        return words(source.name) if source else ""

    @cached_property
    def reasons(self) -> list[Reason]:
        """Every finding as a sentence, those that matter most first."""
        order = {"not_met": 0, "unknown": 1, "needs_review": 2, "met": 3}
        return sorted(
            (
                Reason(f["rule"], f["outcome"], sentence(f), self._source_of(f))
                for f in self.findings
            ),
            key=lambda reason: order[reason.outcome],
        )

    @property
    def deciding_reasons(self) -> list[Reason]:
        """The reasons that stand in the way of a yes."""
        return [reason for reason in self.reasons if reason.outcome != "met"]

    @property
    def met_reasons(self) -> list[Reason]:
        return [reason for reason in self.reasons if reason.outcome == "met"]

    @property
    def reasons_to_tell(self) -> list[Reason]:
        """The reasons that speak for the outcome: what was still open does not explain a yes."""
        return self.met_reasons if self.outcome == Outcome.AVAILABLE else self.deciding_reasons

    @property
    def is_by_review(self) -> bool:
        """Whether a committee decided it."""
        return self.decision is not None and self.decision.reason_code == ReasonCode.REVIEW

    @property
    def own_words(self) -> str:
        """What the person wrote who decided otherwise than the rules."""
        return self.decision.words if self.decision and self.decision.is_override else ""


def latest_determination(application: Application) -> Determination | None:
    """Return what the rules said last."""
    return next(iter(_last_determination(application.case_key)), None)


@prepared
def _last_determination(case_key: Any) -> QuerySet:
    said = Determination.objects.filter(case_key=case_key).order_by("-pk")
    return said.select_related("made_by")[:1]


@prepared
def _decisions(case_key: Any) -> QuerySet:
    in_force = ServiceDecision.objects.in_force().filter(case_key=case_key)
    return in_force.select_related(
        "decided_by", "determination", "countersignature__signed_by", "notice_line__notice__message"
    )


@prepared
def _requests(application: Any) -> QuerySet:
    asked = InformationRequest.objects.filter(application=application)
    return asked.counted().order_by("pk")


def requests_of(application: Application) -> list[InformationRequest]:
    """Return what the family was asked since it sent the application, in the order it was asked."""
    found = list(_requests(application.pk))
    for request in found:
        request.application = application
    return found


def service_cases(
    application: Application, determination: Determination | None = None
) -> list[ServiceCase]:
    """Return each service of the program for this application, in the program's order.

    A service is asked when its time of life is now and its questions were part of the journey;
    the others are shown apart, and nobody has to decide them.
    """
    determination = determination or latest_determination(application)
    if determination is None:
        return []
    decisions = {decision.service: decision for decision in _decisions(application.case_key)}
    asks_newborn = journey_of(application.program).step(application, "newborn") is not None
    requests, anew = requests_of(application), granted_before(application)
    cases = [
        replace(
            _case(service, determination, decisions.get(service.key), asks_newborn),
            requests=tuple(one for one in requests if service.key in one.services),
            clock=clock_of(application, service.key, requests, since=anew.get(service.key))
            if application.submitted_at
            else None,
            anew_since=anew.get(service.key),
        )
        for service in rulebooks()[application.program].services
        if service.key in determination.services
    ]
    # Who holds a service is owed a word on it at any age.
    cases = [replace(case, is_asked=True) if case.anew_since else case for case in cases]
    if not any(case.is_asked for case in cases):
        # Too old for everything: then that is the answer, and a person gives it.
        return [replace(case, is_asked=True) for case in cases]
    return cases


def _case(
    service: Any, determination: Determination, decision: ServiceDecision | None, asks_newborn: bool
) -> ServiceCase:
    answer = determination.services[service.key]
    wrong_age = any(
        f["outcome"] == "not_met" and f["rule"] in AGE_RULES for f in answer["findings"]
    )
    is_newborns = any(f["rule"] in NEWBORN_RULES for f in answer["findings"])
    return ServiceCase(
        program=determination.program,
        determination=determination.pk,
        key=service.key,
        name=words(service.name),
        summary=words(service.summary),
        payable=service.payable,
        recommended=answer["outcome"],
        ask_next=answer["ask_next"],
        findings=answer["findings"],
        decision=decision,
        is_asked=not wrong_age and (asks_newborn or not is_newborns),
        is_unnamed=_is_unnamed(answer, determination.facts),
        is_outdated=decision is not None
        and not hasattr(decision, "notice_line")
        and _found(decision.determination.services[service.key]) != _found(answer),
    )


def _is_unnamed(answer: dict[str, Any], facts: dict[str, Any]) -> bool:
    """Say whether nothing but conditions stands in the way, and one of them has no code yet."""
    stands_in_the_way = [f["rule"] for f in answer["findings"] if f["outcome"] == "not_met"]
    has_words_only = any(not one.get("icd10") for one in facts.get("conditions") or [])
    return (
        has_words_only
        and bool(stands_in_the_way)
        and all(_is_about_conditions(rule) for rule in stands_in_the_way)
    )


def _is_about_conditions(rule: str) -> bool:
    return rule in RULES and "conditions" in RULES[rule].reads


def _found(answer: dict[str, Any]) -> Any:
    """Return what each rule found, without the figures: a year more of age is no other finding."""
    return [(finding["rule"], finding["outcome"]) for finding in answer["findings"]]
