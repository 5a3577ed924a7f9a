"""Answering pages from data, in the very shapes a browser sends; for demo data and tests."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cms_portal.accounts.models import User
from cms_portal.journeys.rows import ROW, RowsStep
from intake.actions import answers
from intake.journeys import journey_of
from intake.models import Application


class BadAnswer(ValueError):
    """The page would not have taken this answer."""


def fill(application: Application, sent: dict[str, dict[str, Any]], *, by: User) -> Application:
    """Answer the pages named in `sent` (step key → fields as sent), in the journey's order.

    A page that an earlier answer closed is passed over; raises BadAnswer for what a page refuses.
    """
    with transaction.atomic():
        answers.hold(application=application, by=by, household=True)
        try:
            _fill(application, sent, by=by)
        finally:
            application.is_held = False
    return application


def _fill(application: Application, sent: dict[str, dict[str, Any]], *, by: User) -> None:
    journey = journey_of(application.program)
    for key in journey.steps:
        step = journey.step(application, key) if key in sent else None
        if step is None:
            continue
        data = sent[key]
        if isinstance(step, RowsStep) and not step.is_done(application):
            data = data | _keys_of_carried(application, step)
        form = step.form(application, data=data, for_staff=by.is_staff_member)
        if not form.is_valid():
            raise BadAnswer(f"{key}: {form.errors}")
        step.save(
            application,
            form.filled() if hasattr(form, "filled") else dict(form.cleaned_data),
            by=by,
        )


def _keys_of_carried(application: Application, step: RowsStep) -> dict[str, Any]:
    """Return the keys of the rows that an earlier application left here, to be told anew in order."""
    kept = list(step.rows(application))
    keys = {f"{step.key}-{place}-{ROW}": str(row.pk) for place, row in enumerate(kept)}
    return keys | ({f"{step.key}-INITIAL_FORMS": len(kept)} if kept else {})


def rows_again(application: Application, key: str, *given: dict[str, Any]) -> dict[str, Any]:
    """Return the sent form of a page of rows: those kept, in order and as given now, and new ones."""
    step: Any = journey_of(application.program).steps[key]
    kept = list(step.rows(application))
    sent = rows(key, *given) | {f"{key}-INITIAL_FORMS": len(kept)}
    return sent | {f"{key}-{place}-{ROW}": str(row.pk) for place, row in enumerate(kept)}


def rows(key: str, *given: dict[str, Any]) -> dict[str, Any]:
    """Return the sent form of a page of rows: nothing before, these now."""
    sent: dict[str, Any] = {f"{key}-TOTAL_FORMS": len(given), f"{key}-INITIAL_FORMS": 0}
    for position, row in enumerate(given):
        sent |= {f"{key}-{position}-{name}": value for name, value in row.items()}
    return sent
