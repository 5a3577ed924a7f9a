"""How the history of an application is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms_portal.audit.presenting import Presenter, Version, tells
from intake.journeys import STEPS
from intake.models import (
    AddedNumber,
    AnsweredPage,
    Application,
    Assessment,
    Asset,
    ChangeReport,
    ChangeState,
    ConditionReview,
    ContactAttempt,
    Conversation,
    Helper,
    HelpInvitation,
    IncomeLine,
    InformationCall,
    InvitationState,
    Referral,
    ReportedCondition,
    ReviewState,
    Signature,
    Status,
    Visit,
    VisitState,
)
from intake.referral_states import ReferralStatus


class SaysAll(Presenter):
    """The sentence and what changed say it all; the kept reason names the page, for the evidence."""

    def reason(self, version: Version) -> str:
        return ""


@tells(Application)
class ApplicationPresenter(SaysAll):
    unsaid = (
        "start_key",
        "case_key",
        "child",
        "household",
        "submitted_by",
        "submitted_at",
        "decided_by",
        "decided_at",
        "closed_by",
        "closed_at",
        "withdrawn_by",
        "withdrawn_at",
        "started_by",
        "looked_again_at",
    )
    labels = {
        "status": gettext_lazy("Where it stands"),
        "worker": gettext_lazy("With"),
        "answer_due_on": gettext_lazy("Answer by"),
        "waits_for_family_since": gettext_lazy("Waits for the family since"),
    }
    became = {
        Status.SUBMITTED: gettext_lazy("%(who)s sent application %(number)s."),
        Status.IN_REVIEW: gettext_lazy("%(who)s began to review application %(number)s."),
        Status.DECIDED: gettext_lazy(
            "%(who)s told the family the decision on application %(number)s."
        ),
        Status.CLOSED: gettext_lazy("%(who)s closed application %(number)s: papers not received."),
        Status.WITHDRAWN: gettext_lazy("%(who)s withdrew application %(number)s."),
    }

    def name(self, row: Any) -> str:
        return _("application %(number)s") % {"number": row.number}

    def sentence(self, who: str, version: Version) -> str | None:
        told = {"who": who, "number": version.kept.number}
        if version.before is None:
            return _("%(who)s started application %(number)s.") % told
        if version.before.looked_again_at != version.kept.looked_again_at:
            return _("%(who)s opened application %(number)s again, to decide anew.") % told
        became = self.became.get(version.kept.status)
        if became is None or not version.became("status", version.kept.status):
            return None
        return str(became) % told


@tells(Assessment)
class AssessmentPresenter(SaysAll):
    noun = gettext_lazy("the answers")
    unsaid = ("application", "saved_at")


@tells(AnsweredPage)
class AnsweredPagePresenter(SaysAll):
    unsaid = ("application", "step", "said_by", "said_at", "confirmed_by", "confirmed_at")

    def name(self, row: Any) -> str:
        return _("the page “%(page)s”") % {"page": _title(row.step)}

    def sentence(self, who: str, version: Version) -> str | None:
        told = {"who": who, "page": _title(version.kept.step)}
        if version.kept.confirmed_at:
            return _("%(who)s said that the page “%(page)s” still holds.") % told
        return _("%(who)s answered the page “%(page)s”.") % told


def _title(step: str) -> str:
    return str(STEPS[step].title) if step in STEPS else step


@tells(ReportedCondition)
class ConditionPresenter(SaysAll):
    noun = gettext_lazy("a health condition")
    unsaid = ("assessment", "position")


@tells(IncomeLine)
class IncomePresenter(SaysAll):
    noun = gettext_lazy("an income")
    unsaid = ("assessment", "position")


@tells(Asset)
class AssetPresenter(SaysAll):
    noun = gettext_lazy("something the home owns")
    unsaid = ("assessment", "position")


@tells(Helper)
class HelperPresenter(SaysAll):
    unsaid = ("application", "added_by", "user", "starts_on")
    labels = {"ends_on": gettext_lazy("Helps until")}

    def name(self, row: Any) -> str:
        return _("the help of %(name)s") % {"name": row.user}

    def sentence(self, who: str, version: Version) -> str | None:
        row: Any = version.row
        if version.before is None and version.kept.history_user_id == row.user_id:
            return _("%(who)s agreed to help.") % {"who": who}
        if version.before is None:
            return _("%(who)s let %(name)s help.") % {"who": who, "name": row.user}
        return None


@tells(HelpInvitation)
class HelpInvitationPresenter(SaysAll):
    unsaid = ("application", "asked_by", "asked_at", "expires_at", "for_account", "answered_at")
    labels = {"help_ends_on": gettext_lazy("Helps until")}

    def name(self, row: Any) -> str:
        return _("the invitation to %(name)s to help") % {"name": row.name}

    def sentence(self, who: str, version: Version) -> str | None:
        told = {"who": who, "name": version.kept.name}
        if version.before is None:
            return _("%(who)s asked %(name)s to help.") % told
        if version.became("state", InvitationState.ACCEPTED):
            return _("%(who)s accepted the invitation to help.") % told
        if version.became("state", InvitationState.DECLINED):
            return _("%(who)s declined the invitation to help.") % told
        if version.became("state", InvitationState.TAKEN_BACK):
            return _("%(who)s took back the invitation to %(name)s.") % told
        return None


@tells(ConditionReview)
class ConditionReviewPresenter(SaysAll):
    """In a sentence nobody reads the condition: its words stand on the page that asks about it."""

    noun = gettext_lazy("the review of a condition")
    unsaid = (
        "application",
        "condition",
        "code",
        "finding",
        "asked_services",
        "services",
        "asked_by",
        "asked_at",
        "closed_by",
        "closed_at",
    )

    def sentence(self, who: str, version: Version) -> str | None:
        if version.before is None:
            return _("%(who)s asked for a review of a condition.") % {"who": who}
        if version.became("state", ReviewState.ANSWERED):
            return _("%(who)s answered the review of a condition.") % {"who": who}
        if version.became("state", ReviewState.WITHDRAWN):
            return _("%(who)s took back the review of a condition.") % {"who": who}
        return None


@tells(ChangeReport)
class ChangeReportPresenter(SaysAll):
    noun = gettext_lazy("a change")
    unsaid = ("application", "kind", "reported_by", "reported_at", "looked_by", "looked_at")

    def sentence(self, who: str, version: Version) -> str | None:
        if version.before is None:
            return _("%(who)s told us of a change.") % {"who": who}
        if version.became("state", ChangeState.LOOKED_AT):
            return _("%(who)s looked at a change.") % {"who": who}
        return None


@tells(Visit)
class VisitPresenter(SaysAll):
    noun = gettext_lazy("a call or a visit")
    unsaid = ("application", "moved_from", "planned_by", "planned_at", "closed_by", "closed_at")
    labels = {"worker": gettext_lazy("With")}

    def sentence(self, who: str, version: Version) -> str | None:
        if version.before is None:
            return _("%(who)s planned a call or a visit.") % {"who": who}
        if version.became("state", VisitState.CANCELLED):
            return _("%(who)s cancelled a call or a visit.") % {"who": who}
        if version.became("state", VisitState.MOVED):
            return _("%(who)s moved a call or a visit.") % {"who": who}
        return None


@tells(Conversation)
class ConversationPresenter(SaysAll):
    noun = gettext_lazy("who told the answers")
    unsaid = ("application", "held_by", "held_at")


@tells(Signature)
class SignaturePresenter(SaysAll):
    noun = gettext_lazy("the signature")
    unsaid = ("application", "words_sha256", "kept_by")


@tells(Referral)
class ReferralPresenter(SaysAll):
    noun = gettext_lazy("a referral")
    # The page beside it shows what was told; it never changes.
    unsaid = (
        *("start_key", "status_at", "received_at", "number", "source", "referrer_name"),
        *("organization", "referrer_phone", "referrer_email", "news_by", "language"),
        *("first_name", "last_name", "born_on", "age", "guardian_name", "phone", "other_phone"),
        *("other_way", "spoken_language", "calling", "county", "zip_code", "reasons", "words"),
        *("agreed_by", "agreed_on", "agreed_words", "may_tell_referrer"),
    )
    labels = {
        "status": gettext_lazy("Where it stands"),
        "office": gettext_lazy("Office"),
        "worker": gettext_lazy("With"),
        "application": gettext_lazy("Application"),
        "child": gettext_lazy("Child"),
    }

    def sentence(self, who: str, version: Version) -> str | None:
        told = {"who": who, "number": version.kept.number}
        if version.before is None:
            return _("Referral %(number)s came in.") % told
        for status, sentence in REFERRAL_SENTENCES.items():
            if version.became("status", status):
                return str(sentence) % told
        return None


REFERRAL_SENTENCES = {
    ReferralStatus.TRYING: gettext_lazy("%(who)s tried and did not reach the family yet."),
    ReferralStatus.REACHED: gettext_lazy("%(who)s reached the family."),
    ReferralStatus.JOINED: gettext_lazy("%(who)s joined it to another referral."),
    ReferralStatus.ALREADY_SERVED: gettext_lazy("%(who)s found that the child is with us."),
    ReferralStatus.NOT_OURS: gettext_lazy("%(who)s passed it on."),
    ReferralStatus.CLOSED: gettext_lazy("%(who)s closed it."),
}


@tells(ContactAttempt)
class ContactAttemptPresenter(SaysAll):
    noun = gettext_lazy("a try to reach the family")
    unsaid = ("referral", "by", "at")


@tells(AddedNumber)
class AddedNumberPresenter(SaysAll):
    noun = gettext_lazy("another phone of the family")
    unsaid = ("referral", "added_at")


@tells(InformationCall)
class InformationCallPresenter(SaysAll):
    noun = gettext_lazy("a call for information")
    unsaid = ("by",)
