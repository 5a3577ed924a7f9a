"""How the history of urgent needs, proofs, prior authorizations and a child's death is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms_portal.audit.presenting import Version, tells
from intake.authorization_states import AuthorizationState
from intake.models import Authorization, Death, Evidence, MissedCall, Requirement, UrgentNeed
from intake.presenters.applying import SaysAll


@tells(Death)
class DeathPresenter(SaysAll):
    noun = gettext_lazy("the death of the child")
    unsaid = ("child", "kept_by", "kept_at", "taken_back_by", "taken_back_at")

    def sentence(self, who: str, version: Version) -> str | None:
        if version.before is None:
            return _("%(who)s wrote down that the child died.") % {"who": who}
        if version.kept.taken_back_at and not version.before.taken_back_at:
            return _("%(who)s took back that the child died: it was an error.") % {"who": who}
        return None


@tells(UrgentNeed)
class UrgentNeedPresenter(SaysAll):
    noun = gettext_lazy("what cannot wait")
    unsaid = ("application", "told_by", "told_at", "answered_by", "answered_at")
    labels = {"worker": gettext_lazy("With")}

    def sentence(self, who: str, version: Version) -> str | None:
        if version.before is None:
            return _("%(who)s told what cannot wait.") % {"who": who}
        if version.kept.answered_at and not version.before.answered_at:
            return _("%(who)s spoke with the family about what cannot wait.") % {"who": who}
        return None


@tells(MissedCall)
class MissedCallPresenter(SaysAll):
    unsaid = ("need", "by", "at", "phone", "outcome", "next_step")

    def sentence(self, who: str, version: Version) -> str | None:
        call = version.kept
        return _(
            "%(who)s called %(phone)s and did not reach the family. %(outcome)s. Next: %(next)s"
        ) % {
            "who": who,
            "phone": call.phone.as_national,
            "outcome": call.get_outcome_display(),
            "next": call.next_step,
        }


@tells(Evidence)
class EvidencePresenter(SaysAll):
    unsaid = ("child", "household", "document", "seen_by", "seen_at", "ended_by", "ended_at")

    def name(self, row: Any) -> str:
        return _("the proof of “%(what)s”") % {"what": row.get_requirement_display()}

    def sentence(self, who: str, version: Version) -> str | None:
        told = {"who": who, "what": Requirement(version.kept.requirement).label}
        if version.before is None:
            return _("%(who)s saw a paper that proves “%(what)s”.") % told
        if version.kept.ended_at and not version.before.ended_at:
            return _("%(who)s said that a paper does not prove “%(what)s”.") % told
        return None


@tells(Authorization)
class AuthorizationPresenter(SaysAll):
    noun = gettext_lazy("a prior authorization")
    unsaid = (
        *("child", "household", "service", "condition"),
        *("requested_by", "requested_at", "decided_by", "decided_at", "closed_by", "closed_at"),
    )
    labels = {"state": gettext_lazy("Where it stands")}
    became = {
        AuthorizationState.APPROVED: gettext_lazy("%(who)s approved “%(what)s”."),
        AuthorizationState.DENIED: gettext_lazy("%(who)s did not approve “%(what)s”."),
        AuthorizationState.WITHDRAWN: gettext_lazy("%(who)s took back the wish for “%(what)s”."),
        AuthorizationState.CANCELLED: gettext_lazy("%(who)s ended the approval of “%(what)s”."),
        AuthorizationState.EXPIRED: gettext_lazy("The approval of “%(what)s” is over."),
    }

    def sentence(self, who: str, version: Version) -> str | None:
        told = {"who": who, "what": version.kept.what}
        if version.before is None:
            return _("%(who)s asked to pay for “%(what)s”.") % told
        became = self.became.get(version.kept.state)
        if became is None or not version.became("state", version.kept.state):
            return None
        return str(became) % told
