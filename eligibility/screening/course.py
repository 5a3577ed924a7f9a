"""The answers so far, which question comes next, and what the rules say of it all.

The answers travel with the page, signed. Which question comes next the rules say themselves: one is
asked only while it can still change an answer.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core import signing
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.offices import places
from cms_portal.offices.finder import Answer as Elsewhere
from cms_portal.offices.finder import in_another_state
from eligibility.condition_search import search
from eligibility.engine import Availability, Recommendation, ServiceRecommendation, determine
from eligibility.forms.screening import ScreeningForm
from eligibility.library import Finding, Outcome
from eligibility.program_folders import rulebooks
from eligibility.reading import parse_facts
from eligibility.rulebooks import Service
from eligibility.screening.questions import ELSEWHERE, Question, Told, questions_of
from eligibility.sentences import sentence, words
from eligibility.time_of_life import AGE_RULES, NEWBORN_RULES, NEWBORN_UNTIL

SALT = "eligibility.screening"
MOST_QUESTIONS = 8
# What shows an answer, by the rules that ask for it.
PAPERS: tuple[tuple[frozenset[str], Any], ...] = (
    (AGE_RULES, _("A birth certificate, or another paper with the date of birth")),
    (
        frozenset({"residence", "residence_or_born_here"}),
        _("A bill, a lease or a letter that shows where you live"),
    ),
    (
        frozenset({"covered_condition", "eligible_condition", "named_condition", "any_condition"}),
        _("A doctor’s paper that names the condition, if you have one"),
    ),
    (frozenset({"income"}), _("Pay stubs or benefit letters of the last month")),
    (
        frozenset({"payer_of_last_resort", "insurance_pool", "uninsured"}),
        _("Your insurance cards, and any letter from Medicaid"),
    ),
)

Answers = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class ServiceAnswer:
    """What the rules say of one service, and why, in the reader's language."""

    name: str
    summary: str
    outcome: str
    reasons: list[str]
    is_for_this_age: bool


