"""What we write to a family whose child is enrolled, or whom we cannot reach."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.families.models import Guardian
from cms_portal.families.serving import who_serves
from cms_portal.notifications.actions import queue
from cms_portal.notifications.models import Message
from cms_portal.notifications.wording import word
from intake.messages import write
from intake.models import Application, Enrollment, Referral
from intake.told import contact_of

PROOF, COULD_NOT_REACH = "intake/proof_of_enrollment", "intake/could_not_reach"


def welcome(enrollment: Enrollment, *, on: date, by: User) -> Message | None:
    """Say from when a child is enrolled, who works with the family, and what comes next."""
    application, program = enrollment.application, programs.get(enrollment.program)
    serving = who_serves(
        program=program.code, child=enrollment.child, household=enrollment.household, on=on
    )
    worker = (serving and serving.worker) or application.worker
    office = serving.office if serving else application.office
    phone = office.phone.as_national if office and office.phone else program.toll_free
    values = {
        "starts": enrollment.starts_on,
        "last_day": enrollment.last_day,
        "worker": worker.name if worker else "",
        "phone": phone,
    }
    return write(application, key="intake/welcome", values=values, by=by)


def mail_proof(
    enrollment: Enrollment, *, to: Guardian, language: str, on: date, by: User
) -> Message:
    """Mail a family the proof that its child is enrolled, in a language that its reader knows."""
    return queue(
        key=PROOF,
        guardian=to,
        child=enrollment.child,
        about=enrollment,
        values=_of_proof(enrollment, on),
        by_mail=True,
        language=language,
        by=by,
    )


def proof(enrollment: Enrollment, *, language: str, on: date) -> Message:
    """Return the same letter to hand over today, without an address and kept nowhere."""
    wording = word(
        key=PROOF,
        language=language,
        channel="",
        program=enrollment.program,
        values=_of_proof(enrollment, on),
    )
    return Message(
        program=enrollment.program,
        language=language,
        title=wording.title,
        text=wording.text,
        queued_at=timezone.now(),
    )


def _of_proof(enrollment: Enrollment, on: date) -> dict[str, Any]:
    return {
        "full_name": enrollment.child.full_name,
        "starts": enrollment.starts_on,
        "last_day": enrollment.last_day,
        "is_over": enrollment.ends_on <= on,
    }


def whom_to_give(enrollment: Enrollment, user: User) -> Guardian:
    """Return to whom a letter about an enrollment goes: who asks, if of this home, else our contact."""
    own = enrollment.household.guardians.filter(user=user).first()
    return own or contact_of(enrollment.application)


def could_not_reach(application: Application, *, by: User) -> Message | None:
    """Ask a family whom we know to call us; nothing is closed by it."""
    return write(application, key=COULD_NOT_REACH, values={"is_known": True}, by_mail=True, by=by)


def was_written_to(application: Application) -> bool:
    """Say whether the letter to a family that we could not reach has been written already."""
    return Message.objects.about(application).filter(key=COULD_NOT_REACH).exists()


def letter_to_referred(referral: Referral, *, address: str, language: str) -> Message:
    """Return the letter to a family that we know from a referral alone; it names no child."""
    wording = word(key=COULD_NOT_REACH, language=language, channel="", program=referral.program)
    return Message(
        program=referral.program,
        language=language,
        address=address,
        title=wording.title,
        text=wording.text,
        queued_at=timezone.now(),
    )
