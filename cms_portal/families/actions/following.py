"""How rows follow when two records of one child become one: all of them, each logged, so it can be undone.

No list of relations is kept: every column that points to a child is walked. Where two rows cannot stand
together at one child, a rule of that model says what becomes of the one that comes; without a rule, or where
only a person may choose, the merge is refused with a sentence. An app registers rules and sentences of its
own in `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, OperationalError, models
from django.db.models.signals import post_save
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms_portal.audit import context
from cms_portal.audit.presenting import presenter_of
from cms_portal.audit.tracking import save_tracked
from cms_portal.database.merging import STAYS, follow_merge, pointers_to_children
from cms_portal.families.actions.dated import NotAllowedHere
from cms_portal.families.models import Child, Merge, MergeMove

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

# The facts of a child of which the record that stays may take the other's.
FACTS = (
    *("first_name", "middle_name", "last_name", "preferred_name", "date_of_birth", "sex"),
    *("race", "ethnicity", "tribe", "died_on"),
)
LOCK_NOT_AVAILABLE = "55P03"


@dataclass(frozen=True)
class Pointer:
    """A column that may point to a child; of a link to anything, `type_column` says to what."""

    model: Any
    column: str
    type_column: str = ""

    def rows(self, child: Child) -> models.QuerySet:
        at = {self.column: child.pk}
        if self.type_column:
            at[self.type_column] = ContentType.objects.get_for_model(Child).pk
        return self.model._base_manager.filter(**at).order_by("pk")


@cache
def pointers() -> tuple[Pointer, ...]:
    """Return every column that may point to a child, but for those of `STAYS`."""
    direct = [Pointer(model, field.attname) for model, field in pointers_to_children()]
    to_anything = [
        Pointer(model, link.fk_field, f"{link.ct_field}_id")
        for model in apps.get_models()
        if not hasattr(model, "history_object")
        for link in model._meta.private_fields
        if isinstance(link, GenericForeignKey)
    ]
    found = [one for one in [*direct, *to_anything] if one.model._meta.db_table not in STAYS]
    return tuple(sorted(found, key=lambda one: (one.model._meta.label, one.column)))


@dataclass
class Merging:
    """A merge that somebody carries out or undoes."""

    merge: Merge
    winner: Child
    loser: Child
    by: User
    reason: str

    def change(self, row: Any, **values: Any) -> None:
        """Change columns of one row, keep its history, and log each value that changed."""
        was = {column: _kept(row, column) for column in values}
        for column, value in values.items():
            setattr(row, column, value)
        with refused_in_words(row):
            save_tracked(row, by=self.by, reason=self.reason)
        for column, before in was.items():
            if before != (after := _kept(row, column)):
                self.log(row, column, before, after)

    def follow(self, row: Any, column: str, to: Child, *, undoes: bool = False) -> None:
        """Let a row that is only ever added point to the other of the two records."""
        line = self.log(row, column, getattr(row, column), to.pk, undoes=undoes)
        with context.acting(by=self.by, reason=self.reason), refused_in_words(row):
            follow_merge(line.pk)
            row.refresh_from_db()
            # The database wrote the row; its readable history is kept as after any other write.
            post_save.send(type(row), instance=row, created=False, raw=False, using=row._state.db)

    def log(
        self, row: Any, column: str, was: Any, became: Any, *, undoes: bool = False
    ) -> MergeMove:
        line = MergeMove(
            merge=self.merge,
            relation=row._meta.db_table,
            row=str(row.pk),
            column=column,
            was=was,
            became=became,
            undoes=undoes,
        )
        return save_tracked(line, by=self.by, reason=self.reason)


def _kept(row: Any, column: str) -> Any:
    """Return a value as the log keeps it: what JSON has no word for, as text."""
    value = row.__dict__[column]
    plain = (str, int, float, bool, list, dict, type(None))
    return value if isinstance(value, plain) else _field(row, column).value_to_string(row)


def _field(row: Any, column: str) -> Any:
    return next(field for field in row._meta.concrete_fields if field.attname == column)


def from_log(row: Any, column: str, value: Any) -> Any:
    """Return a value of the log as the row holds it."""
    field = _field(row, column)
    return value if field.is_relation else field.to_python(value)


# What becomes of a row of the loser beside the winner's: the columns to change with the pointer.
Rule = Callable[[Merging, Any], dict[str, Any]]
_rules: dict[type[models.Model], Rule] = {}
_sentences: dict[str, str | Promise] = {}


def settles(model: type[models.Model]) -> Callable[[Rule], Rule]:
    """Register the rule of a model; raise ValueError for a second one."""

    def register(rule: Rule) -> Rule:
        if model in _rules:
            raise ValueError(f"{model.__name__} is settled twice.")
        _rules[model] = rule
        return rule

    return register


def say_for(constraint: str, sentence: str | Promise) -> None:
    """Say in words why two records cannot be joined when a constraint of the database stands in the way."""
    _sentences[constraint] = sentence


def move_everything(merging: Merging) -> None:
    """Let every row that points to the loser point to the winner."""
    for pointer in pointers():
        for row in locked_now(pointer.rows(merging.loser)):
            if getattr(row, "is_append_only", False):
                merging.follow(row, pointer.column, merging.winner)
                continue
            rule = _rules.get(type(row))
            settled = rule(merging, row) if rule else {}
            merging.change(row, **{pointer.column: merging.winner.pk}, **settled)


def locked_now(rows: models.QuerySet) -> list[Any]:
    """Lock rows without waiting: who changes one of them now may wait for the child, which is ours."""
    if getattr(rows.model, "is_append_only", False):
        return list(rows)
    try:
        return list(rows.select_for_update(of=("self",), nowait=True))
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", None) != LOCK_NOT_AVAILABLE:
            raise
        raise NotAllowedHere(
            _("Somebody is changing something on one of the records. Try again in a minute.")
        ) from error


@contextmanager
def refused_in_words(row: Any) -> Iterator[None]:
    """Turn what the database refuses into a sentence for a person."""
    try:
        yield
    except IntegrityError as error:
        about = getattr(error.__cause__, "diag", None)
        sentence = _sentences.get(getattr(about, "constraint_name", None) or "")
        raise NotAllowedHere(str(sentence) if sentence else _in_the_way(row)) from error


def _in_the_way(row: Any) -> str:
    return _("%(noun)s cannot stand twice at one child. Settle it on one of the records first.") % {
        "noun": capfirst(named(row))
    }


def named(row: Any) -> str:
    """Return how a row is called inside a sentence, as in the timeline."""
    return presenter_of(type(row)).name(row)
