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
from intake.models.information_call import InformationCall, InformationTopic
from intake.models.kept_answer import KeptAnswer
from intake.models.reaching import (
    AddedNumber,
    ContactAttempt,
    ContactChannel,
    ContactOutcome,
)
from intake.models.referral import Referral

__all__ = [
    "AddedNumber",
    "AnsweredPage",
    "Application",
    "Assessment",
    "Channel",
    "ConditionStatus",
    "ContactAttempt",
    "ContactChannel",
    "ContactOutcome",
    "HelpInvitation",
    "Helper",
    "IncomeLine",
    "InformationCall",
    "InformationTopic",
    "InvitationState",
    "KeptAnswer",
    "Need",
    "Referral",
    "ReportedCondition",
    "Signature",
    "Status",
]
