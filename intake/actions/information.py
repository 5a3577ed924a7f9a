"""Keeping that somebody got an answer: information and referral, without a case."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cms_portal.accounts.models import User
from cms_portal.audit.tracking import save_tracked
from cms_portal.offices.models import County, Office
from intake.models import InformationCall


@transaction.atomic
def log_information(
    *,
    office: Office,
    topic: str,
    spoken_language: str,
    county: County | None,
    on: date,
    by: User,
) -> InformationCall:
    """Keep that a caller got an answer; never who called."""
    call = InformationCall(
        program=office.program,
        office=office,
        topic=topic,
        spoken_language=spoken_language,
        county=county,
        on=on,
        by=by,
    )
    return save_tracked(call, by=by, reason="somebody asked for information")
