"""How a message goes from state to state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms_portal.audit.tracking import save_tracked
from cms_portal.families.actions import NotAllowedHere
from cms_portal.notifications.models import MOVES, Message

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


def move_to(message: Message, state: str, *, by: User, reason: str, **facts: Any) -> Message:
    """Move a message to a state; raise NotAllowedHere for a move that `MOVES` lacks."""
    if state not in MOVES[message.state]:
        raise NotAllowedHere(f"A message cannot go from {message.state} to {state}.")
    message.state = state
    for name, value in facts.items():
        setattr(message, name, value)
    return save_tracked(message, by=by, reason=reason)
