"""A family's rows as a pattern: text of COPY with blanks where another family differs.

The family is lived once, through the actions; its rows, history included, are read back, and whatever is
its own becomes a blank: keys, names, numbers, birth dates, its county, office and workers. Nothing here
knows a model, so a new column or table is copied like the others.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

from cms_portal.database import bulk
from cms_portal.database.evidence import UNWATCHED

# Stands around the name of a blank; no text of the portal holds it.
MARK = "\x02"
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
# A column that proves another one of its row: it is made again from what the copy says there.
DIGESTS = {"words_sha256": "words"}


@dataclass(frozen=True)
class Table:
    """One table whose rows a family leaves."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)

    @cached_property
    def columns(self) -> list[str]:
        return [str(column.column) for column in self.model._meta.concrete_fields]

    @cached_property
    def pointers(self) -> dict[int, str]:
        """Return the place of each column that holds another row's key → that row's table."""
        found: dict[int, str] = {}
        for place, column in enumerate(self.model._meta.concrete_fields):
            if (other := column.related_model) is not None:
                found[place] = other._meta.db_table
        if live := getattr(self.model, "instance_type", None):
            found[self.columns.index(live._meta.pk.column)] = live._meta.db_table
        return found

    @cached_property
    def pointers_by_type(self) -> dict[int, int]:
        """Return the place of each column that holds the key of any kind of row → place of the kind."""
        model = getattr(self.model, "instance_type", self.model)
        return {
            self.columns.index(pointer.fk_field): self.columns.index(f"{pointer.ct_field}_id")
            for pointer in model._meta.private_fields
            if isinstance(pointer, GenericForeignKey)
        }


def tables() -> list[Table]:
    """Return every table with numbered rows, without those that the database writes by itself."""
    return [
        Table(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        if model._meta.db_table not in UNWATCHED
        if isinstance(model._meta.pk, models.AutoField | models.BigAutoField)
    ]


@dataclass
class Pattern:
    """The rows of one family; `render` fills the blanks for another one."""

    program: str
    children: int
    counts: Counter[str] = field(default_factory=Counter)
    texts: dict[str, list[str]] = field(default_factory=dict)
    uuids: int = 0
    digests: dict[str, list[str]] = field(default_factory=dict)

    @property
    def blanks(self) -> set[str]:
        """Return the names of all blanks."""
        return {name for text in self.texts.values() for name in text[1::2]}

    def render(self, values: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Yield table and text, with every blank filled."""
        for name, words in self.digests.items():
            told = _as_stored(_fill(words, values))
            values[name] = hashlib.sha256(told.encode()).hexdigest()
        for table, text in self.texts.items():
            yield table, _fill(text, values)


def _as_stored(text: str) -> str:
    """Return a text of COPY as the table holds it: with its line breaks and tabs."""
    signs = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v"}
    return re.sub(r"\\(.)", lambda found: signs.get(found[1], found[1]), text)


def _fill(text: list[str], values: Mapping[str, str]) -> str:
    """Join a text that was cut at its blanks: every second part is the name of one."""
    filled = text.copy()
    filled[1::2] = [values[name] for name in text[1::2]]
    return "".join(filled)


class Reader:
    """Reads the rows that were added since it was made, and cuts them at what is a family's own."""

    def __init__(self) -> None:
        self.tables = tables()
        self.marks = {
            table.name: bulk.highest(connection, table.name, table.key) for table in self.tables
        }
        self.kinds = {
            str(kind.pk): kind.model_class()._meta.db_table  # type: ignore[union-attr]
            for kind in ContentType.objects.all()
            if kind.model_class()
        }

    def read(
        self,
        *,
        program: str,
        children: int,
        words: Mapping[str, str],
        others: Mapping[tuple[str, str], str],
    ) -> Pattern:
        """Return the pattern of the family just lived.

        `words` are its own names, numbers and days → blank; `others` are rows that were there before
        (table, key) → blank.
        """
        rows = {table: self._rows(table) for table in self.tables}
        rows = {table: found for table, found in rows.items() if found}
        keys = dict(others)
        for table, found in rows.items():
            place = table.columns.index(table.key)
            for number, row in enumerate(found):
                keys[table.name, row[place]] = key_blank(table.name, number)
        cutter = _Cutter(Pattern(program, children), words, keys, self.kinds)
        for table, found in rows.items():
            cutter.add(table, found)
        return cutter.pattern

    def _rows(self, table: Table) -> list[bulk.Row]:
        return bulk.read_rows(
            connection, table.name, table.columns, key=table.key, above=self.marks[table.name]
        )


def key_blank(table: str, number: int) -> str:
    return f"{table}#{number}"


class _Cutter:
    """Puts the rows of one family into a pattern."""

    def __init__(
        self,
        pattern: Pattern,
        words: Mapping[str, str],
        keys: Mapping[tuple[str, str], str],
        kinds: Mapping[str, str],
    ):
        self.pattern, self.words, self.keys, self.kinds = pattern, words, keys, kinds
        longest_first = sorted(words, key=len, reverse=True)
        self.uuids: dict[str, str] = {}
        self.own = re.compile("|".join([*(_whole(word) for word in longest_first), UUID]))

    def add(self, table: Table, rows: Iterable[bulk.Row]) -> None:
        lines = [self._line(table, row) for row in rows]
        self.pattern.counts[table.name] = len(lines)
        self.pattern.texts[table.name] = "\n".join(lines).split(MARK)

    def _line(self, table: Table, row: bulk.Row) -> str:
        cut = [
            self._key(self._target(table, row, place), value) or self.own.sub(self._blank, value)
            for place, value in enumerate(row)
        ]
        for column, source in DIGESTS.items():
            if column in table.columns:
                words = cut[table.columns.index(source)]
                name = f"digest#{len(self.pattern.digests)}"
                self.pattern.digests[name] = words.split(MARK)
                cut[table.columns.index(column)] = f"{MARK}{name}{MARK}"
        return "\t".join(cut)

    def _target(self, table: Table, row: bulk.Row, place: int) -> str | None:
        if table.columns[place] == table.key:
            return table.name
        if (kind := table.pointers_by_type.get(place)) is not None:
            return self.kinds.get(row[kind])
        return table.pointers.get(place)

    def _key(self, target: str | None, value: str) -> str | None:
        blank = self.keys.get((target, value)) if target else None
        return f"{MARK}{blank}{MARK}" if blank else None

    def _blank(self, found: re.Match[str]) -> str:
        blank = self.words.get(found[0])
        if blank is None:
            blank = self.uuids.setdefault(found[0], f"uuid#{len(self.uuids)}")
            self.pattern.uuids = len(self.uuids)
        return f"{MARK}{blank}{MARK}"


def _whole(word: str) -> str:
    """Match a word only where it stands alone, be it behind the sign for a new line."""
    return rf"(?:(?<![0-9A-Za-z])|(?<=\\[nrt])){re.escape(word)}(?![0-9A-Za-z])"
