"""Asking for a review, writing one down, and what people do with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms_portal.documents.forms import PapersForm
from cms_portal.ui.fields import MemorableDateField, YesNoField
from cms_portal.ui.forms import PortalForm
from intake.appeal_states import Answer, AppealChannel

LONGEST_REASONS = 1000
SERVICES_LABEL = pgettext_lazy("rights", "What should we look at again?")


class AskForm(PapersForm):
    """A family asks: about which services, why, with which papers, and where to reach it."""

    field_order: tuple[str, ...] = (
        *("services", "narrative", "papers", "name", "address", "phones"),
    )
    services = forms.TypedMultipleChoiceField(
        label=SERVICES_LABEL, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    narrative = forms.CharField(
        label=pgettext_lazy("rights", "Why do you think we are wrong?"),
        help_text=pgettext_lazy(
            "rights", "A few sentences are enough. Say what is not right, or what has changed."
        ),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    name = forms.CharField(label=_("Your name"), max_length=150)
    address = forms.CharField(
        label=_("Where letters reach you"),
        help_text=_("It does not have to be where you live."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    phones = forms.CharField(
        label=_("Phone numbers"),
        help_text=_("Also of somebody who takes messages for you."),
        max_length=100,
    )

    def __init__(self, *args: Any, services: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """`services` are what was refused, by the key of the decision, with its name."""
        super().__init__(*args, is_required=False, **kwargs)
        self.fields["papers"].label = pgettext_lazy("rights", "Photos or files of your papers")
        chosen = self.fields["services"]
        chosen.choices = services
        chosen.initial = [key for key, _name in services]

    def keeps_good_files(self) -> bool:
        """A bad file beside good ones holds up no request; what else is missing does."""
        return set(self.errors) == {"papers"}


class WriteDownForm(AskForm):
    """A worker writes down what came: which way, when, and what it says, as far as it says it."""

    field_order: tuple[str, ...] = (
        *("channel", "received_on", "postmarked_on"),
        *("services", "narrative", "papers", "name", "address", "phones"),
    )
    channel = forms.ChoiceField(label=_("How it came"), widget=forms.RadioSelect)
    received_on = MemorableDateField(label=_("When did it arrive?"))
    postmarked_on = MemorableDateField(
        label=_("Day on the postmark"),
        help_text=_("Of a letter. It decides whether it is in time. Empty if nobody can read it."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        ways: Sequence[tuple[str, str]],
        earliest: date | None,
        on: date,
        **kwargs: Any,
    ) -> None:
        """`ways` are how a request may come here; nothing is older than the notice (`earliest`)."""
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = ways
        for name in ("received_on", "postmarked_on"):
            field = self.fields[name]
            field.latest = on
            field.earliest = earliest or field.earliest
        for name in ("narrative", "name", "address", "phones"):
            self.fields[name].required = False
            self.fields[name].help_text = ""
        self.fields["papers"].label = _("Papers that came with it")
        self.fields["narrative"].label = _("What the family writes")
        self.fields["name"].label = _("Name in the request")
        self.fields["address"].label = _("Address in the request")
        self.fields["services"].label = _("Which services it asks about")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        postmark, arrived = told.get("postmarked_on"), told.get("received_on")
        if postmark and told.get("channel") not in (None, AppealChannel.MAIL):
            self.add_error("postmarked_on", _("Only a letter has a postmark."))
        elif postmark and arrived and arrived < postmark:
            self.add_error("received_on", _("It cannot arrive before the day on the postmark."))
        return told


class AddForm(PapersForm):
    """Something more for a review: a paper, or words; one of the two."""

    field_order = ("papers", "words")
    words = forms.CharField(
        label=_("In words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_required=False, **kwargs)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.accepted and not told.get("words") and not self.errors:
            self.add_error("papers", _("Add a photo or a file, or tell us in words."))
        return told


class WithdrawForm(PortalForm):
    """A family need not say why; a worker says who told them, and how."""

    words = forms.CharField(
        label=_("Why? You need not say."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, by_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_staff:
            self.fields["words"].required = True
            self.fields["words"].label = _("Who told you, and how?")


class ScreenForm(PortalForm):
    """A person says whether a request is in time and complete, and whether it is taken up."""

    is_timely = YesNoField(label=_("Does it count as in time?"))
    is_complete = YesNoField(
        label=_("Is it complete?"),
        help_text=_("Name, address, telephone numbers, and a few sentences why."),
    )
    takes_up = YesNoField(
        label=_("Do we take it up?"),
        help_text=_("No is final, and the family gets your reason in a letter."),
    )
    words = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, reads: str, **kwargs: Any) -> None:
        """`reads` names the language of the family's letters."""
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = _(
            "Needed unless all three are yes. If we do not take it up, the family reads it, in %(language)s."
        ) % {"language": reads}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        names = ("is_timely", "is_complete", "takes_up")
        said_no = any(told.get(name) is False for name in names)
        if said_no and not told.get("words", "").strip():
            self.add_error("words", _("Say why, in a sentence that others can follow."))
        return told


class CommitteeForm(PortalForm):
    """Who reads for the committee."""

    members = forms.TypedMultipleChoiceField(
        label=_("Who looks at it again?"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, people: Sequence[tuple[int, str]], needed: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needed = needed
        self.fields["members"].choices = people
        self.fields["members"].help_text = _(
            "At least %(number)s people. Whoever decided or countersigned is not in this list."
        ) % {"number": needed}

    def clean_members(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["members"]
        if len(chosen) < self.needed:
            words = _("Choose at least %(number)s people.") % {"number": self.needed}
            raise forms.ValidationError(words)
        return chosen


class AskMoreForm(PortalForm):
    """What the committee still wants to see, and by when."""

    words = forms.CharField(
        label=_("What should the family send?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = MemorableDateField(label=_("By which day?"))

    def __init__(self, *args: Any, reads: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = _("The family reads this, in %(language)s.") % {
            "language": reads
        }
        self.fields["due_on"].earliest = on + timedelta(days=1)


class ServiceAnswerForm(PortalForm):
    """The committee's answer on one service."""

    answer = forms.ChoiceField(choices=Answer.choices, widget=forms.RadioSelect)
    reasons = forms.CharField(max_length=LONGEST_REASONS, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, service: str, reads: str, **kwargs: Any) -> None:
        """`service` is its name, by which an error tells one service's answer from another's."""
        super().__init__(*args, **kwargs)
        named = {"service": service}
        self.fields["answer"].label = pgettext_lazy("appeal", "Answer: %(service)s") % named
        self.fields["reasons"].label = _("Reasons: %(service)s") % named
        self.fields["reasons"].help_text = _("The family reads this, in %(language)s.") % {
            "language": reads
        }


class AnswerForm(PortalForm):
    """What the answers rest on, and the signature."""

    papers = forms.TypedMultipleChoiceField(
        label=_("Papers the answer rests on"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    facts_used = forms.CharField(
        label=_("Facts the answer rests on"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    words = forms.CharField(
        label=_("Anything else to say"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    signed_name = forms.CharField(
        label=_("Sign with your full name"),
        help_text=_("You sign for the committee. It is the agency’s last word."),
        max_length=150,
    )

    def __init__(
        self, *args: Any, papers: Sequence[tuple[int, str]], reads: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].choices = papers
        if not papers:
            del self.fields["papers"]
        for name in ("facts_used", "words"):
            self.fields[name].help_text = _("The family reads this, in %(language)s.") % {
                "language": reads
            }
