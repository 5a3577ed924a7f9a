"""Who shares the family's money, what comes in, and which insurance pays."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.fields import MemorableDateField, MoneyField, YesNoUnsureField, choice
from cms_portal.ui.forms import PortalForm
from eligibility.choices import MOST_PEOPLE, IncomePeriod, InsurancePool, MedicaidStatus
from intake.forms.asking import AboutChildForm
from intake.models.words import AssetKind, IncomeSource, MedicaidReason


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
        label=_("Whose income is it?"),
        max_length=100,
        required=False,
        help_text=_("Like “me” or “grandfather”."),
    )
    source = forms.ChoiceField(
        label=_("Where does it come from?"),
        choices=[("", _("Choose")), *IncomeSource.choices],
        required=False,
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


class AssetForm(PortalForm):
    """One thing a home owns."""

    says_optional = False
    why: ClassVar = {
        "kind": _(
            "The program looks at money and at what you own. It has not published a limit, so a "
            "worker looks at it. Money you must pay back does not count, nor land or tools that bring "
            "in most of your income."
        ),
    }
    kind = forms.ChoiceField(
        label=_("Does your home own one of these?"),
        choices=[("", _("No, or nothing more")), *AssetKind.choices],
        required=False,
    )
    amount = MoneyField(label=_("About how much is it worth?"), required=False)
    is_withdrawn = forms.BooleanField(label=_("Take this off the list"), required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("amount") is not None and not answers.get("kind"):
            self.add_error("kind", _("Choose what it is."))
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


class MedicaidCardForm(AboutChildForm):
    why: ClassVar = {
        "medicaid_number": _("With it we do not ask you for what Medicaid pays. You may leave it."),
    }
    medicaid_state = forms.CharField(
        label=_("Which state is the Medicaid from?"),
        max_length=40,
        required=False,
        help_text=_("Leave it empty if it is {state}."),
    )
    medicaid_number = forms.CharField(
        label=_("Number on the Medicaid card"), max_length=40, required=False
    )
    medicaid_plan = forms.CharField(
        label=_("Name of the Medicaid health plan"),
        max_length=100,
        required=False,
        help_text=_("It stands on the card."),
    )


class MedicaidAnswerForm(AboutChildForm):
    why: ClassVar = {
        "medicaid_reason": _(
            "Medicaid pays before we do, so we look at why it did not. We do not ask about papers "
            "of immigration, and you do not have to tell us."
        ),
    }
    medicaid_applied_on = MemorableDateField(
        label=_("When did you apply for Medicaid?"), required=False
    )
    medicaid_answered_on = MemorableDateField(
        label=_("When did Medicaid say no?"),
        required=False,
        help_text=_("The day on the letter is best."),
    )
    medicaid_reason = forms.ChoiceField(
        label=_("Why did Medicaid say no?"),
        choices=MedicaidReason.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("medicaid_applied_on", "medicaid_answered_on"):
            self.fields[name].latest = on


class InsuranceForm(AboutChildForm):
    has_private_insurance = YesNoUnsureField(label=_("Does {child} have other health insurance?"))
    private_insurance = forms.CharField(
        label=_("Name of the insurance"), max_length=150, required=False
    )
    insurance_policy = forms.CharField(label=_("Policy number"), max_length=60, required=False)


class PoolForm(AboutChildForm):
    page_question = "insurance_pool"
    insurance_pool = choice(
        _("Is {child} in the New Mexico Medical Insurance Pool?"), InsurancePool.choices
    )


class LiabilityForm(AboutChildForm):
    page_question = "others_may_pay"
    why: ClassVar = {
        "others_may_pay": _(
            "After an accident, somebody else may have to pay for care. The rules ask you to tell us."
        ),
    }
    others_may_pay = YesNoUnsureField(
        label=_("Is {child}’s condition from an accident, or is there a lawsuit about it?")
    )


class LiabilityDetailsForm(PortalForm):
    page_question = "liable_party"
    liable_party = forms.CharField(
        label=_("Who may have to pay, and who are all the lawyers?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Names are enough. Write what you know."),
    )
