"""People, how they prove who they are, and what they typed when their session ended."""

from cms_portal.accounts.models.cards import CardCode, HowIdentified, PaperCard
from cms_portal.accounts.models.codes import Channel, Purpose, SentCode
from cms_portal.accounts.models.people import (
    RoleGrant,
    RoleGrantQuerySet,
    User,
    UserKind,
    UserManager,
    role_choices,
)
from cms_portal.accounts.models.sign_ins import SignIn
from cms_portal.accounts.models.unsent import UnsentForm

__all__ = [
    "CardCode",
    "Channel",
    "HowIdentified",
    "PaperCard",
    "Purpose",
    "RoleGrant",
    "RoleGrantQuerySet",
    "SentCode",
    "SignIn",
    "UnsentForm",
    "User",
    "UserKind",
    "UserManager",
    "role_choices",
]
