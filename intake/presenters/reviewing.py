"""How a review of a refusal is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms_portal.accounts.models import UserKind
from cms_portal.audit.presenting import Version, tells
from eligibility.catalogue import service_name
from intake.appeal_states import AppealState
from intake.models import (
    Appeal,
    AppealedService,
    AppealEvidence,
    AppealPart,
    AppealQuestion,
    CommitteeSeat,
    EvidencePack,
)
from intake.presenters.applying import SaysAll

BECAME = {
    AppealState.SCREENED: gettext_lazy("%(who)s took up review %(number)s."),
    AppealState.UNDER_REVIEW: gettext_lazy("%(who)s gave review %(number)s to the committee."),
    AppealState.INFO_REQUESTED: gettext_lazy("%(who)s asked for more in review %(number)s."),
    AppealState.DECIDED: gettext_lazy("%(who)s signed the answer to review %(number)s."),
    AppealState.CLOSED: gettext_lazy("%(who)s closed review %(number)s."),
    AppealState.WITHDRAWN: gettext_lazy("%(who)s took back review %(number)s."),
}


@tells(Appeal)
class AppealPresenter(SaysAll):
    unsaid = (
        *("number", "application", "notice", "took_part", "kept_by", "kept_at", "address"),
        *("screened_by", "screened_at", "decided_by", "decided_at", "closed_by", "closed_at"),
        *("withdrawn_by", "withdrawn_at"),
    )

    def name(self, row: Any) -> str:
        return _("review %(number)s") % {"number": row.number}

    def sentence(self, who: str, version: Version) -> str | None:
        told = {"who": who, "number": version.kept.number}
        if version.before is None:
            return _("%(who)s kept a request for a review, %(number)s.") % told
        for state, sentence in BECAME.items():
            if version.became("state", state):
                return str(sentence) % told
        return None


@tells(AppealedService)
class AppealedServicePresenter(SaysAll):
    unsaid = ("appeal", "decision", "granted")

    def name(self, row: Any) -> str:
        decision = row.decision
        return _("the review of %(service)s") % {
            "service": service_name(decision.determination.program, decision.service)
        }


@tells(AppealQuestion)
class AppealQuestionPresenter(SaysAll):
    noun = gettext_lazy("a question of the committee")
    unsaid = ("appeal", "asked_by", "asked_at")


@tells(AppealPart)
class AppealPartPresenter(SaysAll):
    noun = gettext_lazy("something sent for a review")
    unsaid = ("appeal", "question", "document", "sent_by", "sent_at")


@tells(CommitteeSeat)
class CommitteeSeatPresenter(SaysAll):
    noun = gettext_lazy("a seat in a committee")
    unsaid = ("appeal", "took_part", "named_by", "named_at", "left_by")

    def sentence(self, who: str, version: Version) -> str | None:
        row: Any = version.row
        told = {"who": who, "name": row.member.name}
        if version.before is None:
            return _("%(who)s named %(name)s for the committee.") % told
        if row.left_by and row.left_by.kind == UserKind.SYSTEM:
            return (
                _("%(name)s left the committee: they took part in what is asked about, too.") % told
            )
        return _("%(who)s named somebody else in place of %(name)s.") % told


@tells(AppealEvidence)
class AppealEvidencePresenter(SaysAll):
    noun = gettext_lazy("a paper the committee relied on")
    unsaid = ("appeal", "document")


@tells(EvidencePack)
class EvidencePackPresenter(SaysAll):
    noun = gettext_lazy("the pack for the committee")
    unsaid = ("appeal", "stored_as", "size", "sha256", "made_by", "made_at")
