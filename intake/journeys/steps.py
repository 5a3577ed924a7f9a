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
from eligibility.catalogue import services_by_name
from intake import told
from intake.actions import answers
from intake.evidence import proofs_of
from intake.forms import health, home, money, sending
from intake.forms.child import HISPANIC, ChildForm
from intake.journeys import applies
from intake.journeys.kinds import (
    AnswerStep,
    HouseholdStep,
    IsNoted,
    as_shown,
    names_of,
)
from intake.models import Application

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class AboutChild(HouseholdStep):
    """What the page says is the child's own record; nobody has to say any of it."""

    key, title = "child", _("Name, sex and background")
    form_class = ChildForm
    not_for_newborns = ("preferred_name",)

    def form_arguments(self, subject: Application) -> dict[str, Any]:
        # By the first name: the page asks whether another one is used.
        return names_of(subject) | {"called": subject.child.first_name}

    def initial(self, subject: Application) -> dict[str, Any]:
        child = subject.child
        hispanic = [HISPANIC] if child.ethnicity == HISPANIC else []
        return {
            "preferred_name": child.preferred_name,
            "sex": child.sex,
            "background": hispanic + child.race,
            "tribe": child.tribe,
        }

    def keep(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        said = given.pop("background", [])
        if HISPANIC in said:
            given["ethnicity"] = HISPANIC
        elif subject.child.ethnicity == HISPANIC:
            given["ethnicity"] = ""
        given["race"] = [one for one in said if one != HISPANIC]
        answers.record_child(application=subject, facts=given, by=by)


class Away(AnswerStep):
    key, title = "away", _("Time away")
    form_class = home.AwayForm

    @property
    def columns(self) -> list[str]:
        return [*super().columns, "away_days"]

    def applies(self, subject: Application) -> bool:
        return subject.assessment.lives_in_state is not False

    def save(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        if not given["was_away"]:
            given |= dict.fromkeys(("away_from", "away_until", "told_coordinator"))
            given |= {"away_days": 0, "away_purpose": ""}
        elif not subject.assessment.away_days:
            given["away_days"] = None
        super().save(subject, given, by=by)


class AwayDetails(AnswerStep):
    key, title = "away-details", _("Your time away")
    form_class = home.AwayDetailsForm

    @property
    def columns(self) -> list[str]:
        return [*super().columns, "away_days"]

    def applies(self, subject: Application) -> bool:
        return (
            subject.assessment.was_away is True and subject.assessment.lives_in_state is not False
        )

    def form_arguments(self, subject: Application) -> dict[str, Any]:
        return names_of(subject) | {"on": programs.get(subject.program).today()}


class Address(HouseholdStep):
    key, title = "address", _("County and mailing address")
    form_class = home.AddressForm

    def form_arguments(self, subject: Application) -> dict[str, Any]:
        state = programs.get(subject.program).state
        return {"counties": County.objects.filter(program=subject.program), "state": state}

    def initial(self, subject: Application) -> dict[str, Any]:
        address = told.mailing_address(subject)
        lines = {name: getattr(address, name, "") for name in ("street", "city", "zip_code")}
        if address and address.unit:
            lines["street"] = f"{address.street}, {address.unit}"
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
    of_guardian = (
        "phone",
        "email",
        "preferred_channel",
        "safe_to_text",
        "safe_to_leave_voicemail",
        "best_time_to_call",
    )

    def initial(self, subject: Application) -> dict[str, Any]:
        guardian = told.contact_of(subject)
        held = {name: getattr(guardian, name) for name in ("phone", "email", "best_time_to_call")}
        if self.was_said(subject):
            held = {name: getattr(guardian, name) for name in self.of_guardian}
        said = subject.assessment.electronic_notices
        # What was said on the page of the household since then holds.
        online = guardian.online_only if said is not None else None
        return held | {"electronic_notices": online, "online_only": guardian.online_only}

    def save(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        online = given.get("electronic_notices")
        super().save(subject, given if online is None else given | {"online_only": online}, by=by)

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
            "needs_interpreter": guardian.needs_interpreter if self.was_said(subject) else None,
            "interpreter_mode": guardian.interpreter_mode,
        }

    def keep(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        wants = given.pop("needs_interpreter")
        given["interpreter_language"] = given["spoken_language"] if wants else ""
        given["interpreter_mode"] = given.get("interpreter_mode", "") if wants else ""
        answers.record_contact(application=subject, facts=given, by=by)


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
        return {"on_seizure_medication": as_shown(field, taken[0], done=self.was_said(subject))}

    def save(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        answer = given["on_seizure_medication"]
        taken = None if answer == YesNoUnsure.UNSURE else answer == YesNoUnsure.YES
        answers.record_seizure_medicine(application=subject, taken=taken, by=by, at=timezone.now())


class MedicaidAnswer(AnswerStep):
    """When Medicaid was asked, and when and why it said no."""

    key, title = "medicaid-answer", _("What Medicaid said")
    form_class = money.MedicaidAnswerForm

    def applies(self, subject: Application) -> bool:
        return applies.asked_medicaid(subject)

    def form_arguments(self, subject: Application) -> dict[str, Any]:
        return names_of(subject) | {"on": programs.get(subject.program).today()}

    def _left_out(self, subject: Application) -> list[str]:
        if subject.assessment.medicaid in applies.WITH_NO:
            return []
        return ["medicaid_answered_on", "medicaid_reason"]


class Services(AnswerStep):
    """For information: every service is looked at, asked for or not."""

    key, title = "services", _("Help you hope for")
    form_class = health.ServicesForm

    def form_arguments(self, subject: Application) -> dict[str, Any]:
        return {"services": services_by_name(subject.program)}


class Papers(IsNoted, Step):
    """Papers that show what was answered; none is needed to send."""

    key, title = "papers", _("Papers")
    form_class = sending.PapersForm

    def initial(self, subject: Application) -> dict[str, Any]:
        return {}

    def form_arguments(self, subject: Application) -> dict[str, Any]:
        return {"is_required": False}

    def shows(self, subject: Application) -> dict[str, Any]:
        today = programs.get(subject.program).today()
        return {
            "papers": presenters.papers(told.papers_of(subject)),
            "proofs": list(proofs_of(subject, today).values()),
        }

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
