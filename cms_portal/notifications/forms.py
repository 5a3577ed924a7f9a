"""The forms of the mail room."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms_portal.notifications.models import Message, MessageQuerySet
from cms_portal.ui.fields import MemorableDateField
from cms_portal.ui.forms import PortalForm

# A letter may be printed on Friday for Monday's mail, but not for next month's.
LATEST = timedelta(days=7)


class PrintForm(PortalForm):
    """Which letters to print, and the day on which they go into the mail."""

    letters: Any = forms.ModelMultipleChoiceField(
        queryset=Message.objects.none(),
        error_messages={
            "required": _("Choose at least one letter."),
            "invalid_choice": _("One of these letters was printed meanwhile. Look again."),
            "invalid_pk_value": _("One of these letters was printed meanwhile. Look again."),
        },
    )
    dated_on = MemorableDateField(
        label=_("They go into the mail on"),
        help_text=_("Each letter bears this day, and a family’s time to answer counts from it."),
    )

    def __init__(self, *arguments: Any, letters: MessageQuerySet, today: date, **options: Any):
        super().__init__(*arguments, initial={"dated_on": today}, **options)
        self.today = today
        self.fields["letters"].queryset = letters

    def clean_dated_on(self) -> date:
        day: date = self.cleaned_data["dated_on"]
        if not self.today <= day <= self.today + LATEST:
            raise ValidationError(_("Choose today or one of the next 7 days."))
        return day
