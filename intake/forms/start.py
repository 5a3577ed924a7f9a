"""The questions before an application exists: for whom it is, and who is asking."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.families.models import AuthorityKind, Child, Language, WrittenLanguage
from cms_portal.families.rights import comes_of_age_on, may_be_held
from cms_portal.programs import Program
from cms_portal.ui.fields import MemorableDateField, PhoneField
from cms_portal.ui.forms import PortalForm
from intake.forms.urgent import cannot_wait_field
from intake.models import Channel

NEW_CHILD, MYSELF = "new", "myself"
# What a family can say for itself, in its words; the other kinds are recorded by staff who saw a paper.
RELATIONS = [
    (AuthorityKind.PARENT, _("Mother or father")),
    (AuthorityKind.JOINT_CUSTODY, _("Mother or father, and we parents live apart")),
    (AuthorityKind.TEEN_PARENT, _("Mother or father, and I am under 18")),
    (AuthorityKind.COURT_GUARDIAN, _("Guardian named by a court")),
    (AuthorityKind.KINSHIP_GUARDIAN, _("Relative with kinship guardianship")),
    (AuthorityKind.CAREGIVER_AFFIDAVIT, _("Relative with a caregiver’s affidavit")),
    (AuthorityKind.POWER_OF_ATTORNEY, _("Somebody with a power of attorney")),
    (AuthorityKind.RELATIVE_WITHOUT_PAPERS, _("Relative or friend, without papers yet")),
    (AuthorityKind.OWN_APPLICANT, _("I am 18 or older and apply for myself")),
]


class WhoForm(PortalForm):
    """For which of the children one may apply for, for one we do not know yet, or for oneself."""

    page_question = "who"
    who = forms.ChoiceField(label=_("Who needs help?"), widget=forms.RadioSelect)
    start_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, children: list[Child], has_own_record: bool, **kwargs: Any):
        """`has_own_record`: this person is already one of the `children`, as an adult."""
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [
            *((str(child.pk), child.full_name) for child in children),
            (NEW_CHILD, _("Another child") if children else _("A child we do not know yet")),
            *([] if has_own_record else [(MYSELF, _("Myself: I am 18 or older"))]),
        ]


class NewChildForm(PortalForm):
    """A child's name and birth date, and what the person is to the child."""

    first_name = forms.CharField(label=_("Child’s first name"), max_length=80)
    last_name = forms.CharField(
        label=_("Child’s last name"),
        max_length=80,
        help_text=_("All last names, as you write them."),
    )
    date_of_birth = MemorableDateField(label=_("Child’s date of birth"))
    relation = forms.ChoiceField(label=_("You are the child’s…"), widget=forms.RadioSelect)
    start_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, program: Program, on: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["date_of_birth"].latest = on
        self.fields["relation"].choices = RELATIONS
        self.program, self.on = program, on

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        born, kind = told.get("date_of_birth"), told.get("relation")
        if born and kind:
            child = Child(program=self.program.code, date_of_birth=born)
            if not may_be_held(kind, child, self.on):
                self.add_error(
                    "relation",
                    _(
                        "This person is an adult, so they apply for themselves, or by a court’s paper."
                    ),
                )
        return told


class OneselfForm(NewChildForm):
    """An adult's own name and birth date; `relation` is said by having come here."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["first_name"].label = _("Your first name")
        self.fields["last_name"].label = _("Your last name")
        self.fields["date_of_birth"].label = _("Your date of birth")
        del self.fields["relation"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() | {"relation": AuthorityKind.OWN_APPLICANT}
        born = told.get("date_of_birth")
        if born and self.on < comes_of_age_on(Child(program=self.program.code, date_of_birth=born)):
            self.add_error(
                "date_of_birth",
                _("Until you are 18, a parent or guardian applies with you. Go back, or call us."),
            )
        return told


class CallerForm(NewChildForm):
    """The same, for a worker who takes it by telephone or at a desk from somebody without an account."""

    guardian_first_name = forms.CharField(label=_("Caller’s first name"), max_length=80)
    guardian_last_name = forms.CharField(label=_("Caller’s last name"), max_length=80)
    phone = PhoneField(label=_("Caller’s phone"), required=False)
    spoken_language = forms.ChoiceField(label=_("Language they speak"), choices=Language.choices)
    written_language = forms.ChoiceField(
        label=_("Language of our letters"), choices=WrittenLanguage.choices
    )
    channel = forms.ChoiceField(label=_("How it is taken"), widget=forms.RadioSelect)
    cannot_wait = cannot_wait_field()

    field_order = [
        "channel",
        "cannot_wait",
        "guardian_first_name",
        "guardian_last_name",
        "phone",
        "spoken_language",
        "written_language",
        "first_name",
        "last_name",
        "date_of_birth",
        "relation",
    ]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["relation"].label = _("The caller is the child’s…")
        self.fields["channel"].choices = [
            (c.value, c.label) for c in (Channel.PHONE, Channel.OFFICE, Channel.PAPER)
        ]
