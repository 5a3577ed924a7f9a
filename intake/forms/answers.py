"""The questions of the application and of the intake assessment, one form for each page."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.documents.forms import PapersForm as OnePaperForm
from cms_portal.documents.models import DocumentKind
from cms_portal.families.models import Channel, InterpreterMode, Language, WrittenLanguage
from cms_portal.offices.models import County
from cms_portal.ui.fields import (
    MoneyField,
    PhoneField,
    YesNoField,
    YesNoUnsureField,
)
from cms_portal.ui.forms import PortalForm
from intake.models import ConditionStatus, IncomePeriod, MedicaidStatus, Need
from intake.models.assessment import BloodspotScreen, HearingScreen, InsurancePool

UNSURE = ("unsure", _("I am not sure"))


def choice(label: Any, choices: Any, *, unsure: bool = True, **options: Any) -> forms.ChoiceField:
    """Return a question with one answer out of a few, and a way to say one does not know."""
    listed = [*choices, UNSURE] if unsure else list(choices)
    return forms.ChoiceField(label=label, choices=listed, widget=forms.RadioSelect, **options)


class AboutChildForm(PortalForm):
    """A form whose questions name the child and the state."""

    def __init__(self, *args: Any, called: str, state: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if "{" in str(field.label):
                field.label = str(field.label).format(child=called, state=state)


class ResidenceForm(AboutChildForm):
    why: ClassVar = {
        "lives_in_state": _(
            "Each state has a program of its own. You do not need a street address."
        ),
    }
    lives_in_state = YesNoField(label=_("Does {child} live in {state} now?"))
    intends_to_stay = YesNoUnsureField(label=_("Do you plan to stay in {state}?"))


class LivesInStateForm(AboutChildForm):
    page_question = "lives_in_state"
    lives_in_state = YesNoField(label=_("Does {child} live in {state} now?"))


class AwayForm(AboutChildForm):
    was_away = YesNoField(
        label=_("Has {child} been away from {state} for more than 30 days in a row this past year?")
    )
    away_days = forms.IntegerField(
        label=_("If yes: for about how many days?"), min_value=31, max_value=3660, required=False
    )
    told_coordinator = YesNoUnsureField(
        label=_("If yes: did you tell a care coordinator that you would come back?"), required=False
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if (
            answers.get("was_away")
            and not answers.get("away_days")
            and "away_days" not in self.errors
        ):
            self.add_error("away_days", _("Write about how many days, like 45."))
        return answers


class AddressForm(PortalForm):
    why: ClassVar = {"county": _("Your county tells us which office helps you.")}
    county = forms.ModelChoiceField(
        label=_("County where you live"), queryset=County.objects.none(), empty_label=_("Choose")
    )
    street = forms.CharField(
        label=_("Street or PO box"),
        max_length=150,
        required=False,
        help_text=_("Where letters reach you. A PO box or a friend’s address is fine."),
    )
    unit = forms.CharField(label=_("Apartment or unit"), max_length=60, required=False)
    city = forms.CharField(label=_("City or town"), max_length=80, required=False)
    zip_code = forms.RegexField(
        label=_("ZIP code"),
        regex=r"^[0-9]{5}(-[0-9]{4})?$",
        required=False,
        error_messages={"invalid": _("Write a ZIP code with 5 digits, like 87501.")},
    )

    def __init__(self, *args: Any, counties: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["county"].queryset = counties  # type: ignore[attr-defined]


class ContactForm(PortalForm):
    phone = PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("Email"), required=False)
    preferred_channel = choice(
        _("How should we reach you?"),
        [c for c in Channel.choices if c[0] != Channel.VOICE],
        unsure=False,
    )
    safe_to_text = YesNoField(
        label=_("Is it safe to send you text messages?"),
        help_text=_("Say no if someone else reads your phone."),
    )
    safe_to_leave_voicemail = YesNoField(
        label=_("Is it safe to leave a message if you miss our call?")
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        channel = answers.get("preferred_channel")
        if channel == Channel.TEXT and not answers.get("phone"):
            self.add_error("phone", _("To get text messages, write your phone number."))
        if channel == Channel.TEXT and answers.get("safe_to_text") is False:
            self.add_error(
                "preferred_channel", _("Choose another way, if texts are not safe for you.")
            )
        if channel == Channel.EMAIL and not answers.get("email"):
            self.add_error("email", _("To get email, write your email address."))
        return answers


class LanguageForm(PortalForm):
    spoken_language = forms.ChoiceField(
        label=_("Language you speak best"), choices=Language.choices
    )
    written_language = choice(_("Language of our letters"), WrittenLanguage.choices, unsure=False)
    needs_interpreter = YesNoField(
        label=_("Do you want an interpreter when we talk?"), help_text=_("It is free.")
    )
    interpreter_mode = forms.ChoiceField(
        label=_("If yes: how?"),
        choices=[("", _("No preference")), *InterpreterMode.choices],
        required=False,
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
    is_withdrawn = forms.BooleanField(label=_("Take this condition off the list"), required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("status") and not answers.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write the condition in your own words."))
        if answers.get("text") and not answers.get("status") and "status" not in self.errors:
            self.add_error("status", _("Choose who says so."))
        return answers


class StaffConditionForm(ConditionForm):
    """The same with its code, for a worker who may have seen the doctor's paper."""

    icd10 = forms.RegexField(
        label=_("ICD-10-CM code"),
        regex=r"^[A-Za-z][0-9][0-9A-Za-z](\.?[0-9A-Za-z]{1,4})?$",
        required=False,
        error_messages={"invalid": _("Write a code like J45.40, or leave it open.")},
    )
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
    diagnosed_by = forms.CharField(label=_("Doctor"), max_length=150, required=False)

    field_order = [
        "text",
        "icd10",
        "status",
        "on_seizure_medication",
        "diagnosed_by",
        "is_withdrawn",
    ]

    def clean_icd10(self) -> str:
        return str(self.cleaned_data["icd10"] or "").upper()


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


