"""How rows about families are saved: always with an actor and a reason, never around the history."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from django.conf import settings
from django.db import models
from simple_history.manager import HistoryManager
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

    update = delete = bulk_create = bulk_update = _raw_delete = _refuse
    aupdate = adelete = abulk_create = abulk_update = _refuse
    # These lock and save one row, so a history there would be; but nobody could give it a reason.
    update_or_create = aupdate_or_create = _refuse

    # A manager copies a method whose `queryset_only` says so, and a template calls none that alters data.
    _refuse.alters_data = True  # type: ignore[attr-defined]
    _refuse.queryset_only = False  # type: ignore[attr-defined]


class HistoryRow(models.Model):
    """What each kept version of a row carries besides its values."""

    request_id = models.UUIDField(null=True, editable=False)

    class Meta:
        abstract = True


class _Versions(HistoryManager):
    """The manager of kept versions; its class is put together once, not at each save."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[models.QuerySet], class_name: Any = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class History(HistoricalRecords):
    """The history of a tracked model: who, when, why, in which request. It cannot be switched off."""

    def __init__(self, **options: Any):
        super().__init__(
            bases=[HistoryRow],
            history_id_field=models.BigAutoField(),
            history_manager=_Versions,
            **options,
        )

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        super().contribute_to_class(cls, name)
        # Relations write through the base manager (`household.guardians.add(…)`): it refuses, too.
        cls._meta.base_manager_name = "objects"

    def add_extra_methods(self, cls: type[models.Model]) -> None:
        """Leave out the method that saves without a history."""

    def get_history_user(self, instance: Any) -> User | None:
        """Return who acts now; the library would look for a signed-in user in each request first."""
        return context.current().actor

    def post_save(self, instance: Any, created: bool, using: Any = None, **kwargs: Any) -> None:
        off = hasattr(instance, "skip_history_when_saving") or not settings.SIMPLE_HISTORY_ENABLED
        if off or kwargs.get("raw"):
            raise UntrackedWrite(f"{type(instance).__name__} is never saved without its history.")
        super().post_save(instance, created, using=using, **kwargs)


T = TypeVar("T", bound=models.Model)


def save_tracked(row: T, *, by: User, reason: str) -> T:
    """Save one tracked row with its actor and reason; a rule of the row itself raises ValidationError."""
    # The database checks what a row points to, without a query for each.
    pointers = {field.name for field in row._meta.fields if field.is_relation}
    row.full_clean(exclude=pointers, validate_unique=False, validate_constraints=False)
    with context.acting(by=by, reason=reason):
        row.save()
    return row


def stamp_history(sender: type, history_instance: Any, **kwargs: Any) -> None:
    """Write reason and request on a kept version; refuse one that nobody answers for."""
    now = context.current()
    if now.actor is None:
        raise UnattributedChange(f"{sender.__name__}: say who changes it, with save_tracked(by=…).")
    history_instance.history_change_reason = now.reason
    history_instance.request_id = now.request_id
