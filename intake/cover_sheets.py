"""What the code of a cover sheet stands for: the thing we asked for, as long as it can be answered."""

from __future__ import annotations

from enum import StrEnum

from intake.actions.information_requests import comes_back_until
from intake.models import Envelope, InformationRequest, Status
from intake.states import RequestState


class Verdict(StrEnum):
    """What the code on a cover sheet is to one envelope."""

    GOOD = "good"
    # Another program's code is as unknown here as one that nobody made.
    UNKNOWN = "unknown"
    OVER = "over"


def verdict_on(code: str, envelope: Envelope) -> tuple[Verdict, InformationRequest | None]:
    """Return what a code is to an envelope and, unless it is unknown here, what was asked with it."""
    found = InformationRequest.objects.filter(
        cover_code=code, application__program=envelope.program
    )
    request = found.select_related("application__child", "application__household").first()
    if request is None:
        return Verdict.UNKNOWN, None
    return (Verdict.GOOD if _is_in_use(request, envelope) else Verdict.OVER), request


def _is_in_use(request: InformationRequest, envelope: Envelope) -> bool:
    if request.state == RequestState.CANCELLED:
        return False
    if request.application.status == Status.WITHDRAWN:
        return False
    return request.is_open or envelope.counts_on < comes_back_until(request)
