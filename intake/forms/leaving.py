"""Leaving the program, or being taken off it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms_portal.ui.forms import PortalForm
from intake.actions.enrollments import NOT_BY_HAND
from intake.models import EndReason, ReviewWish

CHOOSE = pgettext_lazy("review", "Choose what becomes of the review.")


class LeaveForm(PortalForm):
    """The family leaves; where a review is open it says what becomes of it, and nothing is chosen before."""

    review_wish = forms.ChoiceField(
        label=pgettext_lazy("review", "What should become of the review?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, child: str, has_review: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if has_review:
            field = self.fields["review_wish"]
            field.choices = _wishes(child)
        else:
            del self.fields["review_wish"]


class EndForm(LeaveForm):
    """Why a worker ends an enrollment, of the reasons that need no act of their own."""

    says_optional = False
    field_order = ("reason", "review_wish")

    reason = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=[one for one in EndReason.choices if one[0] not in NOT_BY_HAND],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if (field := self.fields.get("review_wish")) is not None:
            field.required = False
            field.label = pgettext_lazy(
                "review", "If the family wished it: what does it wish for its open review?"
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        by_family = told.get("reason") == EndReason.FAMILY
        if by_family and "review_wish" in self.fields and told.get("review_wish") == "":
            self.add_error("review_wish", CHOOSE)
        return told


def _wishes(child: str) -> list[tuple[str, str]]:
    go_on = pgettext_lazy(
        "review", "Go on with the review: if the answer is yes, {child} is enrolled again"
    )
    return [
        (ReviewWish.GO_ON.value, str(go_on).format(child=child)),
        (ReviewWish.TAKE_BACK.value, str(pgettext_lazy("review", "Take the review back"))),
    ]
