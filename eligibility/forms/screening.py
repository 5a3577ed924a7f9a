"""The questions of "Could my child get help?", one form for each page."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.fields import MemorableDateField, MoneyField, YesNoUnsureField
from cms_portal.ui.forms import PortalForm

UNSURE = ("unsure", _("I am not sure"))
NONE_OF_THESE = "none"
MOST_PEOPLE = 40


class ScreeningForm(PortalForm):
    """A page of the questions; it knows the day and what the state is called."""

    says_optional = False

    def __init__(self, *args: Any, on: date, state: str, codes: Any = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.on, self.codes = on, codes
        for field in self.fields.values():
            if "{state}" in str(field.label):
                field.label = str(field.label).format(state=state)


def _choice(label: Any, *choices: tuple[str, Any], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)


class BornForm(ScreeningForm):
    page_question = "date_of_birth"
    date_of_birth = MemorableDateField(label=_("When was your child born?"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["date_of_birth"].latest = self.on  # type: ignore[attr-defined]


class HomeForm(ScreeningForm):
    page_question = "home"
    home = _choice(
        _("Does your child live in {state}?"),
        ("stays", _("Yes, and we plan to stay")),
        ("leaves", _("Yes, but we do not plan to stay")),
        ("may_leave", _("Yes, and we do not know if we stay")),
        ("elsewhere", _("No, in another state")),
        UNSURE,
    )


class LivesHereForm(ScreeningForm):
    page_question = "home"
    home = _choice(
        _("Does your child live in {state}?"),
        ("stays", _("Yes")),
        ("elsewhere", _("No, in another state")),
        UNSURE,
    )


class ConditionForm(ScreeningForm):
    page_question = "text"
    text = forms.CharField(
        label=_("What health condition does your child have?"),
        help_text=_("Use your own words. Leave it open if nobody has a name for it yet."),
        max_length=100,
        required=False,
    )
    status = _choice(
        _("Has a doctor said so?"),
        ("confirmed", _("Yes, a doctor said so")),
        ("suspected", _("A doctor is still finding out")),
        ("reported", _("No, we think so ourselves")),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("text") and not told.get("status") and "status" not in self.errors:
            self.add_error("status", _("Choose if a doctor has said so."))
        return told


class WhichForm(ScreeningForm):
    page_question = "code"
    code = _choice(_("Which of these is it?"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offered = [*self.codes, (NONE_OF_THESE, _("None of these"))]
        self.fields["code"].choices = offered  # type: ignore[attr-defined]


class SeizureForm(ScreeningForm):
    page_question = "on_seizure_medication"
    on_seizure_medication = YesNoUnsureField(label=_("Does your child take medicine for seizures?"))


class DoctorForm(ScreeningForm):
    page_question = "has_primary_care_provider"
    has_primary_care_provider = YesNoUnsureField(
        label=_("Does your child have a regular doctor or clinic?")
    )


class MedicaidForm(ScreeningForm):
    page_question = "medicaid"
    why: ClassVar = {
        "medicaid": _(
            "Some help depends on the insurance your child has. You do not need to apply anywhere first."
        ),
    }
    medicaid = _choice(
        _("What about Medicaid for your child?"),
        ("enrolled", _("My child has Medicaid now")),
        ("pending", _("We applied and wait for an answer")),
        ("denied", _("We applied and were turned down")),
        ("denied_incomplete", _("Our Medicaid application was closed: papers were missing")),
        ("emergency_only", _("Only emergency Medicaid")),
        ("limited_benefit", _("Medicaid that covers only some services")),
        ("not_applied", _("We have not applied")),
        UNSURE,
    )


class InsuranceForm(ScreeningForm):
    page_question = "private_insurance"
    private_insurance = YesNoUnsureField(label=_("Does your child have other health insurance?"))


class MoneyForm(ScreeningForm):
    page_question = "size"
    size = forms.IntegerField(
        label=_("How many people live in your home and share money?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
    )
    amount = MoneyField(
        label=_("About how much money comes in, before taxes?"),
        help_text=_("All together. Write 0 if there is none. Leave it open if you do not know."),
        required=False,
    )
    period = forms.ChoiceField(
        label=_("How often?"),
        choices=[
            ("", _("Choose")),
            ("weekly", _("every week")),
            ("biweekly", _("every two weeks")),
            ("semimonthly", _("twice a month")),
            ("monthly", _("every month")),
            ("annual", _("every year")),
        ],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("amount") and not told.get("period") and "period" not in self.errors:
            self.add_error("period", _("Choose how often this money comes."))
        return told


class OtherChildrenForm(ScreeningForm):
    page_question = "children_with_special_needs"
    children_with_special_needs = forms.IntegerField(
        label=_("How many children in your home have a special health need?"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
    )


class PoolForm(ScreeningForm):
    page_question = "insurance_pool"
    insurance_pool = _choice(
        _("Is your child in the New Mexico Medical Insurance Pool?"),
        ("accepted", _("Accepted")),
        ("applied", _("Applied, waiting for an answer")),
        ("none", _("No")),
        UNSURE,
    )


class NewbornForm(ScreeningForm):
    born_in_state = YesNoUnsureField(label=_("Was your child born in {state}?"))
    hearing = _choice(
        _("How did the hearing screen go?"),
        ("passed", _("Passed in both ears")),
        ("not_passed", _("Did not pass in one or both ears")),
        ("missed", _("Was not done")),
        UNSURE,
    )
    bloodspot = _choice(
        _("What did the heel-stick blood test show?"),
        ("in_range", _("Nothing was found")),
        ("out_of_range", _("Something needs another look")),
        ("missed", _("Was not done")),
        UNSURE,
    )
