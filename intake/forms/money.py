"""Who shares the family's money, what comes in, and which insurance pays."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.fields import MoneyField, YesNoUnsureField, choice
from cms_portal.ui.forms import PortalForm
from eligibility.choices import MOST_PEOPLE, IncomePeriod, InsurancePool, MedicaidStatus
from intake.forms.asking import AboutChildForm


class HouseholdForm(PortalForm):
    why: ClassVar = {
        "household_size": _(
            "Some services look at income, and the limit is higher for a larger family."
        ),
    }
    household_size = forms.IntegerField(
        label=_("How many people live in your home and share money?"),
        help_text=_("Count yourself, your partner and all children."),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
    )
    children_with_special_needs = forms.IntegerField(
        label=_("How many of the children have a special health need?"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        size, special = answers.get("household_size"), answers.get("children_with_special_needs")
        if size is not None and special is not None and special > size:
            self.add_error(
                "children_with_special_needs", _("This is more than the people in your home.")
            )
        return answers


class AnyIncomeForm(PortalForm):
    page_question = "has_income"
    why: ClassVar = {
        "has_income": _("Some services are for families with less money. No income is fine, too."),
    }
    has_income = YesNoUnsureField(
        label=_("Does anyone in your home get money now?"),
        help_text=_("Like pay from a job, child support or benefits."),
    )


class IncomeLineForm(PortalForm):
    """One source of money."""

    says_optional = False

    whose = forms.CharField(
        label=_("Whose income, and from what?"),
        max_length=100,
        required=False,
        help_text=_("Like “my job” or “child support”."),
    )
    amount = MoneyField(label=_("Amount before taxes"), required=False)
    period = forms.ChoiceField(
        label=_("How often?"), choices=[("", _("Choose")), *IncomePeriod.choices], required=False
    )
    is_withdrawn = forms.BooleanField(label=_("Take this income off the list"), required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("amount") is not None and not answers.get("period"):
            self.add_error("period", _("Choose how often this money comes."))
        return answers


class CoverageForm(AboutChildForm):
    page_question = "medicaid"
    why: ClassVar = {
        "medicaid": _(
            "Some help depends on the insurance your child has. You do not need to apply anywhere "
            "before you send this. If you are not sure, a worker will talk it over with you."
        ),
    }
    medicaid = choice(_("What about Medicaid for {child}?"), MedicaidStatus.for_families())


class InsuranceForm(AboutChildForm):
    has_private_insurance = YesNoUnsureField(label=_("Does {child} have other health insurance?"))
    private_insurance = forms.CharField(
        label=_("Name of the insurance"), max_length=150, required=False
    )


class PoolForm(AboutChildForm):
    page_question = "insurance_pool"
    insurance_pool = choice(
        _("Is {child} in the New Mexico Medical Insurance Pool?"), InsurancePool.choices
    )
