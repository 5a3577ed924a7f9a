"""How rows about families are saved: always with an actor and a reason, never around the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from django.db import models
from simple_history.models import HistoricalRecords

from cms_portal.audit import context

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class UnattributedChange(RuntimeError):
    """Somebody tried to change a tracked row without saying who does it."""


class UntrackedWrite(TypeError):
    """A call that would change rows without leaving history."""


class TrackedQuerySet(models.QuerySet):
    """A queryset whose rows change one by one, through `save_tracked`."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UntrackedWrite(
            f"{self.model.__name__} keeps a history that this call would bypass; use save_tracked()."
        )

    update = delete = bulk_create = bulk_update = update_or_create = _raw_delete = _refuse
    abulk_create = abulk_update = aupdate = adelete = aupdate_or_create = _refuse

    # Django asks for these on the method when it builds a manager or a template looks it up.
    update.alters_data = True  # type: ignore[attr-defined]


class HistoryRow(models.Model):
    """What each kept version of a row carries besides its values."""

    request_id = models.UUIDField(null=True, editable=False)

    class Meta:
        abstract = True


def History(**options: Any) -> HistoricalRecords:
    """Return the history of a tracked model: who, when, why, in which request."""
    return HistoricalRecords(bases=[HistoryRow], **options)


T = TypeVar("T", bound=models.Model)


def save_tracked(row: T, *, by: User, reason: str) -> T:
    """Save one tracked row with its actor and reason; a rule of the row itself raises ValidationError."""
    row.full_clean(validate_unique=False, validate_constraints=False)
    with context.acting(by=by, reason=reason):
        row.save()
    return row


def stamp_history(sender: type, history_instance: Any, **kwargs: Any) -> None:
    """Write actor, reason and request on a kept version; refuse one that nobody answers for."""
    now = context.current()
    if now.actor is None:
        raise UnattributedChange(f"{sender.__name__}: say who changes it, with save_tracked(by=…).")
    history_instance.history_user = now.actor
    history_instance.history_change_reason = now.reason
    history_instance.request_id = now.request_id
