"""What a worker says of two records that look like one child."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.families.comparing import fact_label, fact_words
from cms_portal.families.models import Child, NotTheSame
from cms_portal.ui.forms import PortalForm

KEEP = "keep_"


class JoinForm(PortalForm):
    """Which of two records stays, which facts are right where they differ, and why it is one child."""

    stays = forms.ChoiceField(
        label=_("Which record stays?"),
        help_text=_("All that hangs on the other one moves to it. Who serves it goes on serving."),
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, one: Child, other: Child, differing: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pair = {str(one.pk): one, str(other.pk): other}
        older = str(min(one.pk, other.pk))
        stays = self.fields["stays"]
        stays.choices = [
            (str(one.pk), _("This one: %(name)s") % {"name": one.full_name}),
            (str(other.pk), _("The other one: %(name)s") % {"name": other.full_name}),
        ]
        self.initial.setdefault("stays", older)
        for name in differing:
            words = {key: fact_words(child, name) for key, child in self.pair.items()}
            self.fields[f"{KEEP}{name}"] = forms.ChoiceField(
                label=fact_label(name),
                choices=[(key, told or _("Nothing")) for key, told in words.items()],
                initial=older if words[older] else next(key for key in words if key != older),
                widget=forms.RadioSelect,
            )
        self.fields["reason"] = forms.CharField(
            label=_("How you know that it is one child"),
            help_text=_("One sentence, like “The mother says both are Mateo.” No medical details."),
            max_length=300,
        )

    @property
    def winner(self) -> Child:
        return self.pair[self.cleaned_data["stays"]]

    @property
    def loser(self) -> Child:
        return next(child for key, child in self.pair.items() if key != self.cleaned_data["stays"])

    @property
    def kept_from_loser(self) -> list[str]:
        """Return the facts for which the record that goes was chosen."""
        return [
            field.removeprefix(KEEP)
            for field, chosen in self.cleaned_data.items()
            if field.startswith(KEEP) and chosen == str(self.loser.pk)
        ]


class ApartForm(PortalForm):
    """That two children who look like one are two."""

    kind = forms.ChoiceField(
        label=_("What they are"), choices=NotTheSame.Kind.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("How you know"),
        help_text=_("One sentence. No medical details."),
        max_length=300,
        required=False,
    )


class ReasonForm(PortalForm):
    """Why something is declined or undone."""

    reason = forms.CharField(
        label=_("Why"), help_text=_("One sentence. No medical details."), max_length=300
    )
