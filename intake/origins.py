"""Where a fact of an application comes from: who wrote it down, and on which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms_portal import programs
from intake.models import Application, ConditionStatus

# The columns of the assessment behind each fact of the rules.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "residence.state": ("lives_in_state",),
    "residence.intends_to_stay": ("intends_to_stay",),
    "residence.away_days": ("away_days",),
    "residence.told_coordinator": ("told_coordinator",),
    "has_primary_care_provider": ("has_primary_care_provider",),
    "household.size": ("household_size",),
    "household.children_with_special_needs": ("children_with_special_needs",),
    "income": ("has_income",),
    "coverage.medicaid": ("medicaid",),
    "coverage.private_insurance": ("has_private_insurance",),
    "coverage.insurance_pool": ("insurance_pool",),
    "newborn.born_in_state": ("born_in_state",),
    "newborn.hearing": ("hearing_screen",),
    "newborn.hearing_risk_factors": ("hearing_risk_factors",),
    "newborn.bloodspot": ("bloodspot_screen",),
}


@dataclass(frozen=True)
class Origin:
    """Who wrote a fact down, when, and whether a paper shows it."""

    who: Any
    on: date
    is_on_paper: bool = False

    @property
    def words(self) -> str:
        facts = {"who": self.who, "day": date_format(self.on, "SHORT_DATE_FORMAT")}
        if self.is_on_paper:
            return _("A doctor’s paper, seen by %(who)s, %(day)s") % facts
        if getattr(self.who, "is_staff_member", False):
            return _("Written by %(who)s, %(day)s") % facts
        return _("Told by %(who)s, %(day)s") % facts


class Origins:
    """The origins of one application's facts, read from the kept versions of its rows."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.timezone = programs.get(application.program).timezone
        self._of_columns = self._last_changes(application.assessment)
        self._of_rows = {
            "conditions": self._newest(application.assessment.conditions.all()),
            "income": self._newest(application.assessment.income.all()),
        }
        self._of_child = self._last_changes(application.child)

    def of(self, facts: Iterable[str]) -> list[str]:
        """Return the origins of these facts in words, each once; nothing for what nobody told."""
        found = (self._of(fact) for fact in facts)
        return list(dict.fromkeys(origin.words for origin in found if origin))

    def _of(self, fact: str) -> Origin | None:
        if fact == "date_of_birth":
            return self._of_child.get("date_of_birth")
        if origin := self._of_rows.get(fact):
            return origin
        origins = [self._of_columns.get(column) for column in COLUMNS.get(fact, ())]
        return next((origin for origin in origins if origin), None)

    def _last_changes(self, row: Any) -> dict[str, Origin]:
        """Return, for each column that holds something, who changed it last."""
        found: dict[str, Origin] = {}
        before: Any = None
        for version in row.history.select_related("history_user").order_by(
            "history_date", "history_id"
        ):
            for field in version.tracked_fields:
                value = getattr(version, field.attname)
                if value in (None, "") or (before and getattr(before, field.attname) == value):
                    continue
                found[field.name] = self._origin(version)
            before = version
        return found

    def _newest(self, rows: QuerySet) -> Origin | None:
        """Return who wrote last on any of these rows that was not taken back."""
        kept = [row.pk for row in rows if not row.is_withdrawn]
        newest = (
            rows.model.history.filter(id__in=kept)
            .select_related("history_user")
            .order_by("history_date", "history_id")
            .last()
        )
        if newest is None:
            return None
        on_paper = getattr(newest, "status", "") == ConditionStatus.CONFIRMED
        return self._origin(newest, is_on_paper=on_paper)

    def _origin(self, version: Any, *, is_on_paper: bool = False) -> Origin:
        on = timezone.localdate(version.history_date, self.timezone)
        return Origin(version.history_user, on, is_on_paper)
