"""The search for a condition."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.forms import PortalForm
from eligibility.condition_search import LONGEST_QUESTION


class ConditionSearchForm(PortalForm):
    """What a family calls the condition, or its code."""

    says_optional = False

    asked = forms.CharField(
        label=_("What is the condition called?"),
        help_text=_(
            "Use your own words, in English or Spanish. A code from a doctor’s paper works, too."
        ),
        max_length=LONGEST_QUESTION,
        error_messages={"required": _("Write a condition, like asthma.")},
    )
