"""Children whom somebody referred: one who cannot wait, one not reached, one newborn; and callers."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils import translation

from carecoord.demo import families as home
from cms_portal import programs
from cms_portal.accounts.actions import system_user
from cms_portal.accounts.models import User
from cms_portal.offices.models import County
from intake.actions import referral_moves, referrals
from intake.actions.information import log_information
from intake.models import ContactChannel, ContactOutcome, InformationTopic, Referral
from intake.referral_words import Calling, Reason, Source, agreement
from intake.urgency import Urgency

NM, MS = home.NM, home.MS


def make_referrals(staff: dict[str, User], now: datetime) -> None:
    """Let them come in, and let the offices do what they did so far."""
    _out_of_medicine(now)
    _not_reached(staff, now)
    _newborn(now)
    _callers(staff)


def _out_of_medicine(now: datetime) -> None:
    """A school nurse of Santa Fe: the inhaler is empty, and there is no doctor to ask."""
    _refer(
        NM,
        "Santa Fe",
        now - timedelta(hours=1),
        source=Source.SCHOOL,
        referrer_name="Paula Ortiz",
        organization="Piñon Hills Elementary",
        referrer_phone="+15055550171",
        first_name="Adán",
        last_name="Maestas",
        born_on=home.born(8),
        guardian_name="Irene Maestas",
        phone="+15055550172",
        calling=Calling.VOICEMAIL,
        spoken_language="es",
        reasons=[Reason.NO_DOCTOR, Reason.SCHOOL_LACKS],
        words="The inhaler at school is empty since Thursday.",
        urgency=Urgency.OUT_OF_MEDICINE,
        agreed_by="Irene Maestas",
    )


def _not_reached(staff: dict[str, User], now: datetime) -> None:
    """A clinic of Las Cruces, four days ago: two tries, nobody answered."""
    referral = _refer(
        NM,
        "Doña Ana",
        now - timedelta(days=4),
        source=Source.DOCTOR,
        referrer_name="Dr. Wendy Kee",
        organization="Mesilla Valley Pediatrics",
        referrer_email="referrals@example.test",
        news_by="email",
        first_name="Noemí",
        last_name="Armijo",
        age=5,
        guardian_name="Raúl Armijo",
        phone="+15755550173",
        calling=Calling.CALL_ONLY,
        spoken_language="en",
        reasons=[Reason.MISSES_VISITS, Reason.TEACHING],
        agreed_by="Raúl Armijo",
        may_tell_referrer=True,
    )
    tries = [
        (ContactChannel.CALL, ContactOutcome.NO_ANSWER, 3),
        (ContactChannel.TEXT, ContactOutcome.MESSAGE_LEFT, 1),
    ]
    for channel, outcome, days_ago in tries:
        referral_moves.log_attempt(
            referral=referral,
            channel=channel,
            outcome=outcome,
            reached="",
            note="",
            by=staff["nora"],
            at=now - timedelta(days=days_ago),
        )


def _newborn(now: datetime) -> None:
    """Mississippi's hearing program, which need not wait for the family's yes."""
    _refer(
        MS,
        "Hinds",
        now - timedelta(days=1),
        source=Source.HEARING,
        referrer_name="Tanya Fields",
        organization="Newborn hearing program",
        referrer_phone="+16015550174",
        first_name="Baby girl",
        last_name="Sanders",
        born_on=programs.get(MS).today() - timedelta(days=19),
        guardian_name="Keisha Sanders",
        phone="+16015550175",
        calling=Calling.UNSURE,
        reasons=[Reason.HEARING_NOT_PASSED],
        agreed_by="",
    )


def _refer(program: str, county: str, at: datetime, *, agreed_by: str, **told: Any) -> Referral:
    with translation.override("en"):
        words = agreement(programs.get(program)) if agreed_by else ""
    return referrals.receive(
        program=program,
        start_key=uuid.uuid4(),
        at=at,
        by=system_user(),
        county=County.objects.get(program=program, name=county),
        language="en",
        agreed_by=agreed_by,
        agreed_on=at.astimezone(programs.get(program).timezone).date() if agreed_by else None,
        agreed_words=words,
        **{"may_tell_referrer": False} | told,
    )


def _callers(staff: dict[str, User]) -> None:
    """Two people who only wanted to know something."""
    office = staff["ida"].role_grants.get().office
    assert office
    for topic, language in (
        (InformationTopic.INSURANCE, "es"),
        (InformationTopic.ELIGIBILITY, "en"),
    ):
        log_information(
            office=office,
            topic=topic,
            spoken_language=language,
            county=County.objects.get(program=NM, name="Santa Fe"),
            on=programs.get(NM).today(),
            by=staff["ida"],
        )
