"""How the history of recommendations and decisions is told."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms_portal.audit.presenting import Presenter, Version, tells
from eligibility.catalogue import service_name
from eligibility.models import Countersignature, Determination, Outcome, ReasonCode, ServiceDecision


@tells(Determination)
class DeterminationPresenter(Presenter):
    unsaid = (
        "child",
        "household",
        "case_key",
        "facts",
        "services",
        "made_by",
        "made_at",
        "rulebook",
        "on",
    )

    def name(self, row: Any) -> str:
        return _("what the rules said")

    def sentence(self, who: str, version: Version) -> str | None:
        return _("%(who)s asked the rules, as of %(day)s, rulebook %(rulebook)s.") % {
            "who": who,
            "day": date_format(version.kept.on),
            "rulebook": version.kept.rulebook[:12],
        }

    def reason(self, version: Version) -> str:
        return ""


@tells(ServiceDecision)
class DecisionPresenter(Presenter):
    unsaid = (
        "determination",
        "case_key",
        "service",
        "recommended",
        "outcome",
        "words",
        "reason_code",
        "decided_by",
        "decided_at",
        "replaces",
        "needs_countersign",
    )

    def reason(self, version: Version) -> str:
        """Return the worker's own words, else the reason they chose where they left the rules."""
        kept = version.kept
        if kept.words or kept.outcome == kept.recommended:
            return str(kept.words)
        return str(ReasonCode(kept.reason_code).label)

    def name(self, row: Any) -> str:
        return _("the decision on %(service)s") % {"service": _service(row)}

    def sentence(self, who: str, version: Version) -> str | None:
        kept = version.kept
        told = {
            "who": who,
            "service": _service(version.row),
            "outcome": Outcome(kept.outcome).label,
            "recommended": Outcome(kept.recommended).label,
        }
        if kept.outcome == kept.recommended:
            return _("%(who)s decided “%(outcome)s” on %(service)s, as the rules say.") % told
        return (
            _("%(who)s decided “%(outcome)s” on %(service)s; the rules say “%(recommended)s”.")
            % told
        )


@tells(Countersignature)
class CountersignaturePresenter(Presenter):
    unsaid = ("decision", "signed_by", "signed_at")

    def name(self, row: Any) -> str:
        return _("the countersignature")

    def reason(self, version: Version) -> str:
        return ""

    def sentence(self, who: str, version: Version) -> str | None:
        service = _service(version.row.decision)  # type: ignore[attr-defined]
        return _("%(who)s countersigned the decision on %(service)s.") % {
            "who": who,
            "service": service,
        }


def _service(decision: Any) -> str:
    return service_name(decision.determination.program, decision.service)
