"""Giving somebody a paper card with codes, and ending it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from cms_portal.accounts import actions, codes, keys
from cms_portal.accounts.models import CardCode, PaperCard, User
from cms_portal.audit.tracking import save_tracked

if TYPE_CHECKING:
    from cms_portal.offices.models import Office

CODES_ON_A_CARD = 10
# How long a new card lets its holder choose a PIN; after that the office makes another.
DAYS_TO_CHOOSE_A_PIN = 30
TO_PRINT = "card_to_print"
SECONDS_TO_PRINT = 10 * 60


@dataclass(frozen=True)
class PrintedCard:
    """A new card with the codes themselves, which nobody can read again later."""

    card: PaperCard
    codes: list[str]


@transaction.atomic
def give_card(
    *,
    user: User,
    office: Office,
    identified_by: str,
    by: User,
    on: date,
    at: datetime,
    note: str = "",
    pin_is_forgotten: bool = False,
) -> PrintedCard:
    """Give a person whom the office has identified a new card; an old one ends.

    An account without a PIN, or whose PIN is forgotten, chooses one with this card.
    """
    reason = f"identified: {identified_by}. {note}".strip()
    if pin_is_forgotten and user.has_pin:
        actions.forget_pin(user=user, by=by, reason=f"PIN forgotten; {reason}")
    card = PaperCard(
        user=user,
        program=office.program,
        office=office,
        identified_by=identified_by,
        note=note,
        issued_by=by,
        choose_pin_until=None if user.has_pin else on + timedelta(days=DAYS_TO_CHOOSE_A_PIN),
    )
    return _print(card, by=by, at=at, reason=reason)


@transaction.atomic
def print_own_card(*, user: User, at: datetime) -> PrintedCard:
    """Give a signed-in person a new card to keep; an old one ends."""
    return _print(PaperCard(user=user, issued_by=user), by=user, at=at, reason="printed own card")


@transaction.atomic
def end_card(*, user: User, by: User, at: datetime, reason: str) -> None:
    """End the card of an account, if it has one: lost, or replaced."""
    for card in PaperCard.objects.active().filter(user=user).select_for_update():
        card.ended_at, card.ended_by = at, by
        save_tracked(card, by=by, reason=reason)


def show_once(session: SessionBase, printed: PrintedCard) -> None:
    """Put a new card where the page that prints it finds it, for the minutes that takes."""
    session[TO_PRINT] = {
        "card": printed.card.pk,
        "codes": keys.encrypt(" ".join(printed.codes)),
        "at": time.time(),
    }


def card_to_print(session: SessionBase) -> PrintedCard | None:
    """Return the card this session just made, or None once its minutes are over."""
    shown = session.get(TO_PRINT, {})
    if time.time() - shown.get("at", 0) > SECONDS_TO_PRINT:
        return None
    card = PaperCard.objects.active().filter(pk=shown["card"]).select_related("user").first()
    return PrintedCard(card, keys.decrypt(shown["codes"]).split()) if card else None


def _print(card: PaperCard, *, by: User, at: datetime, reason: str) -> PrintedCard:
    # One card at a time also when two are asked for at once.
    User.objects.select_for_update().get(pk=card.user_id)
    end_card(user=card.user, by=by, at=at, reason="a new card was made")
    save_tracked(card, by=by, reason=reason)
    made: dict[str, tuple[CardCode, str]] = {}
    while len(made) < CODES_ON_A_CARD:
        code, digits = codes.make_card_code(card.pk, len(made) + 1)
        made.setdefault(code.selector, (code, digits))
    CardCode.objects.bulk_create(code for code, _ in made.values())
    return PrintedCard(card, [digits for _, digits in made.values()])
