"""What somebody else saved on a page since it was opened: told and shown before it is overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms.formsets import BaseFormSet
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from cms_portal.accounts.models import User
from cms_portal.journeys.answers import Answer, as_read
from cms_portal.journeys.shown import Shown, shown_in, version_of
from cms_portal.journeys.steps import Journey, Step
from intake import told
from intake.models import Application

FIELD = "shown"


@dataclass(frozen=True)
class Change:
    """Who changed a page since it was opened, when, and what it says now."""

    sentence: str
    now: list[Answer]

    @property
    def in_words(self) -> str:
        return "; ".join(f"{one.label}: {one.text or '—'}" for one in self.now) or "—"


def shown_now(application: Application, step: Step) -> Shown:
    """Return what a page that is opened now carries, to be compared when it is sent."""
    return Shown(timezone.now(), step.version(application))


def all_shown_now(application: Application, journey: Journey) -> Shown:
    """Return what a page carries that shows every answer, as the one on which they are signed."""
    versions = [step.version(application) for step in journey.for_subject(application)]
    return Shown(timezone.now(), version_of(versions))


def has_changed_since(application: Application, journey: Journey, sent: str) -> bool:
    """Say whether any answer is another than the sent page showed: nobody signs what they have not read."""
    shown = shown_in(sent)
    return shown is not None and not shown.is_still(all_shown_now(application, journey).version)


def change_since(
    application: Application, step: Step, form: Any, sent: str, *, reader: User
) -> Change | None:
    """Return what was saved since the sent page was opened, where what it would write is another.

    The application must be held, so that nobody writes between this look and the saving.
    """
    shown = shown_in(sent)
    if shown is None or shown.is_still(step.version(application)) or not form.has_changed():
        return None
    return Change(
        _who_changed_it(application, step, shown, reader), _differs(application, step, form)
    )


def _who_changed_it(application: Application, step: Step, shown: Shown, reader: User) -> str:
    page = told.answered_pages(application).get(step.key)
    if page is None or page.holds_since <= shown.at:
        return _("Somebody changed this page since you opened it.")
    who = page.confirmed_by or page.said_by
    facts = {"who": who, "time": _moment(page.holds_since)}
    if who == reader:
        return _("You changed this page in another window at %(time)s.") % facts
    return _("%(who)s changed this page at %(time)s, after you opened it.") % facts


def _moment(at: Any) -> str:
    local = timezone.localtime(at)
    time = time_format(local, "TIME_FORMAT")
    if local.date() == timezone.localdate():
        return time
    return f"{date_format(local, 'SHORT_DATE_FORMAT')}, {time}"


def _differs(application: Application, step: Step, form: Any) -> list[Answer]:
    """Return what the record says now to the questions that were sent with another answer."""
    if isinstance(form, BaseFormSet):
        return step.answers(application)
    return [
        Answer(form[name].label, as_read(form.fields[name], form.initial.get(name)))
        for name in form.changed_data
    ]
