"""What families apply with, and what becomes of it."""

from intake.models.answered_page import AnsweredPage
from intake.models.application import Application, Channel, Helper, Signature, Status
from intake.models.assessment import (
    Assessment,
    ConditionStatus,
    IncomeLine,
    Need,
    ReportedCondition,
)
from intake.models.help_invitation import HelpInvitation, InvitationState
from intake.models.kept_answer import KeptAnswer

__all__ = [
    "AnsweredPage",
    "Application",
    "Assessment",
    "Channel",
    "ConditionStatus",
    "HelpInvitation",
    "Helper",
    "IncomeLine",
    "InvitationState",
    "KeptAnswer",
    "Need",
    "ReportedCondition",
    "Signature",
    "Status",
]
