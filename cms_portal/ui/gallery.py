"""Invented content for the page that shows every component and form piece."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms import formset_factory
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms_portal.ui import fields
from cms_portal.ui.forms import PortalForm, PortalFormSet


class QuestionsForm(PortalForm):
    """One of each kind of question."""

    why = {
        "born_on": _("Some help depends on age. We never show this date to other families."),
        "income": _("Some services are free below a certain income."),
    }

    first_name = forms.CharField(
        label=_("Your child’s first name"),
        max_length=60,
        help_text=_("As it is on official papers."),
    )
    born_on = fields.MemorableDateField(
        label=_("When was your child born?"),
        help_text=_("For example: March 4, 2016"),
        latest=date(2026, 12, 31),
    )
    county = forms.ChoiceField(
        label=_("County"),
        choices=[("", _("Choose a county")), ("santa-fe", "Santa Fe"), ("dona-ana", "Doña Ana")],
    )
    insured = fields.YesNoUnsureField(label=_("Does your child have health insurance?"))
    needs = forms.MultipleChoiceField(
        label=_("What would help?"),
        help_text=_("Choose all that apply."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (_("Care"), [("visits", _("Visits to a specialist")), ("therapy", _("Therapy"))]),
            (_("Daily life"), [("rides", _("Rides to visits")), ("school", _("Help at school"))]),
        ],
    )
    income = fields.MoneyField(
        label=_("Income of your household in a month"),
        help_text=_("Before taxes. A guess is fine."),
    )
    phone = fields.PhoneField(label=_("Phone number"), required=False)
    email = forms.EmailField(label=_("Email"), required=False)
    story = forms.CharField(
        label=_("Is there anything else we should know?"), required=False, widget=forms.Textarea
    )
    papers = fields.SeveralFilesField(
        label=_("Photos or papers"),
        required=False,
        help_text=_("JPEG, PNG, HEIC or PDF, up to 10 MB each."),
    )
    agrees = forms.BooleanField(label=_("What I wrote is true, as far as I know"))


class OneQuestionForm(PortalForm):
    """A page with one question, which is its heading."""

    page_question = "rides"

    rides = fields.YesNoField(
        label=_("Do you need rides to visits?"),
        help_text=_("We can arrange and pay for some rides."),
    )


class PersonForm(PortalForm):
    """One entry of a list that grows."""

    name = forms.CharField(label=_("Name"), max_length=60)
    phone = fields.PhoneField(label=_("Phone number"), required=False)


PeopleFormSet = formset_factory(PersonForm, formset=PortalFormSet, extra=2, max_num=4)


def everything(request: HttpRequest) -> dict[str, Any]:
    """Return the examples; a POST is checked, so that errors show."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return {
        "form": QuestionsForm(*posted),
        "one_question": OneQuestionForm(prefix="one"),
        "people": PeopleFormSet(prefix="people"),
    }
