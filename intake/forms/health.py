"""The child: its conditions, its doctors, its newborn screens, and what would help."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.fields import PhoneField, YesNoUnsureField, choice
from cms_portal.ui.forms import PortalForm
from eligibility.choices import BloodspotScreen, HearingScreen
from intake.forms.asking import AboutChildForm, DiagnosisCodeField
from intake.models import ConditionStatus, Need
from intake.models.words import FirstSteps, HardToDo, SchoolPlan


def words(label: Any) -> forms.CharField:
    """Return a question answered in a line or a few, or left open."""
    return forms.CharField(
        label=label, max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ConditionForm(PortalForm):
    """One health condition, as a family says it."""

    says_optional = False

    text = forms.CharField(
        label=_("Health condition"),
        max_length=200,
        required=False,
        help_text=_("Use your own words, like “asthma” or “seizures”."),
    )
    status = forms.ChoiceField(
        label=_("Who says so?"),
        choices=[c for c in ConditionStatus.choices if c[0] != ConditionStatus.CONFIRMED],
        widget=forms.RadioSelect,
        required=False,
    )
    diagnosed_by = forms.CharField(
        label=_("Which doctor, and about when?"),
        max_length=150,
        required=False,
        help_text=_("Like “Dr. Lee, spring 2019”."),
    )
    is_withdrawn = forms.BooleanField(label=_("Take this condition off the list"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("status") == ConditionStatus.CONFIRMED:
            # A worker saw the paper; a family that corrects something else does not undo it.
            self.fields["status"].choices = ConditionStatus.choices

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("is_withdrawn"):
            # Off the list it stays in the record, as it was told.
            return answers | {
                name: answers.get(name) or self.initial.get(name) for name in ("text", "status")
            }
        if self.initial or any(answers.values()):
            self._require(answers)
        return answers

    def _require(self, answers: dict[str, Any]) -> None:
        is_named = answers.get("text") or answers.get("icd10")
        if not is_named and not {"text", "icd10"} & set(self.errors):
            self.add_error("text", _("Write the condition in your own words."))
        if not answers.get("status") and "status" not in self.errors:
            self.add_error("status", _("Choose who says so."))


class StaffConditionForm(ConditionForm):
    """The same with its code, for a worker who may have seen the doctor's paper."""

    icd10 = DiagnosisCodeField(required=False)
    status = forms.ChoiceField(
        label=_("Who says so?"), choices=[("", "—"), *ConditionStatus.choices], required=False
    )
    on_seizure_medication = forms.TypedChoiceField(
        label=_("Takes seizure medicine"),
        choices=[("", "—"), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
    )

    field_order = [
        "text",
        "icd10",
        "status",
        "on_seizure_medication",
        "diagnosed_by",
        "is_withdrawn",
    ]


class SeizureMedicineForm(AboutChildForm):
    page_question = "on_seizure_medication"
    on_seizure_medication = YesNoUnsureField(label=_("Does {child} take medicine for seizures?"))


class DoctorForm(AboutChildForm):
    has_primary_care_provider = YesNoUnsureField(
        label=_("Does {child} have a regular doctor or clinic?")
    )
    primary_care_provider = forms.CharField(
        label=_("Name of the doctor or clinic"), max_length=150, required=False
    )
    primary_care_phone = PhoneField(label=_("Phone of the doctor or clinic"), required=False)


class TeamForm(AboutChildForm):
    page_question = "care_is_coordinated"
    care_is_coordinated = YesNoUnsureField(
        label=_("Do the people who care for {child} work together, and with you?")
    )


class DentalForm(AboutChildForm):
    has_dental_home = YesNoUnsureField(label=_("Does {child} have a regular dentist?"))
    sent_to_dentist = YesNoUnsureField(
        label=_("Has anybody sent {child} to a dentist in the past year?")
    )


class DevelopmentForm(AboutChildForm):
    page_question = "developmental_screening"
    developmental_screening = YesNoUnsureField(
        label=_("Has a doctor checked how {child} grows, talks and learns?"),
        help_text=_("Often you fill in a list of questions for it."),
    )


class CareForm(AboutChildForm):
    specialists = words(_("Which special doctors does {child} see?"))
    medicines = words(_("Which medicines does {child} take?"))
    equipment = words(_("Which equipment or supplies does {child} use?"))
    therapies = words(_("Which therapies does {child} get?"))


class NewbornForm(AboutChildForm):
    born_in_state = YesNoUnsureField(label=_("Was {child} born in {state}?"))
    hearing_screen = choice(_("How did the hearing screen go?"), HearingScreen.choices)
    hearing_risk_factors = YesNoUnsureField(
        label=_("Did anyone say that {child} may be at risk of losing hearing?")
    )
    bloodspot_screen = choice(
        _("What did the heel-stick blood test show?"), BloodspotScreen.choices
    )


class GrowingUpForm(AboutChildForm):
    talked_about_adult_care = YesNoUnsureField(
        label=_("Has {child}’s health team talked about adult care?")
    )
    manages_own_condition = YesNoUnsureField(
        label=_("Does {child} get help to learn to manage their own health?")
    )


class HardToDoForm(AboutChildForm):
    page_question = "hard_to_do"
    hard_to_do = forms.MultipleChoiceField(
        label=_("What is hard for {child} to do?"),
        choices=HardToDo.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose all that fit, or none."),
    )


class SchoolForm(AboutChildForm):
    page_question = "school_plan"
    school_plan = choice(_("Does {child} have a plan at school?"), SchoolPlan.choices)


class FirstStepsForm(AboutChildForm):
    page_question = "first_steps"
    first_steps = choice(
        _("Does {child} get help from First Steps?"),
        FirstSteps.choices,
        help_text=_("First Steps helps children under 3 to grow and learn."),
    )


class EmergencyForm(AboutChildForm):
    page_question = "has_emergency_plan"
    has_emergency_plan = YesNoUnsureField(
        label=_("Does {child} have a written plan for an emergency?")
    )


class ServicesForm(PortalForm):
    page_question = "services_asked"
    services_asked = forms.MultipleChoiceField(
        label=_("Which help do you hope for?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("We look at every kind of help anyway. Choose all that fit, or none."),
    )

    def __init__(self, *args: Any, services: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["services_asked"].choices = services


class NeedsForm(PortalForm):
    page_question = "needs"
    needs = forms.MultipleChoiceField(
        label=_("What would you like help with?"),
        choices=Need.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose all that fit, or none."),
    )


class AboutForm(AboutChildForm):
    strengths = forms.CharField(
        label=_("What does {child} like, and do well?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    goals = forms.CharField(
        label=_("What do you hope will be better a year from now?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    anything_else = forms.CharField(
        label=_("Is there anything else we should know?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
