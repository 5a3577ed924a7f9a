"""What families apply with, and what becomes of it."""

from intake.appeal_states import Answer, AppealChannel, AppealState
from intake.models.answered_page import AnsweredPage
from intake.models.appeal import Appeal, AppealedService
from intake.models.appeal_parts import (
    AppealEvidence,
    AppealPart,
    AppealQuestion,
    CommitteeSeat,
    EvidencePack,
)
from intake.models.application import Application, Channel, Helper, Signature, Status
from intake.models.assessment import Assessment, Asset, IncomeLine, ReportedCondition
from intake.models.authorization import Authorization
from intake.models.change_report import ChangeReport, ChangeState
from intake.models.condition_review import ConditionReview, ReviewAnswer, ReviewState
from intake.models.death import Death
from intake.models.enrollment import EndReason, EnrolledService, Enrollment, ReviewWish
from intake.models.envelope import Envelope, EnvelopeScan, Filing
from intake.models.evidence import Evidence, Requirement
from intake.models.help_invitation import HelpInvitation, InvitationState
from intake.models.information_call import InformationCall, InformationTopic
from intake.models.information_request import InformationRequest
from intake.models.kept_answer import KeptAnswer
from intake.models.notice import Notice, NoticeLine
from intake.models.reaching import (
    AddedNumber,
    ContactAttempt,
    ContactChannel,
    ContactOutcome,
)
from intake.models.referral import Referral
from intake.models.urgent_need import MissedCall, UrgentNeed, open_need_of
from intake.models.visit import SPOKEN, Conversation, Interpreting, Visit, VisitState
from intake.models.words import AssetKind, ConditionStatus, IncomeSource, MedicaidReason, Need

__all__ = [
    "SPOKEN",
    "AddedNumber",
    "Answer",
    "AnsweredPage",
    "Appeal",
    "AppealChannel",
    "AppealEvidence",
    "AppealPart",
    "AppealQuestion",
    "AppealState",
    "AppealedService",
    "Application",
    "Assessment",
    "Asset",
    "AssetKind",
    "Authorization",
    "ChangeReport",
    "ChangeState",
    "Channel",
    "CommitteeSeat",
    "ConditionReview",
    "ConditionStatus",
    "ContactAttempt",
    "ContactChannel",
    "ContactOutcome",
    "Conversation",
    "Death",
    "EndReason",
    "EnrolledService",
    "Enrollment",
    "Envelope",
    "EnvelopeScan",
    "Evidence",
    "EvidencePack",
    "Filing",
    "HelpInvitation",
    "Helper",
    "IncomeLine",
    "IncomeSource",
    "InformationCall",
    "InformationRequest",
    "InformationTopic",
    "Interpreting",
    "InvitationState",
    "KeptAnswer",
    "MedicaidReason",
    "MissedCall",
    "Need",
    "Notice",
    "NoticeLine",
    "Referral",
    "ReportedCondition",
    "Requirement",
    "ReviewAnswer",
    "ReviewState",
    "ReviewWish",
    "Signature",
    "Status",
    "UrgentNeed",
    "Visit",
    "VisitState",
    "open_need_of",
]
