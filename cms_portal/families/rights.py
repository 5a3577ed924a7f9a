"""Which right a permission needs, and which rights each kind of authority carries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cms_portal import programs
from cms_portal.access.roles import Permission as P
from cms_portal.families.models import AuthorityKind as K

if TYPE_CHECKING:
    from cms_portal.families.models import Child

RIGHTS = ("may_see", "may_apply", "may_sign", "may_agree", "may_see_sensitive")

RIGHT_FOR: dict[str, str] = {
    P.CHILD_VIEW: "may_see",
    P.CHILD_EDIT: "may_apply",
    P.CHILD_VIEW_SENSITIVE: "may_see_sensitive",
    P.CHILD_MOVE: "may_sign",
    P.HOUSEHOLD_VIEW: "may_see",
    P.HOUSEHOLD_EDIT: "may_apply",
    P.APPLICATION_VIEW: "may_see",
    P.APPLICATION_START: "may_apply",
    P.APPLICATION_EDIT: "may_apply",
    P.APPLICATION_SUBMIT: "may_apply",
    P.HELPER_MANAGE: "may_sign",
    P.DECISION_VIEW: "may_see",
    P.APPEAL_VIEW: "may_see",
    P.DOCUMENT_VIEW: "may_see",
    P.DOCUMENT_ADD: "may_apply",
    P.MESSAGE_VIEW: "may_see",
    P.ACCESS_REVIEW: "may_see",
}

_CARE = frozenset({"may_see", "may_apply"})
_CONSENT = _CARE | {"may_sign", "may_agree"}

# What a kind of authority carries unless its paper says less. What a youth may consent to alone is not
# shown to the adults by default: `may_see_sensitive` is the youth's own, or given by name.
CARRIED_BY: dict[str, frozenset[str]] = {
    K.PARENT: _CONSENT,
    K.JOINT_CUSTODY: _CONSENT,
    K.COURT_GUARDIAN: _CONSENT,
    K.KINSHIP_GUARDIAN: _CONSENT,
    K.CAREGIVER_AFFIDAVIT: _CONSENT,
    K.POWER_OF_ATTORNEY: _CONSENT,
    K.RELATIVE_WITHOUT_PAPERS: _CARE,
    K.STATE_CUSTODY: _CONSENT,
    K.TRIBAL_CUSTODY: _CONSENT,
    # The agency signs; the person who feeds the child sees daily care.
    K.RESOURCE_PARENT: frozenset({"may_see"}),
    K.TEEN_PARENT: _CONSENT,
    K.YOUTH: frozenset({"may_see", "may_agree", "may_see_sensitive"}),
    K.OWN_APPLICANT: frozenset(RIGHTS),
    K.BY_YOUTHS_GRANT: frozenset({"may_see"}),
}

# Of a person who is of age only these can be recorded: their own, what they grant, and a court's or an
# attorney's paper about an adult. All others end with childhood, and so do papers made in it.
FOR_ADULTS = frozenset({K.OWN_APPLICANT, K.BY_YOUTHS_GRANT, K.COURT_GUARDIAN, K.POWER_OF_ATTORNEY})
OUTLAST_CHILDHOOD = frozenset({K.OWN_APPLICANT, K.BY_YOUTHS_GRANT})

# Without a paper shown, only steps that need no consent are open.
NEED_A_PAPER = frozenset(
    {
        K.COURT_GUARDIAN,
        K.KINSHIP_GUARDIAN,
        K.CAREGIVER_AFFIDAVIT,
        K.POWER_OF_ATTORNEY,
        K.STATE_CUSTODY,
        K.TRIBAL_CUSTODY,
    }
)


def comes_of_age_on(child: Child) -> date:
    """Return the day from which the youth, and no longer a parent, is in charge."""
    return child.birthday(programs.get(child.program).health_consent_age)


def may_be_held(kind: str, child: Child, on: date) -> bool:
    """Say whether an adult can be this to somebody of that birth date; nobody is an adult's parent by law."""
    return on < comes_of_age_on(child) or kind in FOR_ADULTS


def rights_of(kind: str, *, has_paper: bool) -> frozenset[str]:
    """Return what a kind carries; one that needs a paper waits with consent until it is shown."""
    carried = CARRIED_BY[kind]
    return carried if has_paper or kind not in NEED_A_PAPER else carried & _CARE