class Screening:
    """The answers so far, and what follows from them."""

    def __init__(self, program: str, answers: Answers, on: date) -> None:
        self.program, self.answers, self.on = program, answers, on

    @property
    def token(self) -> str:
        """The answers as a page carries them: signed, so that nobody slips in others or another program's."""
        return signing.dumps(self.answers, salt=_salt(self.program), compress=True)

    @cached_property
    def facts(self) -> dict[str, Any]:
        known: dict[str, Any] = {
            "program": self.program,
            "on": self.on.isoformat(),
            "last_intake_completed_on": self.on.isoformat(),
        }
        for question in questions_of(self.program):
            if question.key in self.answers:
                _merge(known, question.facts(self.answers[question.key], self))
        return known

    @cached_property
    def recommendation(self) -> Recommendation:
        return self._determine(self.facts)

    def _determine(self, facts: dict[str, Any]) -> Recommendation:
        return determine(rulebooks()[self.program], parse_facts(facts))

    def outcomes(self, more: dict[str, Any] | None = None) -> dict[str, str]:
        """Return the outcome of each service, as it is or as it would be with more facts."""
        if more is None:
            said = self.recommendation
        else:
            supposed = deepcopy(self.facts)
            _merge(supposed, more)
            said = self._determine(supposed)
        return {key: one.outcome.value for key, one in said.services.items()}

    def wanted(self) -> set[str]:
        """Return the facts that the rules themselves would ask for next."""
        return {path for one in self.recommendation.services.values() for path in one.ask_next}

    def next_question(self) -> Question | None:
        """Return the next question that can still change an answer; None when there is none."""
        if len(self.answers) >= MOST_QUESTIONS:
            return None
        open_ones = (q for q in questions_of(self.program) if q.key not in self.answers)
        return next((question for question in open_ones if question.can_change(self)), None)

    def listed_code(self) -> str:
        """Return a code that the program lists, to see what knowing a condition would change."""
        edition = rulebooks()[self.program].on(self.on)
        lists = (one.values.list for one in edition.requirements.values() if one.values.list)
        return next(iter(lists)).first_codes[0]

    def form(self, question: Question, data: Any = None) -> ScreeningForm:
        return question.form_class(
            data,
            on=self.on,
            program=programs.get(self.program),
            codes=self.codes if question.key == "which" else (),
            initial=_typed(self.answers.get(question.key, {})),
        )

    def with_answer(self, question: Question, told: Told) -> Screening:
        kept = {name: _as_json(value) for name, value in told.items()}
        return Screening(self.program, self.answers | {question.key: kept}, self.on)

    def without_last(self) -> Screening:
        return Screening(self.program, dict(list(self.answers.items())[:-1]), self.on)

    @cached_property
    def codes(self) -> list[tuple[str, str]]:
        """Return (code, name) of the conditions that fit the family's words."""
        asked = self.answers.get("condition", {}).get("text") or ""
        found = search(asked, program=self.program, on=self.on) if asked else []
        return [(match.codes[0], match.name) for match in found]

    @property
    def is_newborn(self) -> bool:
        age = parse_facts(self.facts).age_on(self.on)
        return age is not None and age < NEWBORN_UNTIL

    @property
    def lives_elsewhere(self) -> bool:
        return self.facts.get("residence", {}).get("state") == ELSEWHERE

    @property
    def who_serves(self) -> Elsewhere | None:
        """Who serves the ZIP code that was told, if it is in another state."""
        place = places.of_zip_in(self.answers.get("home", {}).get("zip_code"))
        here = programs.get(self.program).state
        return in_another_state(place) if place and place.state != here else None

    def papers_to_bring(self) -> list[str]:
        """Return what would show the answers that some service still rests on."""
        hopeful = [
            self.recommendation.services[service.key]
            for service in rulebooks()[self.program].on(self.on).services
            if self.recommendation.services[service.key].outcome is not Availability.NOT_AVAILABLE
        ]
        asked = {finding.rule for one in hopeful for finding in one.findings}
        return [str(paper) for rules, paper in PAPERS if asked & rules]

    def service_answers(self) -> list[ServiceAnswer]:
        return [
            self._answer(service, self.recommendation.services[service.key])
            for service in rulebooks()[self.program].on(self.on).services
        ]

    def _answer(self, service: Service, said: ServiceRecommendation) -> ServiceAnswer:
        hinder = [finding for finding in said.findings if finding.outcome != Outcome.MET]
        return ServiceAnswer(
            name=words(service.name),
            summary=words(service.summary),
            outcome=said.outcome.value,
            reasons=[sentence(finding) for finding in _deciding(said)],
            is_for_this_age=not any(self._is_of_another_age(finding) for finding in hinder),
        )

    def _is_of_another_age(self, finding: Finding) -> bool:
        if finding.rule in NEWBORN_RULES:
            return finding.outcome is Outcome.UNKNOWN and not self.is_newborn
        return finding.rule in AGE_RULES and finding.outcome is Outcome.NOT_MET


def _deciding(said: ServiceRecommendation) -> list[Finding]:
    """Return what settles an answer: beside a no, what is not known yet does not matter."""
    refused = [finding for finding in said.findings if finding.outcome is Outcome.NOT_MET]
    hinder = [finding for finding in said.findings if finding.outcome is not Outcome.MET]
    return refused or hinder or list(said.findings)


def begin(program: str, on: date) -> Screening:
    return Screening(program, {}, on)


def resume(program: str, token: str, on: date) -> Screening:
    """Return the answers a page of this program carried; raises signing.BadSignature for any others."""
    answers = signing.loads(token, salt=_salt(program))
    known = {question.key for question in questions_of(program)}
    return Screening(program, {k: v for k, v in answers.items() if k in known}, on)


def _salt(program: str) -> str:
    # "Yes, and we plan to stay" is an answer about one state.
    return f"{SALT}.{program}"


def question(program: str, key: str) -> Question | None:
    return next((one for one in questions_of(program) if one.key == key), None)


def _merge(known: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict):
            _merge(known.setdefault(key, {}), value)
        else:
            known[key] = value


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _typed(kept: Told) -> dict[str, Any]:
    """Return a kept answer as a form shows it."""
    typed = dict(kept)
    if typed.get("date_of_birth"):
        typed["date_of_birth"] = date.fromisoformat(typed["date_of_birth"])
    if typed.get("amount"):
        typed["amount"] = Decimal(typed["amount"])
    return typed
