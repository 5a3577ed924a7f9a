"""What people answer in these tests, page by page, as it is typed or chosen."""

from __future__ import annotations

from typing import Any

from intake.journeys import journey_of
from intake.models import Application

COMMON: dict[str, dict[str, Any]] = {
    "child": {},
    "contact": {
        "phone": "505-555-0177",
        "email": "",
        "preferred_channel": "letter",
        "safe_to_text": "no",
        "safe_to_leave_voicemail": "yes",
    },
    "doctor": {
        "has_primary_care_provider": "yes",
        "primary_care_provider": "La Vida",
        "primary_care_phone": "505-555-0178",
    },
    "medicaid": {"medicaid": "unsure"},
    "insurance": {"has_private_insurance": "no"},
    "needs": {"needs": ["medical", "transport"]},
    "about": {"strengths": "Le gusta dibujar.", "anything_else": ""},
    "papers": {},
}
NEW_MEXICO = COMMON | {
    "residence": {"lives_in_state": "yes", "intends_to_stay": "unsure"},
    "away": {"was_away": "no"},
    "address": {
        "county": "Santa Fe",
        "street": "PO Box 9",
        "city": "Santa Fe",
        "zip_code": "87501",
    },
    "language": {
        "spoken_language": "es",
        "written_language": "es",
        "needs_interpreter": "yes",
        "interpreter_mode": "phone",
    },
    "conditions": {"conditions-0-text": "asma", "conditions-0-status": "reported"},
    "household": {"household_size": "4", "children_with_special_needs": "1"},
    "any-income": {"has_income": "yes"},
    "income": {
        "income-0-whose": "mi trabajo",
        "income-0-amount": "1,450.00",
        "income-0-period": "biweekly",
    },
    "assets": {},
    "medicaid-answer": {"medicaid_reason": "income"},
    "pool": {"insurance_pool": "none"},
    "liability": {"others_may_pay": "no"},
    "services": {},
}
MISSISSIPPI = COMMON | {
    "about": {"strengths": "Le gusta dibujar."},
    "state": {"lives_in_state": "yes"},
    "address": {"county": "Hinds"},
    "language": {
        "spoken_language": "en",
        "written_language": "en",
        "needs_interpreter": "no",
    },
    "conditions": {"conditions-0-text": "asthma", "conditions-0-status": "reported"},
    "sent-by": {"sent_by": "school"},
    "consequences": {
        "has_medicine": "no",
        "has_care": "no",
        "has_limits": "no",
        "has_therapy": "no",
        "has_feelings": "unsure",
    },
    "team": {"care_is_coordinated": "yes"},
    "dentist": {"has_dental_home": "no", "sent_to_dentist": "no"},
    "care": {"medicines": "An inhaler."},
    "development": {"developmental_screening": "yes"},
    "hard-to-do": {"hard_to_do": ["breathing"]},
    "first-steps": {"first_steps": "none"},
    "school": {"school_plan": "none"},
    "emergency": {"has_emergency_plan": "no"},
}
CHILD = {
    "first_name": "Inés",
    "last_name": "Gallegos Ruiz",
    "date_of_birth_month": "5",
    "date_of_birth_day": "4",
    "date_of_birth_year": "2017",
    "relation": "parent",
}


def on_one_page(application: Application, pages: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the same answers under the names, and in the order, of a worker's dense page about one child."""
    fields: dict[str, Any] = {}
    for step in journey_of(application.program).for_subject(application):
        asked = getattr(step.form(application, for_staff=True), "fields", None)
        for name, value in pages.get(step.key, {}).items():
            if name.startswith(f"{step.key}-"):
                fields[name] = value
            elif asked is not None and name in asked:
                fields[f"{step.key}-{name}"] = value
    return fields
