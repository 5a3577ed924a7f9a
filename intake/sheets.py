"""An envelope as its page shows it: its files, its pages, what they were filed as."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms_portal.access.roles import Permission
from cms_portal.accounts.models import User
from cms_portal.documents.models import FilePage, FileState
from cms_portal.documents.policies import DOCUMENTS
from cms_portal.documents.presenters import TAGS
from intake.cover_sheets import Verdict, verdict_on
from intake.inbox import pages_of
from intake.models import Envelope, EnvelopeScan
from intake.page_ranges import in_words

WHY_NOT_FILED = {
    Verdict.GOOD: gettext_lazy("Page %(page)d is a cover sheet, with no page behind it."),
    Verdict.UNKNOWN: gettext_lazy("Page %(page)d is a cover sheet that we do not know."),
    Verdict.OVER: gettext_lazy(
        "Page %(page)d is a cover sheet that is no longer in use: what it asked for is settled."
    ),
}


def scans_of(envelope: Envelope, hidden: set[int]) -> list[dict[str, Any]]:
    """Return the files of an envelope, each with its state and, where it cannot be used, why.

    A file with a page out of a worker's sight is named, and leads nowhere.
    """
    shut = set(FilePage.objects.filter(pk__in=hidden).values_list("file", flat=True))
    scans = envelope.scans.order_by("shows_envelope", "pk").select_related("file")
    return [
        _scan(envelope, number, scan, is_shut=scan.file_id in shut)
        for number, scan in enumerate(scans, start=1)
    ]


def _scan(envelope: Envelope, number: int, scan: EnvelopeScan, *, is_shut: bool) -> dict[str, Any]:
    file = scan.file
    may_open = file.state == FileState.AVAILABLE and not is_shut
    name = _("Picture of the envelope") if scan.shows_envelope else _("File %(number)s")
    why_not = file.refusal
    if scan.is_unreadable:
        why_not = _("Its pages cannot be shown. Open the file, and scan the paper again.")
    return {
        "name": name % {"number": number} if "%" in name else name,
        "state": "late" if scan.is_unreadable else TAGS[FileState(file.state)],
        "state_label": file.get_state_display(),
        "size": file.size,
        "refusal": why_not,
        "url": reverse("intake:envelope_file", args=[envelope.pk, scan.pk]) if may_open else "",
    }


def out_of_sight(envelope: Envelope, user: User) -> set[int]:
    """Return the keys of the pages that are filed as a paper which this worker may not read.

    A cover sheet files also for a child whom another office serves.
    """
    read: Any = DOCUMENTS.rows(user, Permission.DOCUMENT_VIEW)
    filed = envelope.filings.standing().exclude(document=None)
    lists = filed.exclude(document__in=read.values("pk")).values_list("pages", flat=True)
    return {key for keys in lists for key in keys}


def filings_of(envelope: Envelope, hidden: set[int]) -> list[dict[str, Any]]:
    """Return what was filed and set aside, with its pages in words, and whether the worker may read it."""
    numbers = {page.pk: number for number, page in enumerate(pages_of(envelope), start=1)}
    standing = envelope.filings.standing().select_related(
        "document__child", "application", "asked", "filed_by"
    )
    return [
        {
            "filing": one,
            "called": _called([numbers[key] for key in one.pages]),
            "is_hidden": not hidden.isdisjoint(one.pages),
        }
        for one in standing
    ]


def _called(pages: list[int]) -> str:
    words = ngettext("Page {pages}", "Pages {pages}", len(pages))
    return words.format(pages=in_words(pages))


def sheets_of(
    envelope: Envelope, pages: list[FilePage], filed: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return each page with its pictures and what became of it."""
    where = {key: one for one in filed for key in one["filing"].pages}
    return [
        {
            "number": number,
            "url": reverse("intake:envelope_page", args=[envelope.pk, page.pk]),
            "small": reverse("intake:envelope_page_small", args=[envelope.pk, page.pk]),
            "became": _became(where.get(page.pk)),
            "is_sorted": page.pk in where,
            "is_hidden": page.pk in where and where[page.pk]["is_hidden"],
            "is_cover": bool(page.code),
        }
        for number, page in enumerate(pages, start=1)
    ]


def _became(filed: dict[str, Any] | None) -> str:
    if filed is None:
        return ""
    if filed["is_hidden"]:
        return _("Another office’s")
    filing = filed["filing"]
    return filing.document.child.full_name if filing.document else _("Set aside")


def covers_in_words(envelope: Envelope, pages: list[FilePage], left: set[int]) -> list[str]:
    """Say of each cover sheet that is still to sort why it filed nothing."""
    return [
        str(WHY_NOT_FILED[verdict_on(page.code, envelope)[0]] % {"page": number})
        for number, page in enumerate(pages, start=1)
        if page.code and page.pk in left
    ]
