"""Giving us papers: several photos for each, straight from the camera, and no script needed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cms_portal.documents.content import HEAD, kind_of
from cms_portal.documents.limits import MOST_BYTES, MOST_FILES
from cms_portal.ui.fields import MEGABYTE, SeveralFilesField
from cms_portal.ui.forms import PortalForm

LONGEST_NAME = 60


class PapersField(SeveralFilesField):
    """Files of one paper, each looked at by itself: one bad file does not lose the others."""

    default_error_messages = {
        "no_paper": _("“%(name)s” is not a photo or a PDF. Take a photo of the paper instead."),
        "one_too_many": _("“%(name)s” was not kept: one paper holds at most %(limit)d files."),
    }

    def __init__(self, **options: Any):
        super().__init__(most_files=MOST_FILES, most_megabytes=MOST_BYTES // MEGABYTE, **options)

    def sort(self, files: list[UploadedFile], room: int) -> tuple[list[UploadedFile], list[Any]]:
        """Return the files to keep, at most `room`, and a ValidationError for each of the others."""
        kept: list[UploadedFile] = []
        faults: list[ValidationError] = []
        for file in files:
            try:
                self._look_at(file, has_room=len(kept) < room)
            except ValidationError as fault:
                faults.append(fault)
            else:
                kept.append(file)
        return kept, faults

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = list(data or [])
        if not files and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return files

    def _look_at(self, file: UploadedFile, *, has_room: bool) -> None:
        name = file.name or ""
        file.name = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
        self._check(file)
        if kind_of(file.read(HEAD)) is None:
            self._refuse("no_paper", name=file.name)
        if not has_room:
            self._refuse("one_too_many", name=file.name, limit=self.most_files)
        file.seek(0)


class PapersForm(PortalForm):
    """The files of one paper. `accepted` are those to receive, also when others had faults.

    `already` is how many files the paper has, when more are added to it.
    """

    papers = PapersField(
        label=_("Photos or files of the paper"),
        help_text=_("A photo is fine. JPEG, PNG, HEIC or PDF, up to 10 MB each, at most 30."),
        error_messages={"required": _("Take a photo of the paper, or choose a file.")},
    )

    def __init__(self, *arguments: Any, already: int = 0, is_required: bool = True, **options: Any):
        super().__init__(*arguments, **options)
        self.already = already
        self.accepted: list[UploadedFile] = []
        self.fields["papers"].required = is_required

    def clean_papers(self) -> list[UploadedFile]:
        field = self.fields["papers"]
        room = max(MOST_FILES - self.already, 0)
        self.accepted, faults = field.sort(self.cleaned_data["papers"], room)
        if faults:
            raise ValidationError(faults)
        return self.accepted

    def keeps_good_files(self) -> bool:
        """Say whether the page keeps the good files although something else is wrong."""
        return True

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.accepted and ("papers" in self.errors or not self._loses_nothing()):
            self.add_error("papers", self._what_became_of_the_files())

    def _loses_nothing(self) -> bool:
        return not self.errors or self.keeps_good_files()

    def _what_became_of_the_files(self) -> str:
        # A browser never fills in files again.
        if not self.keeps_good_files():
            return gettext("Choose your photos or files again: they are not kept yet.")
        return ngettext(
            "We have your other file. Send only what is missing.",
            "We have your other {count} files. Send only what is missing.",
            len(self.accepted),
        ).format(count=len(self.accepted))
