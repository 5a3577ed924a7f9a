"""Kept values as a person reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber


class Reader:
    """Reads the values of kept versions; what they point to is looked up once, not for each."""

    def __init__(self, versions: Iterable[tuple[Any, list[models.Field]]]):
        wanted: dict[Any, set[Any]] = defaultdict(set)
        for kept, fields in versions:
            for field in fields:
                if field.is_relation and (key := getattr(kept, field.attname)) is not None:
                    wanted[field.related_model].add(key)
        self.found = {model: model._base_manager.in_bulk(keys) for model, keys in wanted.items()}

    def read(self, field: models.Field, value: Any) -> str:
        """Return the words for one value; empty for none."""
        if value is None or value in ("", []):
            return ""
        if field.is_relation:
            found: Any = field.related_model
            return str(self.found.get(found, {}).get(value, ""))
        if isinstance(value, list):
            return ", ".join(_worded(getattr(field, "base_field", field), item) for item in value)
        return _worded(field, value)


def _worded(field: models.Field, value: Any) -> str:
    choices = dict(field.flatchoices)
    if value in choices:
        return str(choices[value])
    for kind, words in _WORDS:
        if isinstance(value, kind):
            return words(value)
    return str(value)


_WORDS: list[tuple[Any, Any]] = [
    (bool, lambda value: _("yes") if value else _("no")),
    (datetime, lambda value: date_format(timezone.localtime(value), "DATETIME_FORMAT")),
    (date, lambda value: date_format(value, "DATE_FORMAT")),
    (PhoneNumber, lambda value: value.as_national),
    (Decimal, lambda value: number_format(value, 2, force_grouping=True)),
    ((int, float), number_format),
]
