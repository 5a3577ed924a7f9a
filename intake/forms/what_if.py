"""What if one fact were another? Only the facts that the program's rules read, as they stand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.fields import MemorableDateField, MoneyField
from cms_portal.ui.forms import PortalForm
from eligibility.choices import MOST_PEOPLE, InsurancePool, MedicaidStatus
from intake.forms.asking import DiagnosisCodeField
from intake.models import ConditionStatus

UNKNOWN = ("", _("Not known"))
YES_OR_NO = [UNKNOWN, ("yes", _("Yes")), ("no", _("No"))]
# The fact that each field stands for.
READS = {
    "date_of_birth": "date_of_birth",
    "lives_in_state": "residence.state",
    "intends_to_stay": "residence.intends_to_stay",
    "icd10": "conditions",
    "status": "conditions",
    "on_seizure_medication": "conditions",
    "has_primary_care_provider": "has_primary_care_provider",
    "size": "household.size",
    "children_with_special_needs": "household.children_with_special_needs",
    "income_a_year": "income",
    "medicaid": "coverage.medicaid",
    "private_insurance": "coverage.private_insurance",
    "insurance_pool": "coverage.insurance_pool",
}


def _either(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_OR_NO, required=False)


class WhatIfForm(PortalForm):
    """The facts as a worker may try others; nothing of it is kept."""

    says_optional = False

    date_of_birth = MemorableDateField(label=_("Date of birth"), required=False)
    lives_in_state = _either(_("Lives in the state"))
    intends_to_stay = _either(_("Plans to stay"))
    icd10 = DiagnosisCodeField(required=False)
    status = forms.ChoiceField(
        label=_("Who says so?"), choices=[UNKNOWN, *ConditionStatus.choices], required=False
    )
    on_seizure_medication = _either(_("Takes seizure medicine"))
    has_primary_care_provider = _either(_("Has a regular doctor"))
    size = forms.IntegerField(
        label=_("People in the home"), min_value=1, max_value=MOST_PEOPLE, required=False
    )
    children_with_special_needs = forms.IntegerField(
        label=_("Children with a special health need"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
    )
    income_a_year = MoneyField(label=_("Income a year"), required=False)
    medicaid = forms.ChoiceField(
        label=_("Medicaid"), choices=[UNKNOWN, *MedicaidStatus.choices], required=False
    )
    private_insurance = _either(_("Has other insurance"))
    insurance_pool = forms.ChoiceField(
        label=_("Insurance pool"), choices=[UNKNOWN, *InsurancePool.choices], required=False
    )

    def __init__(self, *args: Any, reads: Collection[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, fact in READS.items():
            if fact not in reads:
                del self.fields[name]
