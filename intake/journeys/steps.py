"""The pages of the application and of the intake assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cms_portal import programs
from cms_portal.documents import presenters
from cms_portal.journeys.answers import Answer
from cms_portal.journeys.steps import Step
from cms_portal.offices import places
from cms_portal.offices.models import County
from cms_portal.ui.fields import YesNoUnsure
from intake import told
from intake.actions import answers
from intake.forms import health, home, money, sending
from intake.journeys.kinds import AnswerStep, AssessmentRowsStep, HouseholdStep, IsNoted, as_shown
from intake.models import Application

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class Away(AnswerStep):
    key, title = "away", _("Time away")
    form_class = home.AwayForm

    def applies(self, subject: Application) -> bool:
        return subject.assessment.lives_in_state is not False

    def initial(self, subject: Application) -> dict[str, Any]:
        days = subject.assessment.away_days
        return super().initial(subject) | {
            "was_away": None if days is None else days > 0,
            "away_days": days or None,
        }

    def save(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        if not given["was_away"]:
            given = {"away_days": 0, "told_coordinator": None}
        super().save(subject, given, by=by)


class Address(HouseholdStep):
    key, title = "address", _("County and mailing address")
    form_class = home.AddressForm

    def form_arguments(self, subject: Application) -> dict[str, Any]:
        state = programs.get(subject.program).state
        return {"counties": County.objects.filter(program=subject.program), "state": state}

    def initial(self, subject: Application) -> dict[str, Any]:
        address = told.mailing_address(subject)
        lines = {
            name: getattr(address, name, "") for name in ("street", "unit", "city", "zip_code")
        }
        goes_elsewhere = bool(address and address.state != programs.get(subject.program).state)
        return {"county": subject.household.county, "goes_elsewhere": goes_elsewhere, **lines}

    def fill_in(self, form: Any, told: Mapping[str, Any]) -> bool:
        """Show the county by its name, as the ZIP code of the home tells it."""
        name = places.fold(told.get("county", ""))
        counties = form.fields["county"].queryset
        county = next((one for one in counties if places.fold(one.name) == name), None)
        if county is None or form.initial.get("county"):
            return False
        form.initial["county"] = county
        return True

    def keep(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        county = given.pop("county")
        answers.record_address(application=subject, county=county, lines=given, by=by)


class Contact(HouseholdStep):
    key, title = "contact", _("How to reach you")
    form_class = home.ContactForm
    columns = ("phone", "email", "preferred_channel", "safe_to_text", "safe_to_leave_voicemail")

    def initial(self, subject: Application) -> dict[str, Any]:
        guardian = told.contact_of(subject)
        held = {name: getattr(guardian, name) for name in ("phone", "email")}
        if self.is_done(subject):
            held = {name: getattr(guardian, name) for name in self.columns}
        return held

    def keep(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        answers.record_contact(application=subject, facts=given, by=by)


class Languages(HouseholdStep):
    key, title = "language", _("Languages")
    form_class = home.LanguageForm

    def initial(self, subject: Application) -> dict[str, Any]:
        guardian = told.contact_of(subject)
        return {
            "spoken_language": guardian.spoken_language,
            "written_language": guardian.written_language,
            "needs_interpreter": guardian.needs_interpreter if self.is_done(subject) else None,
            "interpreter_mode": guardian.interpreter_mode,
        }

    def keep(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        wants = given.pop("needs_interpreter")
        given["interpreter_language"] = given["spoken_language"] if wants else ""
        given["interpreter_mode"] = given["interpreter_mode"] if wants else ""
        answers.record_contact(application=subject, facts=given, by=by)


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


class SeizureMedicine(AnswerStep):
    """Epilepsy counts as listed only with seizure medicine, so the question is asked of nobody else."""

    key, title = "seizure-medicine", _("Seizure medicine")
    form_class = health.SeizureMedicineForm

    def applies(self, subject: Application) -> bool:
        return any(told.may_be_epilepsy(row) for row in told.conditions_of(subject))

    def initial(self, subject: Application) -> dict[str, Any]:
        taken = [
            row.on_seizure_medication
            for row in told.conditions_of(subject)
            if told.may_be_epilepsy(row)
        ]
        field = self.form_class.base_fields["on_seizure_medication"]
        return {"on_seizure_medication": as_shown(field, taken[0], done=self.is_done(subject))}

    def save(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        answer = given["on_seizure_medication"]
        taken = None if answer == YesNoUnsure.UNSURE else answer == YesNoUnsure.YES
        answers.record_seizure_medicine(application=subject, taken=taken, by=by, at=timezone.now())


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


class Papers(IsNoted, Step):
    """Papers that show what was answered; none is needed to send."""

    key, title = "papers", _("Papers")
    form_class = sending.PapersForm

    def initial(self, subject: Application) -> dict[str, Any]:
        return {}

    def form_arguments(self, subject: Application) -> dict[str, Any]:
        return {"is_required": False}

    def shows(self, subject: Application) -> dict[str, Any]:
        return {"papers": presenters.papers(told.papers_of(subject))}

    def answers(self, subject: Application) -> list[Answer]:
        return [
            Answer(paper.get_kind_display(), _files_in_words(paper))
            for paper in told.papers_of(subject)
        ]

    def save(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        answers.record_papers(
            application=subject,
            kind=given["kind"],
            files=given["papers"],
            by=by,
            at=timezone.now(),
        )

    def save_part(self, subject: Application, form: Any, *, by: User) -> None:
        if form.accepted and form.cleaned_data.get("kind"):
            self.save(subject, form.cleaned_data | {"papers": form.accepted}, by=by)


def _files_in_words(paper: Any) -> str:
    count = len(paper.files.all())
    return ngettext("{count} file", "{count} files", count).format(count=count)
