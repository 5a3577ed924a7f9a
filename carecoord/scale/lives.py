"""One invented family's life with the program, lived through the very actions the portal's pages call."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils import translation

from carecoord.demo import families as home
from carecoord.scale.places import Place
from carecoord.scale.plans import Plan, Words
from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.audit.actions import note_access
from cms_portal.families import actions as families
from cms_portal.families.models import AssignmentKind, AuthorityKind, Child
from cms_portal.work.actions import ask_for
from eligibility.models import Outcome, ReasonCode
from intake.actions import applications, decisions
from intake.cases import service_cases
from intake.journeys import journey_of
from intake.journeys.filling import fill
from intake.models import Application, Channel, Signature
from intake.words import signed_words

# Children's birthdays lie this far back, so that a birth date can be moved by less and the age stays.
DAYS_SINCE_BIRTHDAY = 180
DAYS_TO_DECIDE, RENEWS_AFTER = 30, 320
PAGES_LOOKED_AT = ("intake:tasks", "intake:step", "intake:step", "intake:check", "intake:receipt")


def live(planned: Plan, place: Place, *, now: datetime, words: Words) -> list[Child]:
    """Let the family apply, be answered and be served; return its children."""
    with translation.override(planned.language):
        return _Life(planned, place, now, words).live()


class _Life:
    """One family, step by step."""

    def __init__(self, planned: Plan, place: Place, now: datetime, words: Words):
        self.plan, self.place, self.now, self.words = planned, place, now, words
        self.today = programs.get(planned.program).today()
        self.parent: User | None = None
        self.children: list[Child] = []

    def live(self) -> list[Child]:
        if not self.plan.by_telephone:
            self.parent = self._account(0)
        for number in range(self.plan.children):
            self._apply_for(number)
        if self.plan.second_home:
            home.second_home(self.children[0], self._account(1), self.place.intake_worker)
        if self.plan.has_task:
            self._ask_for_work()
        return self.children

    def _account(self, adult: int) -> User:
        words = self.words
        return home.open_family_account(
            words.accounts[adult],
            f"{words.parents[adult]} {words.surname}",
            self.plan.language,
            phone=words.sign_in_phones[adult] if self.plan.signs_in_by_phone else None,
            email=words.email(adult),
        )

    def _apply_for(self, number: int) -> None:
        stage = self.plan.stages[number]
        application = self._begin(number)
        self.children.append(application.child)
        if stage == "draft":
            self._answer(application, number, pages=5 + 3 * number)
            return
        self._answer(application, number)
        if stage == "decided":
            self._be_decided(application, number, self.plan.decided_days_ago[number])
            return
        if stage == "renewing":
            self._be_decided(application, number, RENEWS_AFTER)
            again = self._begin_again(application)
            self._answer(again, number, pages=9)
            return
        self._send(application, self.now - timedelta(days=self.plan.days_ago))
        if stage == "withdrawn":
            applications.withdraw(
                application=application,
                by=self._teller,
                at=self.now,
                reason="the family moves away",
            )
        if stage == "in_review":
            self._decide_one(application)

    def _be_decided(self, application: Application, number: int, days_ago: int) -> None:
        self._send(application, self.now - timedelta(days=days_ago + DAYS_TO_DECIDE))
        self._decide(application, number, self.now - timedelta(days=days_ago))

    @property
    def _teller(self) -> User:
        """Who types: the parent, or the worker who has them on the telephone."""
        return self.parent or self.place.intake_worker

    def _begin(self, number: int) -> Application:
        child: dict[str, Any] = {
            "first_name": self.words.firsts[number],
            "last_name": self.words.surname,
            "date_of_birth": home.born(self.plan.ages[number], DAYS_SINCE_BIRTHDAY + number),
        }
        if self.parent:
            return home.start(self.parent, self.plan.program, **child)
        if self.children:
            return self._another_by_phone(child)
        return applications.take_from_caller(
            program=self.plan.program,
            office=self.place.office,
            region=None,
            child=child,
            guardian={
                "first_name": self.words.parents[0],
                "last_name": self.words.surname,
                "phone": self.words.phones[0],
                "spoken_language": self.plan.language,
                "written_language": self.plan.language,
            },
            relation=AuthorityKind.PARENT,
            channel=Channel.PHONE,
            start_key=uuid.uuid4(),
            on=self.today,
            by=self.place.intake_worker,
        )

    def _another_by_phone(self, facts: dict[str, Any]) -> Application:
        """A brother or sister, told in the same call."""
        first = self.children[0].applications.earliest("pk")
        child = families.add_child(
            household=first.household, starts_on=self.today, by=self._teller, **facts
        )
        families.record_authority(
            guardian=first.household.guardians.get(),
            child=child,
            kind=AuthorityKind.PARENT,
            starts_on=self.today,
            by=self._teller,
        )
        families.assign(
            child=child,
            household=first.household,
            office=self.place.office,
            worker=self._teller,
            kind=AssignmentKind.INTAKE,
            starts_on=self.today,
            by=self._teller,
            reason="application taken from a caller",
        )
        return self._begin_again(first, child)

    def _begin_again(self, before: Application, child: Child | None = None) -> Application:
        return applications.start(
            child=child or before.child,
            household=before.household,
            channel=before.channel,
            start_key=uuid.uuid4(),
            by=self._teller,
        )

    def _answer(self, application: Application, number: int, pages: int = 99) -> None:
        told = self._told(number)
        journey = journey_of(self.plan.program)
        for key in list(journey.steps)[:pages]:
            if journey.step(application, key) is not None and key in told:
                fill(application, {key: told[key]}, by=self._teller)
                self._looked(application, "intake:step")

    def _told(self, number: int) -> dict[str, Any]:
        make = home.new_mexico_answers if self.plan.program == home.NM else home.mississippi_answers
        condition = self.plan.conditions[number]
        language = self.plan.language
        said = {"text": condition.es if language == "es" else condition.en, "status": "reported"}
        told = make(
            self.place.county.name,
            [said],
            medicaid={"medicaid": self.plan.medicaid},
            language={
                "spoken_language": language,
                "written_language": language,
                "needs_interpreter": "no",
            },
            **{
                "seizure-medicine": {"on_seizure_medication": "yes"},
                "growing-up": {"talked_about_adult_care": "no", "manages_own_condition": "unsure"},
            },
        )
        told["contact"] |= {"phone": self.words.phones[0], "preferred_channel": "letter"}
        told["address"] |= {"street": self.words.street, "zip_code": self.words.zip_code}
        return told

    def _send(self, application: Application, at: datetime) -> None:
        applications.submit(
            application=application,
            name=f"{self.words.parents[0]} {self.words.surname}",
            words=signed_words(application),
            way=Signature.Way.TYPED if self.parent else Signature.Way.SPOKEN,
            by=self._teller,
            at=at,
        )
        application.refresh_from_db()
        for page in PAGES_LOOKED_AT:
            self._looked(application, page)

    def _decide(self, application: Application, number: int, at: datetime) -> None:
        told = self.plan.conditions[number]
        said = {"text": told.en, "icd10": told.icd10, "status": "confirmed"}
        home.with_code(application, self.place.intake_worker, said)
        home.decide_as_recommended(
            application,
            self.place.intake_worker,
            self.place.supervisor,
            at,
            words="We still need papers for this. Send them, and we look again.",
        )
        application.refresh_from_db()
        families.assign(
            child=application.child,
            office=self.place.office,
            worker=self.place.coordinator,
            kind=AssignmentKind.PRIMARY,
            starts_on=self.today - timedelta(days=1),
            by=self.place.supervisor,
            reason="the program serves this child",
        )

    def _decide_one(self, application: Application) -> None:
        case = next(case for case in service_cases(application) if case.is_asked)
        follows = case.recommended in (Outcome.AVAILABLE, Outcome.NOT_AVAILABLE)
        decisions.decide_service(
            application=application,
            service=case.key,
            outcome=case.recommended if follows else Outcome.AVAILABLE,
            reason_code=ReasonCode.AGREES if follows else ReasonCode.PAPER_SHOWN,
            words="" if follows else "The doctor's letter says so.",
            by=self.place.intake_worker,
            at=self.now,
        )

    def _looked(self, application: Application, page: str) -> None:
        note_access(
            by=self._teller,
            page=page,
            child=application.child,
            household_id=application.household_id,
            subject=application,
        )

    def _ask_for_work(self) -> None:
        ask_for(
            program=self.plan.program,
            kind="call_family",
            title="Call the family",
            why="They asked for a call.",
            due_on=self.today + timedelta(days=self.plan.days_ago % 9 - 2),
            office=self.place.office,
            owner=self.place.coordinator,
            child=self.children[0],
            about=self.children[0],
            by=self.place.intake_worker,
        )
