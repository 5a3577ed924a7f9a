"""The questions of "Could my child get help?", one form for each page."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.offices import places
from cms_portal.offices.finder import in_another_state
from cms_portal.offices.places import Place
from cms_portal.programs import Program
from cms_portal.ui.fields import (
    MemorableDateField,
    MoneyField,
    YesNoUnsureField,
    ZipCodeField,
    choice,
)
from cms_portal.ui.forms import PortalForm
from eligibility.choices import (
    MOST_PEOPLE,
    BloodspotScreen,
    HearingScreen,
    IncomePeriod,
    InsurancePool,
    MedicaidStatus,
)

NONE_OF_THESE = "none"
STAYS_HERE = ("stays", "leaves", "may_leave")


class ScreeningForm(PortalForm):
    """A page of the questions; it knows the day and the program."""

    says_optional = False

    def __init__(self, *args: Any, on: date, program: Program, codes: Any = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.on, self.program, self.codes = on, program, codes
        for field in self.fields.values():
            if "{state}" in str(field.label):
                field.label = str(field.label).format(state=program.state_name)


class BornForm(ScreeningForm):
    page_question = "date_of_birth"
    date_of_birth = MemorableDateField(label=_("When was your child born?"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["date_of_birth"].latest = self.on


class LivesHereForm(ScreeningForm):
    """Where the child lives; a ZIP code says which state's program serves it, and is asked of nobody."""

    page_question = "home"
    home = choice(
        _("Does your child live in {state}?"),
        [("stays", _("Yes")), ("elsewhere", _("No, in another state"))],
    )
    zip_code = ZipCodeField(
        label=_("ZIP code of your home"),
        help_text=_("You can leave it open. It tells us who helps there, if it is another state."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        home, place = told.get("home"), places.of_zip_in(told.get("zip_code"))
        if told.get("zip_code") and place is None:
            self.add_error(
                "zip_code", _("We do not know this ZIP code. Check it, or leave it open.")
            )
        elif home and place:
            self._compare(home, place)
        return told

    def _compare(self, home: str, place: Place) -> None:
        """Say so at the ZIP code when it is in another state than was chosen."""
        is_here = place.state == self.program.state
        if is_here and home == "elsewhere":
            words = _("ZIP code %(code)s is in %(state)s. Check it, or choose “Yes”.")
            state = self.program.state_name
            self.add_error("zip_code", words % {"code": place.name, "state": state})
        elif not is_here and home in STAYS_HERE:
            problem = in_another_state(place).problem
            advice = _("If your child lives there, choose “No, in another state”.")
            self.add_error("zip_code", f"{problem} {advice}")


class HomeForm(LivesHereForm):
    """The same, where the rules also ask whether the family means to stay."""

    home = choice(
        _("Does your child live in {state}?"),
        [
            ("stays", _("Yes, and we plan to stay")),
            ("leaves", _("Yes, but we do not plan to stay")),
            ("may_leave", _("Yes, and we do not know if we stay")),
            ("elsewhere", _("No, in another state")),
        ],
    )


class ConditionForm(ScreeningForm):
    page_question = "text"
    text = forms.CharField(
        label=_("What health condition does your child have?"),
        help_text=_("Use your own words. Leave it open if nobody has a name for it yet."),
        max_length=100,
        required=False,
    )
    status = choice(
        _("Has a doctor said so?"),
        [
            ("confirmed", _("Yes, a doctor said so")),
            ("suspected", _("A doctor is still finding out")),
            ("reported", _("No, we think so ourselves")),
        ],
        unsure=False,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("text") and not told.get("status") and "status" not in self.errors:
            self.add_error("status", _("Choose if a doctor has said so."))
        return told


class WhichForm(ScreeningForm):
    page_question = "code"
    code = choice(_("Which of these is it?"), [], unsure=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offered = [*self.codes, (NONE_OF_THESE, _("None of these"))]
        self.fields["code"].choices = offered


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
    medicaid = choice(_("What about Medicaid for your child?"), MedicaidStatus.for_families())


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
        choices=[("", _("Choose")), *IncomePeriod.choices],
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
    insurance_pool = choice(
        _("Is your child in the New Mexico Medical Insurance Pool?"), InsurancePool.choices
    )


class NewbornForm(ScreeningForm):
    born_in_state = YesNoUnsureField(label=_("Was your child born in {state}?"))
    hearing = choice(_("How did the hearing screen go?"), HearingScreen.choices)
    bloodspot = choice(_("What did the heel-stick blood test show?"), BloodspotScreen.choices)
