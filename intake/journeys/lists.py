"""The pages of an application on which several things of one kind are told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from intake import told
from intake.forms import health, money
from intake.journeys.kinds import AssessmentRowsStep
from intake.models import Application


class Conditions(AssessmentRowsStep):
    key, title = "conditions", _("Health conditions")
    row_name = _("Condition {number}")
    row_form = health.ConditionForm
    staff_row_form = health.StaffConditionForm

    def rows(self, subject: Application) -> Any:
        return subject.assessment.conditions.filter(is_withdrawn=False)

    def kept(self, subject: Application) -> Any:
        return told.conditions_of(subject)

    def initial(self, subject: Application) -> Any:
        taken = {True: "yes", False: "no", None: ""}
        return [
            row | {"on_seizure_medication": taken[row["on_seizure_medication"]]}
            for row in super().initial(subject)
        ]


class Income(AssessmentRowsStep):
    key, title = "income", _("Income")
    row_name = _("Income {number}")
    row_form = money.IncomeLineForm

    def applies(self, subject: Application) -> bool:
        """A home without income has nothing to list; what it listed before stays open to correct."""
        return subject.assessment.has_income is not False or bool(told.income_of(subject))

    def rows(self, subject: Application) -> Any:
        return subject.assessment.income.filter(is_withdrawn=False)

    def kept(self, subject: Application) -> Any:
        return told.income_of(subject)


class Assets(AssessmentRowsStep):
    key, title = "assets", _("What you own")
    row_name = _("Thing {number}")
    row_form = money.AssetForm

    def rows(self, subject: Application) -> Any:
        return subject.assessment.assets.filter(is_withdrawn=False)

    def kept(self, subject: Application) -> Any:
        return told.assets_of(subject)
