"""How asking, deciding and being enrolled are told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms_portal.audit.presenting import Version, tells
from eligibility.catalogue import service_name
from intake.asking import ASKS
from intake.models import (
    EnrolledService,
    Enrollment,
    InformationRequest,
    Notice,
    NoticeLine,
    ReviewWish,
)
from intake.presenters.applying import SaysAll
from intake.states import EnrollmentState, RequestState


@tells(InformationRequest)
class InformationRequestPresenter(SaysAll):
    unsaid = ("application", "rule", "services", "asked_by", "asked_at", "closed_by", "closed_at")
    labels = {"state": gettext_lazy("Where it stands"), "reminded_at": gettext_lazy("Reminded")}

    def name(self, row: Any) -> str:
        return _("the request “%(what)s”") % {"what": _what(row)}

    def sentence(self, who: str, version: Version) -> str | None:
        told = {"who": who, "what": _what(version.row)}
        if version.before is None:
            return _("%(who)s asked the family: %(what)s.") % told
        if version.became("state", RequestState.ANSWERED):
            return _("%(who)s answered: %(what)s.") % told
        if version.became("state", RequestState.NOT_RECEIVED):
            return _("%(who)s closed, as it did not come: %(what)s.") % told
        return None


def _what(row: Any) -> str:
    return str(ASKS[row.rule].what) if row.rule in ASKS else str(row.rule)


@tells(Notice)
class NoticePresenter(SaysAll):
    noun = gettext_lazy("a notice")
    unsaid = ("application", "message", "sent_by", "sent_at")

    def sentence(self, who: str, version: Version) -> str | None:
        return _("%(who)s sent the family a notice of decisions.") % {"who": who}


@tells(NoticeLine)
class NoticeLinePresenter(SaysAll):
    unsaid = ("notice", "decision")

    def name(self, row: Any) -> str:
        decision = row.decision
        return _("what the notice says of %(service)s") % {
            "service": service_name(decision.determination.program, decision.service)
        }


@tells(Enrollment)
class EnrollmentPresenter(SaysAll):
    noun = gettext_lazy("the enrollment")
    unsaid = ("child", "household", "application", "ended_by", "ended_at", "review_wish")
    labels = {"state": gettext_lazy("Where it stands")}

    def sentence(self, who: str, version: Version) -> str | None:
        if version.before is None:
            return _("%(who)s enrolled the child.") % {"who": who}
        if version.became("state", EnrollmentState.ENDED):
            return _ended(version.kept.review_wish) % {"who": who}
        if (
            version.became("state", EnrollmentState.ACTIVE)
            and version.before.state == EnrollmentState.ENDED
        ):
            return _("%(who)s enrolled the child again.") % {"who": who}
        if version.became("state", EnrollmentState.PAUSED):
            return _("%(who)s paused the enrollment.") % {"who": who}
        return None


def _ended(review_wish: str) -> str:
    """Return how it ended, and what a family that left wished for its open review."""
    if review_wish == ReviewWish.GO_ON:
        return _("%(who)s ended the enrollment. The open review goes on.")
    if review_wish == ReviewWish.TAKE_BACK:
        return _("%(who)s ended the enrollment, and took the open review back.")
    return _("%(who)s ended the enrollment.")


@tells(EnrolledService)
class EnrolledServicePresenter(SaysAll):
    unsaid = ("enrollment", "decision", "service")

    def name(self, row: Any) -> str:
        return service_name(row.enrollment.program, row.service)
