"""Which right a permission needs, and which rights each kind of authority carries."""

from __future__ import annotations

from cms_portal.access.roles import Permission as P
from cms_portal.families.models import AuthorityKind as K

RIGHTS = ("may_see", "may_apply", "may_sign", "may_agree", "may_see_sensitive")

RIGHT_FOR: dict[str, str] = {
    P.CHILD_VIEW: "may_see",
    P.CHILD_EDIT: "may_apply",
    P.CHILD_VIEW_SENSITIVE: "may_see_sensitive",
    P.HOUSEHOLD_VIEW: "may_see",
    P.HOUSEHOLD_EDIT: "may_apply",
    P.APPLICATION_VIEW: "may_see",
    P.APPLICATION_START: "may_apply",
    P.APPLICATION_EDIT: "may_apply",
    P.APPLICATION_SUBMIT: "may_apply",
    P.HELPER_MANAGE: "may_sign",
    P.DECISION_VIEW: "may_see",
    P.DOCUMENT_VIEW: "may_see",
    P.DOCUMENT_ADD: "may_apply",
    P.MESSAGE_VIEW: "may_see",
}

_ALL = frozenset(RIGHTS)
_CARE = frozenset({"may_see", "may_apply"})

# What a kind of authority carries unless its paper says less.
CARRIED_BY: dict[str, frozenset[str]] = {
    K.PARENT: _ALL,
    K.JOINT_CUSTODY: _ALL,
    K.COURT_GUARDIAN: _ALL,
    K.KINSHIP_GUARDIAN: _ALL,
    K.CAREGIVER_AFFIDAVIT: _CARE | {"may_sign", "may_agree"},
    K.POWER_OF_ATTORNEY: _CARE | {"may_sign", "may_agree"},
    K.RELATIVE_WITHOUT_PAPERS: _CARE,
    K.STATE_CUSTODY: _ALL,
    K.TRIBAL_CUSTODY: _ALL,
    # The agency signs; the person who feeds the child sees daily care.
    K.RESOURCE_PARENT: frozenset({"may_see"}),
    K.TEEN_PARENT: _ALL,
    K.YOUTH: frozenset({"may_see", "may_agree"}),
    K.OWN_APPLICANT: _ALL,
    K.BY_YOUTHS_GRANT: frozenset({"may_see"}),
}

# A youth's coming of age does not end these: they are the youth's own, or a court's.
OUTLAST_CHILDHOOD = frozenset({K.OWN_APPLICANT, K.BY_YOUTHS_GRANT, K.COURT_GUARDIAN})

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
