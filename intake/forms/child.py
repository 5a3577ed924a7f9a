"""The child: the name used at home, and what nobody has to say; and what a condition brings with it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.families.models.words import Ethnicity, Race, Sex
from cms_portal.ui.fields import YesNoUnsureField
from cms_portal.ui.forms import PortalForm
from intake.forms.asking import AboutChildForm

HISPANIC = Ethnicity.HISPANIC.value


class ChildForm(AboutChildForm):
    why: ClassVar = {
        "sex": _("Some tests and papers go by it. You do not have to say."),
        "background": _(
            "It helps to see whether everybody is served alike. It proves nothing and changes "
            "nothing about what you get."
        ),
        "tribe": _("There may be more help from your tribe, nation or pueblo. It proves nothing."),
    }
    preferred_name = forms.CharField(
        label=_("Name used at home"),
        max_length=80,
        required=False,
        help_text=_("If it is another than {child}."),
    )
    sex = forms.ChoiceField(
        label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect, required=False
    )
    background = forms.MultipleChoiceField(
        label=_("Race and background"),
        choices=[(HISPANIC, Ethnicity.HISPANIC.label), *Race.choices],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose all that fit, or none."),
    )
    tribe = forms.CharField(label=_("Tribe, nation or pueblo"), max_length=100, required=False)


class QuestionsForm(PortalForm):
    """Questions with yes, no or not sure, in a program's own words."""

    def __init__(self, *args: Any, questions: dict[str, str], **kwargs: Any):
        self.questions = questions
        super().__init__(*args, **kwargs)

    def _prepare(self) -> None:
        for name, question in self.questions.items():
            if name not in self.fields:
                self.fields[name] = YesNoUnsureField(label=question)
        super()._prepare()
