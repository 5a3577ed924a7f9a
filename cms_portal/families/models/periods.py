"""Rows that hold from a day until a day."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from cms_portal.audit.tracking import TrackedQuerySet


class Period(Func):
    """The half-open range of days [starts_on, ends_on) of a dated row; an empty end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


def period() -> Period:
    return Period("starts_on", "ends_on", RangeBoundary())


def never_twice(name: str, *columns: Any, condition: Q | None = None) -> ExclusionConstraint:
    """Return a constraint: no two rows with equal `columns` share a day."""
    return ExclusionConstraint(
        name=name,
        expressions=[(period(), RangeOperators.OVERLAPS)]
        + [(column, RangeOperators.EQUAL) for column in columns],
        condition=condition,
    )


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name=name
    )


class DatedQuerySet(TrackedQuerySet):
    """Rows that hold from `starts_on` until the day before `ends_on`."""

    def on(self, day: date) -> Self:
        return self.filter(in_force(day))

    def not_over_on(self, day: date) -> Self:
        """Keep the rows in force on a day or after it."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=day) & Q(ends_on__gt=F("starts_on"))
        )


def in_force(day: date, path: str = "") -> Q:
    """Return the condition that a dated row, perhaps at the end of a path, holds on a day."""
    return Q(**{f"{path}starts_on__lte": day}) & (
        Q(**{f"{path}ends_on__isnull": True}) | Q(**{f"{path}ends_on__gt": day})
    )
