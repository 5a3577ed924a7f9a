"""Applications, answered and sent page by page as a family would."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import factory
from django.utils import timezone

from cms_portal.accounts.models import User
from intake import consequences
from intake.actions import applications
from intake.journeys import journey_of
from intake.journeys.filling import fill, rows
from intake.models import Application, Channel, Signature
from intake.words import signed_words
from tests.factories.dates import MS
from tests.factories.families import Family

ASTHMA = {"text": "asthma", "status": "reported"}

COMMON: dict[str, Any] = {
    "child": {},
    "contact": {
        "phone": "505-555-0134",
        "preferred_channel": "letter",
        "safe_to_text": "no",
        "safe_to_leave_voicemail": "no",
    },
    "language": {
        "spoken_language": "en",
        "written_language": "en",
        "needs_interpreter": "no",
    },
    "conditions": rows("conditions", ASTHMA),
    "doctor": {"has_primary_care_provider": "yes"},
    "medicaid": {"medicaid": "denied"},
    "insurance": {"has_private_insurance": "no"},
    "needs": {},
    "about": {},
    "papers": {},
}
NEW_MEXICO = COMMON | {
    "residence": {"lives_in_state": "yes", "intends_to_stay": "yes"},
    "away": {"was_away": "no"},
    "assets": rows("assets"),
    "medicaid-answer": {"medicaid_reason": "income"},
    "medicaid-card": {},
    "liability": {"others_may_pay": "no"},
    "services": {},
    "household": {"household_size": "4", "children_with_special_needs": "1"},
    "any-income": {"has_income": "yes"},
    "income": rows("income", {"whose": "my job", "amount": "2,500.00", "period": "monthly"}),
    "pool": {"insurance_pool": "none"},
}
MISSISSIPPI = COMMON | {
    "state": {"lives_in_state": "yes"},
    "sent-by": {"sent_by": "doctor"},
    "medicaid-card": {},
    "consequences": dict.fromkeys(map(consequences.has, consequences.KINDS), "no"),
    "team": {"care_is_coordinated": "yes"},
    "dentist": {"has_dental_home": "yes", "sent_to_dentist": "no"},
    "care": {},
    "development": {"developmental_screening": "yes"},
    "hard-to-do": {},
    "first-steps": {"first_steps": "none"},
    "school": {"school_plan": "none"},
    "emergency": {"has_emergency_plan": "no"},
}
GROWING_UP = {
    "growing-up": {"talked_about_adult_care": "no", "manages_own_condition": "unsure"},
}
NEWBORN = {
    "newborn": {
        "born_in_state": "yes",
        "hearing_screen": "not_passed",
        "hearing_risk_factors": "no",
        "bloodspot_screen": "in_range",
    }
}


def start(family: Family, *, channel: str = Channel.WEB, by: User | None = None) -> Application:
    """Start an application of a family for its child."""
    return applications.start(
        child=family.child,
        household=family.household,
        channel=channel,
        start_key=uuid.uuid4(),
        by=by or family.user,
    )


def all_pages(application: Application, **changed: Any) -> dict[str, Any]:
    """Return an answer to each page that this application asks now, as a browser sends it."""
    asked = {step.key for step in journey_of(application.program).for_subject(application)}
    given = _given(application, changed)
    return {key: sent for key, sent in given.items() if key in asked or key in changed}


def _given(application: Application, changed: dict[str, Any]) -> dict[str, Any]:
    """Return an answer to every page, asked or not: an answer can open a page."""
    pages = MISSISSIPPI if application.program == MS else NEW_MEXICO
    county = {"county": application.household.county_id}
    return pages | NEWBORN | GROWING_UP | {"address": county} | changed


def answer(application: Application, *, by: User | None = None, **changed: Any) -> Application:
    """Answer every page."""
    by = by or application.started_by
    return fill(application, _given(application, changed), by=by)


def send(
    application: Application, *, by: User | None = None, at: datetime | None = None
) -> Application:
    """Sign and send."""
    return applications.submit(
        application=application,
        name="Rosa Baca",
        words=signed_words(application),
        way=Signature.Way.TYPED,
        by=by or application.started_by,
        at=at or timezone.now(),
    )


def _sent(*, family: Family, at: datetime | None = None, **changed: Any) -> Application:
    return send(answer(start(family), **changed), at=at)


class SentApplicationFactory(factory.Factory):
    """An application a family sent; somebody must work in an office of the program.

    `SentApplicationFactory(family=family, conditions=rows("conditions", …))`.
    """

    class Meta:
        model = _sent

    family = None
