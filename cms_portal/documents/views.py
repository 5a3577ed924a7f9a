"""Looking at papers, opening a file, taking a paper back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, FamilyPage, ObjectPage
from cms_portal.audit.actions import note_access_to_told
from cms_portal.audit.models import AccessEvent
from cms_portal.documents import actions
from cms_portal.documents.handing_out import handed_out
from cms_portal.documents.models import Document, DocumentFile
from cms_portal.documents.policies import DOCUMENTS, FILES
from cms_portal.documents.presenters import papers
from cms_portal.families.actions import NotAllowedHere


class File(ObjectPage):
    """Hands out one checked file; each time somebody opens one is kept."""

    policy, permission = FILES, Permission.DOCUMENT_VIEW
    child_of, household_of = "document__child", "document__household"
    look = AccessEvent.Action.DOWNLOAD

    def rows(self) -> models.QuerySet:
        return DocumentFile.objects.available().select_related(
            "document__child", "document__household"
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        file = self.object
        return handed_out(  # type: ignore[return-value]
            default_storage.open(file.stored_as),
            name=f"paper-{file.pk}",
            content_type=file.content_type,
        )


class Mine(FamilyPage):
    """The papers that a family gave us, each with what became of it."""

    permission = Permission.DOCUMENT_VIEW
    template_name = "documents/mine.html"

    def page(self, **more: Any) -> dict[str, Any]:
        documents = list(
            Document.objects.filter(pk__in=DOCUMENTS.rows(self.user, Permission.DOCUMENT_VIEW))
            .kept()
            .select_related("child")
            .prefetch_related("files")
            .newest_first()
        )
        self.dress_as(document.program for document in documents)
        note_access_to_told(by=self.user, page="documents:mine", rows=documents)
        return {"papers": papers(documents), **more}


class Withdraw(ActionView):
    """Takes a paper back."""

    policy, permission = DOCUMENTS, Permission.DOCUMENT_ADD

    def rows(self) -> models.QuerySet:
        return Document.objects.select_related("child")

    def act(self, document: Document) -> HttpResponse:
        try:
            actions.withdraw(
                document=document,
                by=self.user,
                at=timezone.now(),
            )
        except NotAllowedHere:
            messages.error(
                self.request,
                _("This paper shows who speaks for the child. Call us if it is no longer right."),
            )
        else:
            messages.success(self.request, _("You took this paper back. We no longer use it."))
        return redirect("documents:mine")
