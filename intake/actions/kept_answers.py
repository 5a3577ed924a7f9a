"""Keeping what the quick check was told until the family sends the page that asks the same."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cms_portal.accounts import keys
from cms_portal.audit import context
from intake import told
from intake.models import Application, KeptAnswer
from intake.prefilled import Pages

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


@transaction.atomic
def keep(*, application: Application, pages: Pages, by: User, at: datetime) -> list[KeptAnswer]:
    """Keep what pages of a draft can show filled in; a page that was answered stays as it is."""
    pages_told = told.answered_pages(application).values()
    done = {page.step for page in pages_told if not page.is_to_confirm}
    if not application.is_draft:
        return []
    with context.acting(by=by, reason="from the quick check"):
        return [
            KeptAnswer.objects.update_or_create(
                application=application,
                step=step,
                defaults={"told": keys.encrypt(json.dumps(fields)), "kept_at": at},
            )[0]
            for step, fields in pages.items()
            if step not in done
        ]


def told_for(application: Application, step: str) -> dict[str, Any]:
    """Return what a page of a draft shows filled in, by field; empty if nothing."""
    kept = KeptAnswer.objects.filter(application=application, step=step).first()
    try:
        fields: dict[str, Any] = json.loads(keys.decrypt(kept.told)) if kept else {}
    except ValueError:  # kept under a key that is gone
        return {}
    return fields


def forget(*, application: Application, by: User, step: str = "") -> int:
    """Forget what was kept for one page, or for all; return for how many."""
    kept = KeptAnswer.objects.filter(application=application)
    with context.acting(by=by, reason="the page was sent" if step else "no longer a draft"):
        removed, _by_model = (kept.filter(step=step) if step else kept).delete()
    return removed
