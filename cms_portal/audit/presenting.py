"""How the rows of each model are told: every app says it for its own, in its `presenters.py`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.utils.functional import Promise

from cms_portal.access.policy import Policy
from cms_portal.access.roles import Permission


@dataclass(frozen=True)
class Version:
    """One kept version of a row, and the one before it."""

    row: models.Model
    kept: Any
    before: Any | None

    def became(self, field: str, *values: Any) -> bool:
        """Say whether this version is the one in which `field` got one of these values."""
        now = getattr(self.kept, field)
        return now in values and (self.before is None or getattr(self.before, field) != now)


class Presenter:
    """Tells the history of one model. Subclass it, and register it with `tells(Model)`.

    `noun` names the row inside a sentence ("the home address"). `unsaid` fields are not worth telling;
    `private` ones are told as changed, but shown only to whoever holds `permission` on the row.
    """

    noun: ClassVar[str | Promise] = ""
    unsaid: ClassVar[Collection[str]] = ()
    private: ClassVar[Collection[str]] = ()
    policy: ClassVar[Policy[Any] | None] = None
    permission: ClassVar[Permission | None] = None
    labels: ClassVar[Mapping[str, str | Promise]] = {}

    def __init__(self, model: type[models.Model]):
        self.model = model

    def name(self, row: Any) -> str:
        """Return how this row is called inside a sentence."""
        return str(self.noun or self.model._meta.verbose_name)

    def sentence(self, who: str, version: Version) -> str | None:
        """Return this app's own sentence for a version, or None for the frame's."""
        return None

    def reason(self, version: Version) -> str:
        """Return why, as a person reads it; empty where the sentence says it already."""
        return version.kept.history_change_reason or ""

    def value(self, field: str, value: Any) -> str | None:
        """Return a value as a person reads it, or None for the frame's way."""
        return None

    def open_to(self, viewer: Any, keys: Collection[Any]) -> set[Any]:
        """Return the keys of the rows whose private fields this person may read."""
        if not self.private or self.policy is None or self.permission is None:
            return set()
        rows = self.policy.rows(viewer, self.permission).filter(pk__in=keys)
        return set(rows.values_list("pk", flat=True))


P = TypeVar("P", bound=type[Presenter])
_presenters: dict[type[models.Model], Presenter] = {}


def tells(*told: type[models.Model]) -> Callable[[P], P]:
    """Register a presenter for the models it tells."""

    def register(presenter: P) -> P:
        for model in told:
            if model in _presenters:
                raise ValueError(f"{model.__name__} is told twice.")
            _presenters[model] = presenter(model)
        return presenter

    return register


def presenter_of(model: type[models.Model]) -> Presenter:
    """Return who tells a model; one that nobody has registered is told by its own name."""
    return _presenters.get(model) or Presenter(model)
