"""Who reads a message to a family: its own household, and those who serve the child or the home."""

from __future__ import annotations

from cms_portal.access.policy import Policy
from cms_portal.access.roles import Permission
from cms_portal.families.policies import between_us_and_a_household, blocked
from cms_portal.notifications.models import Message

MESSAGES = Policy(
    Message,
    between_us_and_a_household(),
    view=Permission.MESSAGE_VIEW,
    never=blocked(),
)
