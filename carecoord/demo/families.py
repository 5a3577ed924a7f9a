"""The families of the demo and what they told us."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone, translation

from cms_portal import programs
from cms_portal.accounts import actions as accounts
from cms_portal.accounts.models import User, UserKind
from cms_portal.audit.actions import note_access
from cms_portal.families import actions as families
from cms_portal.families.models import AuthorityKind, Child
from cms_portal.offices.models import County
from eligibility.models import Outcome, ReasonCode
from intake import slots
from intake.actions import applications, decisions, notices, visits
from intake.cases import service_cases
from intake.journeys.filling import fill, rows, rows_again
from intake.models import Application, Channel, Signature
from intake.words import signed_words

NM, MS = "nm-cms", "ms-cmp"


def born(age: int, days: int = 100) -> date:
    """Return the birth date of somebody who turned `age` so many days ago."""
    today = timezone.localdate()
    birthday = today - timedelta(days=days)
    try:
        return birthday.replace(year=birthday.year - age)
    except ValueError:
        return birthday.replace(year=birthday.year - age, day=28)


def open_family_account(slug: str, name: str, language: str = "en", **facts: Any) -> User:
    """Open a demo account; its only way in is the demo page."""
    return accounts.open_account(
        username=slug, name=name, kind=UserKind.FAMILY, language=language, by=None, **facts
    )


def start(
    user: User, program: str, relation: str = AuthorityKind.PARENT, **child: Any
) -> Application:
    """Let a family member open a child's record and begin."""
    first, _space, last = user.name.partition(" ")
    return applications.open_record_and_start(
        program=program,
        child=child,
        guardian={
            "first_name": first,
            "last_name": last,
            "phone": user.phone or "",
            "email": user.email or "",
            "written_language": user.language,
            "spoken_language": user.language,
        },
        relation=relation,
        channel=Channel.WEB,
        start_key=uuid.uuid4(),
        on=programs.get(program).today() - timedelta(days=60),
        by=user,
        user=user,
    )


def start_for_known(user: User, child: Child) -> Application:
    """Let a family member begin for a child whose record is open."""
    return applications.start(
        child=child,
        household=child.memberships.get().household,
        channel=Channel.WEB,
        start_key=uuid.uuid4(),
        by=user,
    )


def send(application: Application, user: User, at: datetime) -> Application:
    """Let the family sign and send."""
    with translation.override(user.language):
        return applications.submit(
            application=application,
            name=user.name,
            words=signed_words(application),
            way=Signature.Way.TYPED,
            by=user,
            at=at,
        )


def decide_as_recommended(
    application: Application, worker: User, second: User, at: datetime, words: str = ""
) -> None:
    """Decide every service as the rules recommend, review what they left open, and tell the family."""
    for case in service_cases(application):
        if not case.is_asked:
            continue
        follows = case.recommended in (Outcome.AVAILABLE, Outcome.NOT_AVAILABLE)
        decision = decisions.decide_service(
            application=application,
            service=case.key,
            outcome=case.recommended if follows else Outcome.NOT_AVAILABLE,
            reason_code=ReasonCode.AGREES if follows else ReasonCode.FAMILY_TOLD,
            words="" if follows else words,
            by=worker,
            at=at,
        )
        if decision.needs_countersign:
            decisions.countersign(application=application, decision=decision.pk, by=second, at=at)
    notices.tell_family(application=application, by=worker, at=at)


def ask_for_a_call(application: Application, user: User, now: datetime) -> None:
    """Let the family pick the first free hour of the second day that is offered."""
    application.refresh_from_db()
    office, worker = visits.who_takes(application)
    day = slots.days_open(office, now)[1]
    free = slots.free_on(office, worker, day, may_guess=True)[0]
    visits.plan(
        application=application,
        channel=Channel.PHONE,
        starts_at=slots.moment(programs.get(application.program), day, free),
        interpreter_language="",
        by=user,
        at=now,
    )


def read_decision(application: Application, by: User) -> None:
    """The family opens the page of its decision."""
    note_access(
        by=by,
        page="intake:decision",
        child=application.child,
        household_id=application.household_id,
        subject=application,
    )


def county(program: str, name: str) -> int:
    return County.objects.get(program=program, name=name).pk


PAY = {"whose": "Yo", "source": "job", "amount": "1,450.00", "period": "biweekly"}
# Where letters reach the demo's families of a county, and their phone: PO box, town, ZIP, number.
MAIL = {
    "Santa Fe": ("PO Box 118", "Santa Fe", "87501", "505-555-0134"),
    "Doña Ana": ("PO Box 2204", "Las Cruces", "88001", "575-555-0118"),
    "Luna": ("PO Box 67", "Deming", "88030", "575-555-0121"),
    "Otero": ("PO Box 930", "Alamogordo", "88310", "575-555-0135"),
    "Sierra": ("PO Box 41", "Truth or Consequences", "87901", "575-555-0142"),
    "Grant": ("PO Box 512", "Silver City", "88061", "575-555-0157"),
    "Hidalgo": ("PO Box 8", "Lordsburg", "88045", "575-555-0163"),
}


