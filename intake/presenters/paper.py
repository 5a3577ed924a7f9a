"""How it is told what became of paper that came in."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms_portal.audit.presenting import Version, tells
from intake.models import Envelope, EnvelopeScan, Filing
from intake.paper_states import EnvelopeState
from intake.presenters.applying import SaysAll


@tells(Envelope)
class EnvelopePresenter(SaysAll):
    noun = gettext_lazy("an envelope")
    unsaid = ("start_key", "taken_by", "taken_at", "closed_by", "closed_at", "state")

    def sentence(self, who: str, version: Version) -> str | None:
        told = {"who": who}
        if version.before is None:
            return _("%(who)s took paper in.") % told
        if version.became("state", EnvelopeState.UNMATCHED):
            return _("%(who)s looked and found no child for it.") % told
        if version.became("state", EnvelopeState.FILED):
            return _("%(who)s sorted the last page.") % told
        if version.became("state", EnvelopeState.NOT_OURS):
            return _("%(who)s closed it as not for us.") % told
        if version.became("state", EnvelopeState.TO_SORT):
            return _("%(who)s put it up to be sorted.") % told
        return None


@tells(EnvelopeScan)
class EnvelopeScanPresenter(SaysAll):
    noun = gettext_lazy("a scan of an envelope")
    unsaid = ("envelope", "file", "laid_out_at")


@tells(Filing)
class FilingPresenter(SaysAll):
    noun = gettext_lazy("a paper that came by mail, fax or by hand")
    unsaid = (
        "envelope",
        "pages",
        "document",
        "application",
        "asked",
        "is_by_cover_sheet",
        "filed_by",
        "filed_at",
        "undone_by",
        "undone_at",
    )

    def sentence(self, who: str, version: Version) -> str | None:
        told = {"who": who}
        if version.before is not None:
            return _("%(who)s took back what was filed by mistake.") % told
        if version.kept.is_by_cover_sheet:
            return _("%(who)s filed pages by their cover sheet.") % told
        if version.kept.document_id is None:
            return _("%(who)s set pages aside.") % told
        return _("%(who)s filed pages that came on paper.") % told
