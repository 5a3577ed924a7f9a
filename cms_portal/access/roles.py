"""What may be done (permissions), how far (scopes), and by whom (roles). The only table of rights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    """A verb on a noun."""

    CHILD_VIEW = "child.view"
    CHILD_EDIT = "child.edit"
    CHILD_VIEW_SENSITIVE = "child.view_sensitive"
    CHILD_ASSIGN = "child.assign"
    CHILD_MOVE = "child.move"
    CHILD_MERGE = "child.merge"
    CHILD_CONFIRM_MERGE = "child.confirm_merge"
    HOUSEHOLD_VIEW = "household.view"
    HOUSEHOLD_EDIT = "household.edit"
    ADDRESS_VIEW_CONFIDENTIAL = "address.view_confidential"
    AUTHORITY_RECORD = "authority.record"
    GUARDIAN_BLOCK = "guardian.block"
    APPLICATION_VIEW = "application.view"
    APPLICATION_START = "application.start"
    APPLICATION_EDIT = "application.edit"
    APPLICATION_SUBMIT = "application.submit"
    APPLICATION_REVIEW = "application.review"
    APPLICATION_HISTORY = "application.history"
    REFERRAL_VIEW = "referral.view"
    REFERRAL_WORK = "referral.work"
    HELPER_MANAGE = "helper.manage"
    DECISION_VIEW = "decision.view"
    DECISION_MAKE = "decision.make"
    DECISION_COUNTERSIGN = "decision.countersign"
    CONDITION_REVIEW = "condition.review"
    APPEAL_VIEW = "appeal.view"
    APPEAL_WORK = "appeal.work"
    APPEAL_SCREEN = "appeal.screen"
    APPEAL_DECIDE = "appeal.decide"
    DOCUMENT_VIEW = "document.view"
    DOCUMENT_ADD = "document.add"
    PAPER_SORT = "paper.sort"
    MESSAGE_VIEW = "message.view"
    LETTER_PRINT = "letter.print"
    TASK_VIEW = "task.view"
    TASK_DO = "task.do"
    ACCOUNT_HELP = "account.help"
    OFFICE_EDIT = "office.edit"
    SETTING_EDIT = "setting.edit"
    ACCESS_REVIEW = "access.review"


class Scope(models.TextChoices):
    """How far a permission reaches."""

    HOUSEHOLD = "household"
    GRANT = "grant"
    CASELOAD = "caseload"
    OFFICE = "office"
    REGION = "region"
    PROGRAM = "program"


P, S = Permission, Scope


@dataclass(frozen=True)
class Role:
    """A name people use at work, and what it carries."""

    name: Any
    rights: dict[Scope, frozenset[Permission]]
    # Whether new applications of an office may be given to somebody with this role.
    takes_applications: bool = False

    def scopes_of(self, permission: Permission) -> list[Scope]:
        return [scope for scope, held in self.rights.items() if permission in held]


# Every family account has these; which of them bite for one child is a dated row (`Authority`).
FAMILY_RIGHTS: dict[Scope, frozenset[Permission]] = {
    S.HOUSEHOLD: frozenset(
        {
            P.CHILD_VIEW,
            P.CHILD_EDIT,
            P.CHILD_VIEW_SENSITIVE,
            P.CHILD_MOVE,
            P.HOUSEHOLD_VIEW,
            P.HOUSEHOLD_EDIT,
            P.APPLICATION_VIEW,
            P.APPLICATION_START,
            P.APPLICATION_EDIT,
            P.APPLICATION_SUBMIT,
            P.HELPER_MANAGE,
            P.DECISION_VIEW,
            P.APPEAL_VIEW,
            P.DOCUMENT_VIEW,
            P.DOCUMENT_ADD,
            P.MESSAGE_VIEW,
            P.ACCESS_REVIEW,
        }
    ),
    S.GRANT: frozenset({P.APPLICATION_VIEW, P.APPLICATION_EDIT, P.DOCUMENT_ADD}),
}

_SEE_A_CASE = frozenset(
    {
        P.CHILD_VIEW,
        P.HOUSEHOLD_VIEW,
        P.APPLICATION_VIEW,
        P.DECISION_VIEW,
        P.APPEAL_VIEW,
        P.DOCUMENT_VIEW,
        P.ACCESS_REVIEW,
    }
)
_TAKE_AN_APPLICATION = _SEE_A_CASE | {
    P.CHILD_EDIT,
    P.CHILD_MERGE,
    P.HOUSEHOLD_EDIT,
    P.APPLICATION_START,
    P.APPLICATION_EDIT,
    P.APPLICATION_SUBMIT,
    P.REFERRAL_VIEW,
    P.REFERRAL_WORK,
    P.DOCUMENT_ADD,
    P.MESSAGE_VIEW,
    P.TASK_VIEW,
    P.TASK_DO,
    P.AUTHORITY_RECORD,
    P.ACCOUNT_HELP,
    P.LETTER_PRINT,
}
_COORDINATE = _TAKE_AN_APPLICATION | {
    P.APPLICATION_REVIEW,
    P.DECISION_MAKE,
    P.CHILD_VIEW_SENSITIVE,
    P.ADDRESS_VIEW_CONFIDENTIAL,
    P.GUARDIAN_BLOCK,
    P.CHILD_MOVE,
}
_SUPERVISE = _COORDINATE | {
    P.DECISION_COUNTERSIGN,
    P.APPEAL_WORK,
    P.APPEAL_SCREEN,
    P.APPLICATION_HISTORY,
    P.PAPER_SORT,
    P.CHILD_ASSIGN,
    P.CHILD_CONFIRM_MERGE,
}

ROLES: dict[str, Role] = {
    "intake-worker": Role(
        _("Intake worker"),
        {S.OFFICE: _TAKE_AN_APPLICATION | {P.APPLICATION_REVIEW, P.DECISION_MAKE, P.PAPER_SORT}},
        takes_applications=True,
    ),
    "social-worker": Role(
        _("Social worker"),
        {
            S.CASELOAD: _COORDINATE,
            S.OFFICE: frozenset(
                {
                    P.APPLICATION_START,
                    P.REFERRAL_VIEW,
                    P.REFERRAL_WORK,
                    P.TASK_VIEW,
                    P.TASK_DO,
                }
            ),
        },
        takes_applications=True,
    ),
    "regional-coordinator": Role(
        _("Regional care coordinator"),
        {S.REGION: _COORDINATE | {P.PAPER_SORT}},
        takes_applications=True,
    ),
    "clinic-coordinator": Role(
        _("Clinic coordinator"), {S.REGION: frozenset({P.CHILD_VIEW, P.ACCESS_REVIEW})}
    ),
    "medical-director": Role(
        _("Medical Director"),
        {S.PROGRAM: _SEE_A_CASE | {P.CHILD_VIEW_SENSITIVE, P.CONDITION_REVIEW}},
    ),
    # The same look at unlisted conditions where a program names no Medical Director.
    "condition-reviewer": Role(
        _("Reviewer of conditions"),
        {S.PROGRAM: _SEE_A_CASE | {P.CHILD_VIEW_SENSITIVE, P.CONDITION_REVIEW}},
    ),
    # Reaches the reviews in which they have a seat, and of everything else nothing.
    "review-committee": Role(
        _("Member of the review committee"),
        {S.GRANT: frozenset({P.APPEAL_VIEW, P.APPEAL_WORK, P.APPEAL_DECIDE})},
    ),
    "supervisor": Role(_("Supervisor"), {S.REGION: _SUPERVISE}),
    "program-supervisor": Role(_("Program supervisor"), {S.PROGRAM: _SUPERVISE}),
    "privacy-officer": Role(
        _("Privacy officer"), {S.PROGRAM: frozenset({P.ACCESS_REVIEW, P.APPLICATION_HISTORY})}
    ),
    "program-administrator": Role(
        _("Program administrator"),
        {S.PROGRAM: frozenset({P.OFFICE_EDIT, P.SETTING_EDIT})},
    ),
}
