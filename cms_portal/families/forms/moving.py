"""The release by which a family takes its record to another program."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.families import moving
from cms_portal.offices.models import County
from cms_portal.programs import Program
from cms_portal.ui.forms import PortalForm


class MoveForm(PortalForm):
    """Which parts go along, where to, and the signature."""

    guardian = forms.ChoiceField(label=_("Who signs?"), widget=forms.RadioSelect)
    county = forms.ChoiceField(label=_("In which county will you live?"))
    parts = forms.MultipleChoiceField(
        label=_("What may we copy?"),
        help_text=_("The child’s name and date of birth always go along. Choose what else."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    signed_name = forms.CharField(label=_("Your full name, as your signature"), max_length=150)

    def __init__(self, *args: Any, to: Program, guardians: list[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.guardians = {str(guardian.pk): guardian for guardian in guardians}
        self.counties = {
            str(county.pk): county for county in County.objects.filter(program=to.code)
        }
        fields: dict[str, Any] = self.fields
        fields["guardian"].choices = [(key, str(who)) for key, who in self.guardians.items()]
        if len(self.guardians) == 1:
            del fields["guardian"]
        fields["county"].choices = [
            ("", _("Choose a county")),
            *((key, str(county)) for key, county in self.counties.items()),
        ]
        fields["parts"].choices = [
            (part.key, f"{part.title}: {part.detail}") for part in moving.parts()
        ]

    @property
    def to_county(self) -> County:
        return self.counties[self.cleaned_data["county"]]

    @property
    def signer(self) -> Any:
        only = next(iter(self.guardians))
        return self.guardians[self.cleaned_data.get("guardian", only)]
