"""What cannot wait, as a family marks it, and what a worker writes down after speaking with it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.fields import PhoneField, YesNoField
from cms_portal.ui.forms import PortalForm
from intake.models import ContactOutcome
from intake.urgency import Urgency


class UrgentForm(PortalForm):
    """What it is, and where to call today."""

    kinds = forms.MultipleChoiceField(
        label=_("What cannot wait?"),
        choices=Urgency.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose all that fit."),
    )
    phone = PhoneField(label=_("Phone where we reach you today"))
    may_leave_message = YesNoField(label=_("Is it safe to leave a message if you miss our call?"))


class SpokeForm(PortalForm):
    """With whom a worker spoke, and what comes of it."""

    spoke_with = forms.CharField(label=_("With whom did you speak?"), max_length=120)
    done = forms.CharField(
        label=_("What did you agree?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class MissedForm(PortalForm):
    """A call that reached nobody, and what is next."""

    says_optional = False
    phone = PhoneField(label=_("Number you called"))
    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[
            (one.value, one.label)
            for one in (
                ContactOutcome.NO_ANSWER,
                ContactOutcome.MESSAGE_LEFT,
                ContactOutcome.CALL_LATER,
                ContactOutcome.WRONG_NUMBER,
            )
        ],
        widget=forms.RadioSelect,
    )
    next_step = forms.CharField(
        label=_("What is next, who does it, and when?"),
        help_text=_("For example: I call again at 3 p.m."),
        max_length=200,
    )


def cannot_wait_field() -> forms.MultipleChoiceField:
    """Return the question of a worker to somebody who calls: nothing marked can wait."""
    return forms.MultipleChoiceField(
        label=_("Ask: is one of these true today?"),
        choices=Urgency.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Then you speak about it today, whatever else is still open."),
    )
