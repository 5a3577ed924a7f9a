"""One envelope: its pages, and where each of them goes."""

from __future__ import annotations

import io
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages as notes
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage, ObjectPage
from cms_portal.audit.actions import note_access_to_many, note_access_to_told
from cms_portal.audit.models import AccessEvent
from cms_portal.documents import pages as pictures
from cms_portal.documents.content import Kind
from cms_portal.documents.handing_out import handed_out
from cms_portal.documents.models import Document, FilePage, FileState
from cms_portal.families.actions import NotAllowedHere
from intake import paper_rows
from intake.actions import filing
from intake.forms.paper_mail import ASIDE, SortForm
from intake.inbox import pages_of, sorted_keys
from intake.models import Envelope, EnvelopeScan
from intake.paper_states import EnvelopeState
from intake.paper_targets import Found, look_for
from intake.policies import ENVELOPES
from intake.sheets import covers_in_words, filings_of, out_of_sight, scans_of, sheets_of

SMALL = 480


class EnvelopePage(ObjectPage):
    """A page about one envelope, for the office it came to."""

    policy, permission = ENVELOPES, Permission.PAPER_SORT
    child_of = None

    def rows(self) -> Any:
        return Envelope.objects.select_related("office", "taken_by", "closed_by")

    @property
    def envelope(self) -> Envelope:
        return self.object

    @cached_property
    def hidden(self) -> set[int]:
        return out_of_sight(self.envelope, self.user)

    def say_it_changed(self) -> HttpResponse:
        notes.error(self.request, _("Somebody sorted some of it meanwhile. Look again."))
        return redirect(self.envelope)


class Sort(EnvelopePage, FormPage):
    """The pages of an envelope, what became of them, and the next paper to file."""

    template_name = "intake/envelope.html"
    form_class = SortForm

    @cached_property
    def pages(self) -> list[FilePage]:
        return list(pages_of(self.envelope))

    @cached_property
    def free(self) -> dict[int, int]:
        """The keys of the pages still to sort, by their number among all."""
        done = sorted_keys(self.envelope)
        numbered = enumerate(self.pages, start=1)
        return {number: page.pk for number, page in numbered if page.pk not in done}

    @cached_property
    def found(self) -> Found:
        """What is found for what a worker looks for; at first for the code of a cover sheet."""
        words = self.request.POST.get("look_for", self._code_left)
        program = programs.get(self.envelope.program)
        found = look_for(
            words,
            envelope=self.envelope,
            user=self.user,
            on=program.today(),
        )
        note_access_to_many(
            by=self.user,
            page="intake:envelope",
            children=found.children,
            action=AccessEvent.Action.SEARCH,
        )
        return found

    @cached_property
    def _code_left(self) -> str:
        left = set(self.free.values())
        return next((page.code for page in self.pages if page.code and page.pk in left), "")

    def form_arguments(self) -> dict[str, Any]:
        return {"free": self.free, "among": len(self.pages), "choices": self.found.choices}

    def make_form(self) -> SortForm:
        if self.request.method == "POST" and "look" not in self.request.POST:
            form: SortForm = super().make_form()
            return form
        typed = {name: self.request.POST[name] for name in self.request.POST}
        return SortForm(initial={"look_for": self._code_left} | typed, **self.form_arguments())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self._can_be_sorted:
            return self.say_it_changed()
        if "look" in request.POST:
            self.note_who_looked()
            return self.answer(form=self.make_form(), has_looked=True)
        return super().post(request, **kwargs)

    @property
    def _can_be_sorted(self) -> bool:
        return self.envelope.state in (EnvelopeState.TO_SORT, EnvelopeState.UNMATCHED)

    def act(self, form: SortForm) -> HttpResponse:
        told = form.cleaned_data
        who: Any = {"envelope": self.envelope, "by": self.user, "at": timezone.now()}
        try:
            if told["target"] == ASIDE:
                filing.set_aside(pages=told["pages"], **who)
            else:
                target = self.found.target(told["target"])
                filing.file_pages(pages=told["pages"], target=target, kind=told["kind"], **who)
        except (filing.PagesTaken, filing.WrongHome, NotAllowedHere):
            return self.say_it_changed()
        self.envelope.refresh_from_db()
        is_closed = self.envelope.state == EnvelopeState.FILED
        notes.success(
            self.request, _("Filed. That was the last page.") if is_closed else _("Kept.")
        )
        return redirect("intake:inbox") if is_closed else redirect(self.envelope)

    def page(self, **more: Any) -> dict[str, Any]:
        filed = filings_of(self.envelope, self.hidden)
        note_access_to_told(
            by=self.user,
            page="intake:envelope",
            rows=[
                one["filing"].document
                for one in filed
                if one["filing"].document and not one["is_hidden"]
            ],
            action=AccessEvent.Action.VIEW,
        )
        today = programs.get(self.envelope.program).today()
        return super().page(
            **{
                "envelope": self.envelope,
                "tag": paper_rows.tag_of(self.envelope, today),
                "age": self.envelope.age(today),
                "sort_by": paper_rows.sort_by(self.envelope),
                "is_late": paper_rows.is_late(self.envelope, today),
                "scans": scans_of(self.envelope, self.hidden),
                "sheets": sheets_of(self.envelope, self.pages, filed),
                "covers": covers_in_words(self.envelope, self.pages, set(self.free.values())),
                "filings": filed,
                "can_be_sorted": self._can_be_sorted,
                "has_pages_left": bool(self.free),
                "is_partly_filed": any(one["filing"].document for one in filed),
                "elsewhere": self.found.elsewhere if self._can_be_sorted else [],
                "nothing_found": not self.found.homes,
            }
            | more
        )


class OnePage(EnvelopePage):
    """The picture of one page. Once it is filed with a child, that child's record tells who looked."""

    is_small: ClassVar[bool] = False

    def load(self, **kwargs: Any) -> None:
        pages = FilePage.objects.filter(file__envelope_scan__envelope=kwargs["pk"])
        found = pages.filter(pk=kwargs["page"]).first()
        if found is None:
            raise Http404
        self.picture: FilePage = found
        super().load(**kwargs)
        if found.pk in self.hidden:
            raise Http404

    @cached_property
    def paper(self) -> Document | None:
        filed = self.envelope.filings.standing().filter(pages__contains=[self.picture.pk])
        found = filed.select_related("document__child").first()
        return found.document if found else None

    @property
    def child(self) -> Any:
        return self.paper.child if self.paper else None

    @property
    def household_id(self) -> int | None:
        return self.paper.household_id if self.paper else None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        content: Any = (
            io.BytesIO(pictures.small(self.picture, SMALL))
            if self.is_small
            else default_storage.open(self.picture.stored_as)
        )
        name = f"page-{self.picture.pk}"
        return handed_out(content, name=name, content_type=Kind.JPEG, to_save=False)  # type: ignore[return-value]


class OneFile(EnvelopePage):
    """One file of an envelope, whole as it came."""

    look = AccessEvent.Action.DOWNLOAD

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        scans = self.envelope.scans.filter(file__state=FileState.AVAILABLE)
        scan: EnvelopeScan | None = scans.select_related("file").filter(pk=kwargs["scan"]).first()
        if scan is None or scan.file.pages.filter(pk__in=self.hidden).exists():
            raise Http404
        return handed_out(  # type: ignore[return-value]
            default_storage.open(scan.file.stored_as),
            name=f"scan-{scan.pk}",
            content_type=scan.file.content_type,
        )
