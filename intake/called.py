"""What a family reads while something cannot wait: who calls them and when, and whom to call now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import to_python

from cms_portal import programs
from cms_portal.offices.models import Office
from cms_portal.offices.opening import day_in_words
from intake.models import Application, UrgentNeed
from intake.urgency import usual_closing


@dataclass(frozen=True)
class Call:
    """One call that a family waits for, in words. `phone` is where they call at once."""

    title: str
    kinds: list[str]
    who: str
    number: str
    missed: str
    phone: str
    application: Application
    # Our office is closed until then.
    is_later: bool

    @property
    def child(self) -> str:
        return self.application.child.called


def calls_for(applications: QuerySet[Application]) -> list[Call]:
    """Return the calls that the families of these applications wait for, the nearest first."""
    needs = UrgentNeed.objects.open().filter(application__in=applications).most_urgent_first()
    reads = needs.select_related("application__child", "office", "worker")
    return [_call_of(need) for need in reads.with_the_call()]


def call_for(application: Application) -> Call | None:
    """Return the call that the family of one application waits for, if it waits for one."""
    return next(iter(calls_for(Application.objects.filter(pk=application.pk))), None)


def _call_of(need: Any) -> Call:
    program = programs.get(need.program)
    today = program.today()
    return Call(
        title=_title(need, is_today=need.due_on == today, is_late=need.is_late(today)),
        kinds=need.kinds_in_words,
        who=_who_calls(need, is_today=need.due_on == today, is_late=need.is_late(today)),
        number=_("We use this number: %(phone)s.") % {"phone": need.phone.as_national}
        if need.phone
        else "",
        missed=_missed(need),
        phone=phone_of(need.office) or program.toll_free,
        application=need.application,
        is_later=need.due_on > today,
    )


def phone_of(office: Office | None) -> str:
    return office.phone.as_national if office and office.phone else ""


def _title(need: UrgentNeed, *, is_today: bool, is_late: bool) -> str:
    if is_late:
        return _("Please call us now")
    if is_today:
        return _("We call you today")
    return _("We call you on %(day)s") % {"day": day_in_words(need.due_on)}


def _who_calls(need: Any, *, is_today: bool, is_late: bool) -> str:
    told = {
        "worker": need.worker.name if need.worker else _("Somebody"),
        "office": need.office,
        "day": day_in_words(need.due_on),
        "hour": time_format(need.closes_at or usual_closing(need.program), "TIME_FORMAT"),
    }
    if is_late:
        return _("We wanted to speak with you by %(day)s, and we have not yet.") % told
    if is_today:
        return _("Today, by %(hour)s, %(worker)s of %(office)s calls you.") % told
    return _("On %(day)s, by %(hour)s, %(worker)s of %(office)s calls you.") % told


def _missed(need: Any) -> str:
    """Return that we called and reached nobody, and when last."""
    if need.last_missed_at is None:
        return ""
    at = timezone.localtime(need.last_missed_at, programs.get(need.program).timezone)
    told: dict[str, Any] = {
        "phone": to_python(need.last_missed_phone).as_national,
        "when": date_format(at, "SHORT_DATETIME_FORMAT"),
    }
    return _("We called %(phone)s on %(when)s and did not reach you. We try again.") % told
