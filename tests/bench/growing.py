"""The pages whose queries are counted: who asks for each, and what adds one row to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts.models import User
from cms_portal.audit.actions import note_access
from cms_portal.families.models import Child
from cms_portal.journeys.rows import MOST_ROWS
from cms_portal.notifications import actions as notifications
from cms_portal.notifications.models import Message
from cms_portal.work import actions as work
from intake.actions import applications, notices, urgent_needs
from intake.journeys.filling import fill, rows, rows_again
from intake.models import Channel
from tests.factories import (
    AssignmentFactory,
    AuthorityFactory,
    ChildFactory,
    Family,
    FamilyFactory,
    StaffFactory,
    the_portal,
)
from tests.factories.applications import answer, send, start
from tests.factories.dates import days_from_today
from tests.intake.deciding import decide_everything
from tests.intake.enrolling import enroll

MANY = 30


@dataclass
class Cast:
    """A family of one office, a worker of it, and a supervisor."""

    office: Any
    ida: User
    sam: User
    rosa: Family

    def another_child(self) -> Child:
        child = ChildFactory(household=self.rosa.household)
        AuthorityFactory(guardian=self.rosa.guardian, child=child)
        return child

    def draft(self) -> Any:
        return answer(start(self.rosa))

    def sent(self) -> Any:
        return send(self.draft())

    def decided(self) -> Any:
        application = self.sent()
        decide_everything(application, self.ida, self.sam)
        notices.tell_family(application=application, by=self.ida, at=timezone.now())
        application.refresh_from_db()
        return application


@dataclass(frozen=True)
class Grown:
    """A page, who asks for it, and what adds one row to it."""

    who: User
    address: str
    add: Callable[[int], object] = lambda number: None
    most: int = MANY
    data: dict[str, str] | None = None
    answers: int = 200


PAGES: dict[str, Callable[[Cast], Grown]] = {}


def page(grown: Callable[[Cast], Grown]) -> Callable[[Cast], Grown]:
    PAGES[grown.__name__] = grown
    return grown


@page
def home(cast):
    """A full life: enrolled, told, a call waited for and missed; and something begun."""
    enrolled = enroll(cast.rosa, cast.ida)
    need = urgent_needs.tell(
        application=enrolled.application,
        kinds=["medicine"],
        phone="+15055550134",
        may_leave_message=False,
        by=cast.rosa.user,
        at=timezone.now(),
    )
    urgent_needs.note_missed_call(
        need=need,
        phone="+15055550134",
        outcome="no_answer",
        next_step="Again at noon.",
        by=cast.ida,
        at=timezone.now(),
    )

    def add(number):
        start(Family(**vars(cast.rosa) | {"child": cast.another_child()}))

    return Grown(cast.rosa.user, reverse("home"), add)


@page
def child(cast):
    def add(number):
        AuthorityFactory(guardian__household=cast.rosa.household, child=cast.rosa.child)
        worker = StaffFactory(role="intake-worker", office=cast.office)
        note_access(by=worker, page="families:child_record", child=cast.rosa.child)

    return Grown(cast.rosa.user, reverse("families:child", args=[cast.rosa.child.pk]), add)


def _conditions(application: Any, by: User) -> Callable[[int], object]:
    """Tell one condition more each time, epilepsy among them, which opens a page of its own."""

    def add(number):
        told = [{"text": f"epilepsy {n}", "status": "reported"} for n in range(number + 1)]
        fill(application, {"conditions": rows_again(application, "conditions", *told)}, by=by)

    return add


def _of_draft(name: str, cast: Cast, *arguments: str, data: Any = None) -> Grown:
    application = start(cast.rosa)
    answer(application, conditions=rows("conditions"), **{"any-income": {"has_income": "no"}})
    add = _conditions(application, cast.rosa.user)
    address = reverse(name, args=[application.number, *arguments])
    answers = 302 if data else 200
    return Grown(cast.rosa.user, address, add, most=MOST_ROWS, data=data, answers=answers)


@page
def tasks_of_a_draft(cast):
    return _of_draft("intake:tasks", cast)


@page
def step_shown(cast):
    return _of_draft("intake:step", cast, "conditions")


@page
def step_saved(cast):
    return _of_draft("intake:step", cast, "about", data={"strengths": "Sings."})


@page
def check(cast):
    return _of_draft("intake:check", cast)


@page
def receipt(cast):
    application = cast.sent()
    return Grown(cast.rosa.user, reverse("intake:receipt", args=[application.number]))


@page
def decision(cast):
    application = cast.decided()
    return Grown(cast.rosa.user, reverse("intake:decision", args=[application.number]))


def _write(cast: Cast, number: int) -> Message:
    return notifications.queue(
        key="notifications/sign_in_code",
        guardian=cast.rosa.guardian,
        child=cast.another_child(),
        outside={"code": "-"},
        by=the_portal(),
    )


@page
def messages(cast):
    return Grown(cast.rosa.user, reverse("notifications:mine"), lambda number: _write(cast, number))


@page
def one_message(cast):
    message = _write(cast, 0)
    return Grown(cast.rosa.user, reverse("notifications:message", args=[message.pk]))


@page
def own_account(cast):
    return Grown(cast.rosa.user, reverse("account_home"))


@page
def staff_queue(cast):
    def add(number):
        family = FamilyFactory(household__county=cast.office.county)
        AssignmentFactory(child=family.child, office=cast.office)
        start(family, channel=Channel.PHONE, by=cast.ida)

    return Grown(cast.ida, reverse("intake:queue"), add)


@page
def staff_tasks(cast):
    def add(number):
        child = ChildFactory()
        AssignmentFactory(child=child, office=cast.office)
        work.ask_for(
            program=child.program,
            kind="test.task",
            title="Call the family back",
            due_on=days_from_today(1),
            office=cast.office,
            child=child,
            about=child,
            by=the_portal(),
        )

    return Grown(cast.ida, reverse("work:tasks"), add)


@page
def review(cast):
    application = cast.sent()
    add = _conditions(application, cast.ida)

    def add_after_the_first(number):
        return add(number + 1)

    address = reverse("intake:review", args=[application.number])
    return Grown(cast.ida, address, add_after_the_first, most=MOST_ROWS - 1)


@page
def phone(cast):
    application = start(cast.rosa, channel=Channel.PHONE, by=cast.ida)
    AssignmentFactory(child=cast.rosa.child, office=cast.office)
    add = _conditions(application, cast.ida)
    return Grown(cast.ida, reverse("intake:phone", args=[application.number]), add, most=MOST_ROWS)


@page
def eligibility_receipt(cast):
    application = cast.sent()
    add = _conditions(application, cast.ida)

    def add_and_ask_the_rules(number):
        add(number + 1)
        applications.ask_the_rules(application=application, by=cast.ida, at=timezone.now())

    address = reverse("intake:eligibility_receipt", args=[application.number])
    return Grown(cast.ida, address, add_and_ask_the_rules, most=MOST_ROWS - 1)


@page
def histories(cast):
    def add(number):
        family = FamilyFactory(household__county=cast.office.county)
        AssignmentFactory(child=family.child, office=cast.office)
        start(family, channel=Channel.PHONE, by=cast.ida)

    return Grown(cast.sam, reverse("intake:histories"), add)


@page
def quick_check(cast):
    return Grown(cast.rosa.user, reverse("eligibility:screener", args=[cast.office.program]))


@page
def condition_search(cast):
    address = reverse("eligibility:condition_search", args=[cast.office.program])
    return Grown(cast.rosa.user, address, data={"asked": "epilepsy"})


@page
def how_we_decide(cast):
    return Grown(cast.rosa.user, reverse("eligibility:how_we_decide", args=[cast.office.program]))
