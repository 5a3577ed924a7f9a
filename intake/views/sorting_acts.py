"""What else can be done with an envelope: given on, left unmatched, closed, scanned again, undone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms_portal.access.views import ActionView, FormPage
from cms_portal.documents.forms import PapersForm
from cms_portal.families.actions import NotAllowedHere
from intake.actions import filing, paper_mail
from intake.forms.paper_mail import GiveOnForm, NoteForm, NotForUsForm
from intake.models import Envelope
from intake.states import WrongMove
from intake.views.sorting import EnvelopePage
from intake.views.taking_in import say_what_was_not_kept


class EnvelopeAct(EnvelopePage, FormPage):
    """A form about one envelope; what somebody else did meanwhile is said, and changes nothing."""

    template_name = "intake/envelope_act.html"
    heading: ClassVar[Any]
    says: ClassVar[Any] = ""
    button: ClassVar[Any]

    def page(self, **more: Any) -> dict[str, Any]:
        words = {"heading": self.heading, "says": self.says, "button": self.button}
        return super().page(envelope=self.envelope, **words, **more)

    def act(self, form: Any) -> HttpResponse:
        who: Any = {"envelope": self.envelope, "by": self.user}
        try:
            self.do(form, who)
        except (WrongMove, NotAllowedHere):
            return self.say_it_changed()
        return redirect(self.where_next())

    def do(self, form: Any, who: Any) -> None:
        raise AssertionError(f"{type(self).__name__} says what its form does in do()")

    def where_next(self) -> Any:
        return self.envelope


class ActOnEnvelope(EnvelopePage, ActionView):
    """A button of one envelope."""

    def act(self, obj: Envelope) -> HttpResponse:
        try:
            self.do({"by": self.user, "at": timezone.now()})
        except (WrongMove, NotAllowedHere):
            return self.say_it_changed()
        return redirect(obj)

    def do(self, who: Any) -> None:
        raise AssertionError(f"{type(self).__name__} says what its button does in do()")


class LeaveUnmatched(EnvelopeAct):
    """Nobody was found for what is left: it stays in the inbox, with its age."""

    form_class = NoteForm
    heading = gettext_lazy("No child found")
    says = gettext_lazy("It stays in the inbox with its age, and anybody can look again.")
    button = gettext_lazy("Leave it unmatched")

    def do(self, form: NoteForm, who: Any) -> None:
        paper_mail.leave_unmatched(note=form.cleaned_data["note"], at=timezone.now(), **who)

    def where_next(self) -> Any:
        return "intake:inbox"


class NotForUs(EnvelopeAct):
    """It is somebody else's mail: what became of it."""

    form_class = NotForUsForm
    heading = gettext_lazy("Not for us")
    says = gettext_lazy(
        "It leaves the inbox. You find it under “What is sorted”, and can sort it again."
    )
    button = gettext_lazy("Close it as not for us")

    def do(self, form: NotForUsForm, who: Any) -> None:
        paper_mail.mark_not_ours(note=form.cleaned_data["note"], at=timezone.now(), **who)

    def where_next(self) -> Any:
        return "intake:inbox"


class GiveOn(EnvelopeAct):
    """Another office of the program sorts it."""

    form_class = GiveOnForm
    heading = ""
    button = gettext_lazy("Give it to this office")

    def form_arguments(self) -> dict[str, Any]:
        return {"envelope": self.envelope}

    def do(self, form: GiveOnForm, who: Any) -> None:
        office = form.cleaned_data["office"]
        paper_mail.hand_over(office=office, **who)
        notes.success(self.request, _("%(office)s has it now.") % {"office": office})

    def where_next(self) -> Any:
        return "intake:inbox"


class AddScans(EnvelopeAct):
    """What was scanned again, or forgotten."""

    form_class = PapersForm
    heading = gettext_lazy("Add a scan")
    button = gettext_lazy("Add it")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep the good files; a bad one beside them does not lose them."""
        form = self.make_form()
        form.is_valid()
        if not form.accepted:
            self.note_who_looked()
            return self.answer(status=422, form=form)
        say_what_was_not_kept(request, form)
        return self.act(form)

    def do(self, form: PapersForm, who: Any) -> None:
        paper_mail.add_scans(files=form.accepted, at=timezone.now(), **who)


class Finish(ActOnEnvelope):
    """All that could be used is sorted."""

    def do(self, who: Any) -> None:
        paper_mail.finish(envelope=self.envelope, **who)


class SortAgain(ActOnEnvelope):
    """What was closed as not for us is looked at again."""

    def do(self, who: Any) -> None:
        paper_mail.sort_again(envelope=self.envelope, **who)


class Undo(EnvelopePage, ActionView):
    """What was filed with the wrong child is taken back at once, by whoever may read it there."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = self.envelope.filings.filter(pk=kwargs["filing"]).first()
        if found is None or not self.hidden.isdisjoint(found.pages):
            raise Http404
        self.filed = found

    def act(self, obj: Envelope) -> HttpResponse:
        try:
            filing.undo(filing=self.filed, by=self.user, at=timezone.now())
        except NotAllowedHere:
            notes.error(
                self.request,
                _("Somebody’s right to speak for the child rests on this paper. End it first."),
            )
        else:
            notes.success(self.request, _("Taken back. File the pages where they belong."))
        return redirect(obj)