class DentalForm(AboutChildForm):
    page_question = "has_dental_home"
    has_dental_home = YesNoUnsureField(label=_("Does {child} have a regular dentist?"))


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
        max_value=40,
        required=False,
    )
    children_with_special_needs = forms.IntegerField(
        label=_("How many of the children have a special health need?"),
        min_value=0,
        max_value=40,
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
    medicaid = choice(
        _("What about Medicaid for {child}?"),
        [c for c in MedicaidStatus.choices if c[0] != MedicaidStatus.SCREENED_OUT],
    )


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


class NewbornForm(AboutChildForm):
    born_in_state = YesNoUnsureField(label=_("Was {child} born in {state}?"))
    hearing_screen = choice(_("How did the hearing screen go?"), HearingScreen.choices)
    hearing_risk_factors = YesNoUnsureField(
        label=_("Did anyone say that {child} may be at risk of losing hearing?")
    )
    bloodspot_screen = choice(
        _("What did the heel-stick blood test show?"), BloodspotScreen.choices
    )


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
    anything_else = forms.CharField(
        label=_("Is there anything else we should know?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )


class GrowingUpForm(AboutChildForm):
    talked_about_adult_care = YesNoUnsureField(
        label=_("Has {child}’s health team talked about adult care?")
    )
    manages_own_condition = YesNoUnsureField(
        label=_("Does {child} get help to learn to manage their own health?")
    )


class PapersForm(OnePaperForm):
    """A paper, in as many photos as it takes."""

    field_order = ("kind", "papers")
    kind = forms.ChoiceField(
        label=_("What does the paper show?"),
        help_text=_("You can also bring or mail papers later. Nothing is needed to send."),
        choices=DocumentKind.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if self.accepted and not answers.get("kind"):
            self.add_error("kind", _("Choose what the paper shows."))
        if answers.get("kind") and not self.accepted and "papers" not in self.errors:
            self.add_error("papers", _("Add a photo or a file of this paper."))
        return answers


class SignForm(PortalForm):
    """The signature: a typed name under words that are shown, or spoken to a worker."""

    name = forms.CharField(
        label=_("Your full name"),
        max_length=150,
        help_text=_("Typing your name is your signature."),
    )
    agrees = forms.BooleanField(label=_("I have read this, and it is true as far as I know."))
