"""Where a fact of an application comes from: who wrote it down, and on which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms_portal import programs
from intake import told
from intake.models import Application, Channel, ConditionStatus, ReportedCondition

# The pages that ask for each fact of the rules, and the column of the assessment that holds it.
ASKED_ON: Mapping[str, tuple[tuple[str, ...], str]] = {
    "residence.state": (("residence", "state"), "lives_in_state"),
    "residence.intends_to_stay": (("residence",), "intends_to_stay"),
    "residence.away_days": (("away-details", "away"), "away_days"),
    "residence.told_coordinator": (("away-details",), "told_coordinator"),
    "has_primary_care_provider": (("doctor",), "has_primary_care_provider"),
    "household.size": (("household",), "household_size"),
    "household.children_with_special_needs": (("household",), "children_with_special_needs"),
    "coverage.medicaid": (("medicaid",), "medicaid"),
    "coverage.private_insurance": (("insurance",), "has_private_insurance"),
    "coverage.insurance_pool": (("pool",), "insurance_pool"),
    "newborn.born_in_state": (("newborn",), "born_in_state"),
    "newborn.hearing": (("newborn",), "hearing_screen"),
    "newborn.hearing_risk_factors": (("newborn",), "hearing_risk_factors"),
    "newborn.bloodspot": (("newborn",), "bloodspot_screen"),
}


@dataclass(frozen=True)
class Origin:
    """Who wrote a fact down, who told it, how and when, and whether a paper shows it."""

    who: Any
    on: date
    said_name: str = ""
    channel: str = Channel.WEB
    confirmed_on: date | None = None
    is_on_paper: bool = False

    @property
    def words(self) -> str:
        if self.confirmed_on is None:
            return self._said
        return _("%(said)s; still right on %(day)s") % {
            "said": self._said,
            "day": date_format(self.confirmed_on, "SHORT_DATE_FORMAT"),
        }

    @property
    def _said(self) -> str:
        facts = {"who": self.who, "day": date_format(self.on, "SHORT_DATE_FORMAT")}
        if self.is_on_paper:
            return _("A doctor’s paper, seen by %(who)s, %(day)s") % facts
        if not getattr(self.who, "is_staff_member", False):
            return _("Told by %(who)s, %(day)s") % facts
        facts["how"] = Channel(self.channel).label
        if self.said_name:
            facts["teller"] = self.said_name
            return _("Told by %(teller)s, %(how)s, written by %(who)s, %(day)s") % facts
        return _("Written by %(who)s, %(how)s, %(day)s") % facts


class Origins:
    """The origins of one application's facts: the pages on which they were said."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.timezone = programs.get(application.program).timezone
        self._pages = told.answered_pages(application)

    def of(self, facts: Iterable[str]) -> list[str]:
        """Return the origins of these facts in words, each once; nothing for what nobody told."""
        found = (self._of(fact) for fact in facts)
        return list(dict.fromkeys(origin.words for origin in found if origin))

    def _of(self, fact: str) -> Origin | None:
        if fact == "date_of_birth":
            return self._of_birth_date
        if fact == "conditions":
            return self._of_paper or self._on_page("conditions")
        if fact == "income":
            return self._on_page("income") or self._on_page("any-income")
        pages, column = ASKED_ON.get(fact, ((), ""))
        if not pages or getattr(self.application.assessment, column) in (None, ""):
            return None
        return next((found for page in pages if (found := self._on_page(page))), None)

    def _on_page(self, step: str) -> Origin | None:
        page = self._pages.get(step)
        if page is None:
            return None
        return Origin(
            page.said_by,
            self._day(page.said_at),
            page.said_name,
            page.channel,
            self._day(page.confirmed_at) if page.confirmed_at else None,
        )

    @cached_property
    def _of_paper(self) -> Origin | None:
        """Return who saw the newest paper that confirms a condition."""
        conditions = told.conditions_of(self.application)
        confirmed = [row.pk for row in conditions if row.status == ConditionStatus.CONFIRMED]
        newest = _newest(ReportedCondition.history.filter(id__in=confirmed))
        return self._written(newest, is_on_paper=True) if newest else None

    @cached_property
    def _of_birth_date(self) -> Origin | None:
        child = self.application.child
        newest = _newest(child.history.filter(date_of_birth=child.date_of_birth), first=True)
        return self._written(newest) if newest else None

    def _written(self, version: Any, *, is_on_paper: bool = False) -> Origin:
        on = self._day(version.history_date)
        return Origin(version.history_user, on, is_on_paper=is_on_paper)

    def _day(self, moment: datetime) -> date:
        return timezone.localdate(moment, self.timezone)


def _newest(versions: QuerySet, *, first: bool = False) -> Any:
    """Return the newest kept version, or the first that said it."""
    ordered = versions.select_related("history_user").order_by("history_date", "history_id")
    return ordered.first() if first else ordered.last()
