"""Taking in what came on paper."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib import messages as notes
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import PermittedPage
from cms_portal.documents.holding import given_back, hold
from intake.actions import paper_mail
from intake.forms.taking_in import TakeInForm, Waiting
from intake.models import Envelope
from intake.policies import offices_that_sort


class TakeIn(PermittedPage):
    """One envelope, fax, scan or delivery, on one page."""

    template_name = "intake/take_in_paper.html"
    permission = Permission.PAPER_SORT

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.offices = offices_that_sort(self.user)
        if not self.offices:
            raise PermissionDenied

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(form=self.make_form(initial={"start_key": uuid.uuid4()}))

    def make_form(self, *args: Any, **options: Any) -> TakeInForm:
        return TakeInForm(
            *args, offices=self.offices, today=self._today(), waiting=self._waiting(), **options
        )

    def _waiting(self) -> Waiting:
        """Return what this worker chose in earlier tries of this form, but for what is left out now."""
        told, by = self.request.POST, self.user
        return Waiting(
            *(
                given_back(told.getlist("held"), form=one, by=by)
                for one in _fields(told.get("start_key"))
            )
        )

    def _today(self) -> date:
        return min(programs.get(office.program).today() for office in self.offices)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep the good files; what is wrong with the others is said on the envelope's page."""
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid() and not form.only_files_are_at_fault:
            return self.answer(status=422, form=self._hold(form))
        envelope = self._take_in(form)
        say_what_was_not_kept(request, form)
        notes.success(request, _("Taken in. Its pages appear here as soon as they are checked."))
        return redirect(envelope)

    def _hold(self, form: TakeInForm) -> TakeInForm:
        """Keep the good files for the next try; one that was chosen again takes the place of its first."""
        papers, photos = _fields(self.request.POST.get("start_key"))
        form.show_held(
            Waiting(
                [*form.still_waiting, *hold(form.accepted, form=papers, by=self.user)],
                [
                    *form.photos_still_waiting,
                    *hold(form.accepted_photos, form=photos, by=self.user),
                ],
            )
        )
        return form

    def _take_in(self, form: TakeInForm) -> Envelope:
        told = form.cleaned_data
        return paper_mail.take_in(
            office=told["office"],
            start_key=told["start_key"],
            came_by=told["came_by"],
            received_on=told["received_on"],
            postmarked_on=told["postmarked_on"],
            files=[*form.still_waiting, *form.accepted],
            envelope_photos=[*form.photos_still_waiting, *form.accepted_photos],
            note=told["note"],
            by=self.user,
            at=timezone.now(),
        )


def _fields(start_key: str | None) -> tuple[str, str]:
    """Return how the two fields for files of one form are told apart from those of any other."""
    return f"{start_key}:papers", f"{start_key}:photos"


def say_what_was_not_kept(request: HttpRequest, form: Any) -> None:
    """Say of each file at fault what was wrong with it."""
    for name in ("papers", "photos"):
        for fault in form.errors.get(name, []):
            notes.error(request, fault)