def new_mexico_answers(
    county_name: str, conditions: list[dict[str, Any]], **changed: Any
) -> dict[str, Any]:
    """Return the pages of a New Mexico family, as a browser sends them."""
    # Large-scale data lives in every county, and puts addresses of its own in place of this one.
    anywhere = ("PO Box 118", county_name, "87501", "505-555-0134")
    street, city, zip_code, phone = MAIL.get(county_name, anywhere)
    return {
        "child": {"sex": "female", "background": ["hispanic"]},
        "residence": {"lives_in_state": "yes", "intends_to_stay": "yes"},
        "away": {"was_away": "no"},
        "address": {
            "county": county(NM, county_name),
            "street": street,
            "city": city,
            "zip_code": zip_code,
        },
        "contact": {
            "phone": phone,
            "preferred_channel": "letter",
            "safe_to_text": "no",
            "safe_to_leave_voicemail": "yes",
        },
        "language": {
            "spoken_language": "es",
            "written_language": "es",
            "needs_interpreter": "no",
        },
        "conditions": rows("conditions", *conditions),
        "doctor": {
            "has_primary_care_provider": "yes",
            "primary_care_provider": "La Vida Family Clinic",
            "primary_care_phone": "505-555-0177",
        },
        "household": {"household_size": "4", "children_with_special_needs": "2"},
        "any-income": {"has_income": "yes"},
        "income": rows("income", PAY),
        "assets": rows("assets", {"kind": "account", "amount": "640.00"}),
        "medicaid": {"medicaid": "denied"},
        "medicaid-card": {"medicaid_plan": "Turquoise Care"},
        "medicaid-answer": {"medicaid_reason": "income"},
        "insurance": {"has_private_insurance": "no"},
        "pool": {"insurance_pool": "none"},
        "liability": {"others_may_pay": "no"},
        "services": {"services_asked": ["care_coordination"]},
        "needs": {"needs": ["medical", "transport", "school"]},
        "about": {"strengths": "Le gusta la música, y estar con sus primos."},
        "papers": {},
    } | changed


def mississippi_answers(
    county_name: str, conditions: list[dict[str, Any]], **changed: Any
) -> dict[str, Any]:
    """Return the pages of a Mississippi family, as a browser sends them."""
    return {
        "state": {"lives_in_state": "yes"},
        "child": {"sex": "female", "background": ["black"]},
        "sent-by": {"sent_by": "school"},
        "address": {
            "county": county(MS, county_name),
            "street": "412 Cedar Lane",
            "city": "Jackson",
            "zip_code": "39209",
        },
        "contact": {
            "phone": "601-555-0162",
            "preferred_channel": "text",
            "safe_to_text": "yes",
            "safe_to_leave_voicemail": "yes",
        },
        "language": {
            "spoken_language": "en",
            "written_language": "en",
            "needs_interpreter": "no",
        },
        "conditions": rows("conditions", *conditions),
        "doctor": {
            "has_primary_care_provider": "yes",
            "primary_care_provider": "Pearl Street Pediatrics",
        },
        "consequences": {
            "has_medicine": "yes",
            "has_care": "yes",
            "has_limits": "no",
            "has_therapy": "no",
            "has_feelings": "unsure",
        },
        "consequences-because": {"medicine_because": "yes", "care_because": "yes"},
        "consequences-lasting": {"medicine_lasts": "yes", "care_lasts": "yes"},
        "team": {"care_is_coordinated": "unsure"},
        "dentist": {"has_dental_home": "no", "sent_to_dentist": "no"},
        "care": {"medicines": "Every day, from the doctor at the clinic."},
        "development": {"developmental_screening": "yes"},
        "hard-to-do": {"hard_to_do": ["playing", "sleeping"]},
        "first-steps": {"first_steps": "none"},
        "school": {"school_plan": "504"},
        "emergency": {"has_emergency_plan": "no"},
        "medicaid": {"medicaid": "enrolled"},
        "medicaid-card": {"medicaid_plan": "Magnolia Health"},
        "insurance": {"has_private_insurance": "no"},
        "needs": {"needs": ["dental", "transport"]},
        "about": {"strengths": "Sings in the choir.", "goals": "A whole month of school."},
        "papers": {},
    } | changed


def with_code(application: Application, worker: User, *conditions: dict[str, Any]) -> Application:
    """Let a worker who has seen the doctor's paper write down the codes."""
    sent = rows_again(application, "conditions", *conditions)
    fill(application, {"conditions": sent}, by=worker)
    applications.ask_the_rules(application=application, by=worker, at=timezone.now())
    return application


def second_home(child: Child, user: User, by: User) -> None:
    """Place a child also in the home of the other parent, who lives apart."""
    household = families.open_household(program=child.program, by=by)
    first, _space, last = user.name.partition(" ")
    guardian = families.add_guardian(
        household=household, user=user, first_name=first, last_name=last, by=by
    )
    since = programs.get(child.program).today() - timedelta(days=90)
    families.place_child(child=child, household=household, starts_on=since, by=by)
    families.record_authority(
        guardian=guardian,
        child=child,
        kind=AuthorityKind.JOINT_CUSTODY,
        starts_on=since,
        by=by,
    )
