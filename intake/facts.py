"""An application's answers as the facts that the rules read (the shape of the eligibility contract)."""

from __future__ import annotations

from datetime import date
from typing import Any

from cms_portal import programs
from eligibility.choices import ELSEWHERE
from intake.models import Application
from intake.told import answered_pages, conditions_of, income_of


def facts_of(application: Application, *, on: date) -> dict[str, Any]:
    """Return what is known, and null for what is not; nothing is guessed."""
    assessment = application.assessment
    return {
        "program": application.program,
        "on": on.isoformat(),
        "date_of_birth": application.child.date_of_birth.isoformat(),
        "residence": _residence(application),
        "conditions": _conditions(application),
        "has_primary_care_provider": assessment.has_primary_care_provider,
        "household": {
            "size": assessment.household_size,
            "children_with_special_needs": assessment.children_with_special_needs,
        },
        "income": _income(application),
        "coverage": {
            "medicaid": assessment.medicaid or None,
            "private_insurance": assessment.has_private_insurance,
            "insurance_pool": assessment.insurance_pool or None,
        },
        "newborn": {
            "born_in_state": assessment.born_in_state,
            "hearing": assessment.hearing_screen or None,
            "hearing_risk_factors": assessment.hearing_risk_factors,
            "bloodspot": assessment.bloodspot_screen or None,
        },
        "last_intake_completed_on": _completed_on(application),
    }


def _residence(application: Application) -> dict[str, Any]:
    assessment = application.assessment
    here = programs.get(application.program).state
    state = {True: here, False: ELSEWHERE, None: None}[assessment.lives_in_state]
    return {
        "state": state,
        "intends_to_stay": assessment.intends_to_stay,
        "away_days": assessment.away_days,
        "told_coordinator": assessment.told_coordinator,
    }


def _conditions(application: Application) -> list[dict[str, Any]] | None:
    told = conditions_of(application)
    if not told and "conditions" not in answered_pages(application):
        return None
    return [
        {
            "icd10": row.icd10 or None,
            "text": row.text or None,
            "status": row.status,
            "on_seizure_medication": row.on_seizure_medication,
        }
        for row in told
        if row.icd10 or row.text
    ]


def _income(application: Application) -> list[dict[str, Any]] | None:
    """An empty list is a home without income; "none" beside amounts is for a person to clear up."""
    lines = income_of(application)
    if application.assessment.has_income is False:
        return None if lines else []
    if not lines:
        return None
    return [
        {
            "amount": None if line.amount is None else str(line.amount),
            "period": line.period or None,
        }
        for line in lines
    ]


def _completed_on(application: Application) -> str | None:
    """The assessment being decided counts as completed on the day it was sent in."""
    if application.submitted_at is None:
        return None
    program = programs.get(application.program)
    return application.submitted_at.astimezone(program.timezone).date().isoformat()
