"""What a school nurse sends, and a referral as the actions keep it."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse

from intake.actions import referral_moves, referrals
from intake.models import ContactChannel, ContactOutcome, Referral
from intake.referral_receipts import told_to_referrer
from intake.referral_states import CloseReason
from tests.access.sends import day
from tests.factories import the_portal
from tests.factories.dates import NM, born, days_from_today

REFER = reverse("intake:refer", args=[NM])
NEWBORN = reverse("intake:refer_newborn", args=[NM])
# A Monday afternoon, with the office open.
MONDAY = datetime(2026, 3, 2, 21, tzinfo=UTC)
LATER = MONDAY + timedelta(hours=1)
BIRTHDAY = born(9, days=40)


def typed(county: Any = None, /, **other: Any) -> dict[str, Any]:
    """Return the page of a school nurse, as a browser sends it."""
    return {
        "start_key": str(uuid.uuid4()),
        "source": "school",
        "referrer_name": "Nina Nurse",
        "organization": "Luna School",
        "referrer_phone": "505-555-0111",
        "referrer_email": "nina@example.test",
        "news_by": "",
        "first_name": "Marisol",
        "last_name": "Prueba",
        "age": "",
        "guardian_name": "Elena Prueba",
        "phone": "505-555-0122",
        "other_phone": "",
        "other_way": "",
        "calling": "voicemail",
        "spoken_language": "es",
        "county": str(county.pk) if county else "",
        "zip_code": "",
        "reasons": ["no_doctor", "school_lacks"],
        "words": "Her inhaler is empty.",
        "urgency": "",
        "agrees": "on",
        "agreed_by": "Elena Prueba",
        **day("born_on", BIRTHDAY),
        **day("agreed_on", days_from_today(0)),
        **other,
    }


def newborn(**other: Any) -> dict[str, Any]:
    """Return the page of a hearing screening program that asked nobody."""
    page = typed(source="hearing", reasons=["hearing"], agreed_by="", **day("born_on", born(0)))
    return {key: value for key, value in page.items() if key not in ("agrees", "age")} | other


def refer(county: Any, *, at: datetime = MONDAY, program: str = NM, **other: Any) -> Referral:
    """Keep a referral of a child of nine by a school nurse."""
    told: dict[str, Any] = {
        "source": "school",
        "referrer_name": "Nina Nurse",
        "referrer_email": "nina@example.test",
        "news_by": "",
        "language": "en",
        "first_name": "Marisol",
        "last_name": "Prueba",
        "born_on": BIRTHDAY,
        "guardian_name": "Elena Prueba",
        "phone": "+15055550122",
        "calling": "voicemail",
        "spoken_language": "es",
        "county": county,
        "reasons": ["no_doctor"],
        "agreed_by": "Elena Prueba",
        "agreed_on": BIRTHDAY,
        "agreed_words": "We agree.",
        "may_tell_referrer": False,
    }
    return referrals.receive(
        program=program, start_key=uuid.uuid4(), at=at, by=the_portal(), **(told | other)
    )


def another(county: Any, number: int, **other: Any) -> Referral:
    """Keep a referral of some other child."""
    return refer(
        county,
        first_name=f"Child{number}",
        last_name=f"Other{number}",
        phone=f"+1505555{2000 + number}",
        **other,
    )


def link_in(page: str) -> str:
    """Return the path of the receipt that a page shows."""
    found = re.search(r'href="[^"]*?(/referral-receipt/[0-9a-z]{26}/)"', page)
    assert found, "no link to a receipt"
    return found[1]


def try_to_reach(
    referral, ida, *, channel=ContactChannel.CALL, outcome=ContactOutcome.NO_ANSWER, at=LATER
):
    return referral_moves.log_attempt(
        referral=referral,
        channel=channel,
        outcome=outcome,
        reached="Elena" if outcome == ContactOutcome.REACHED else "",
        note="",
        by=ida,
        at=at,
    )


def reach(referral, ida, at=LATER):
    return try_to_reach(referral, ida, outcome=ContactOutcome.REACHED, at=at)


def close(referral, ida, reason=CloseReason.DECLINED, words="", at=LATER):
    return referral_moves.close(referral=referral, reason=reason, words=words, by=ida, at=at)


def receipt_of(referral):
    return told_to_referrer(Referral.objects.get(pk=referral.pk))
