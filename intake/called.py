"""What a family reads while something cannot wait: who calls them and when, and whom to call now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.offices.models import Office
from cms_portal.offices.opening import day_in_words
from intake.models import Application, MissedCall, UrgentNeed
from intake.urgency import closes_at


@dataclass(frozen=True)
class Call:
    """One call that a family waits for, in words. `phone` is where they call at once."""

    title: str
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
    return [call_of(need) for need in reads.prefetch_related("office__hours", "missed_calls")]


def call_for(application: Application) -> Call | None:
    """Return the call that the family of one application waits for, if it waits for one."""
    return next(iter(calls_for(Application.objects.filter(pk=application.pk))), None)


def call_of(need: UrgentNeed) -> Call:
    program = programs.get(need.program)
    today = program.today()
    return Call(
        title=_title(need, is_today=need.due_on == today, is_late=need.is_late(today)),
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


def _who_calls(need: UrgentNeed, *, is_today: bool, is_late: bool) -> str:
    told = {
        "worker": need.worker.name if need.worker else _("Somebody"),
        "office": need.office,
        "day": day_in_words(need.due_on),
        "hour": time_format(closes_at(need.office, need.due_on), "TIME_FORMAT"),
    }
    if is_late:
        return _("We wanted to speak with you by %(day)s, and we have not yet.") % told
    if is_today:
        return _("%(worker)s of %(office)s calls you today, by %(hour)s.") % told
    return _("%(worker)s of %(office)s calls you on %(day)s, by %(hour)s.") % told


def _missed(need: UrgentNeed) -> str:
    """Return that we called and reached nobody, and when last."""
    calls: list[MissedCall] = list(need.missed_calls.all())
    if not calls:
        return ""
    at = timezone.localtime(calls[-1].at, programs.get(need.program).timezone)
    told: dict[str, Any] = {
        "phone": calls[-1].phone.as_national,
        "when": date_format(at, "SHORT_DATETIME_FORMAT"),
    }
    return _("We called %(phone)s on %(when)s and did not reach you. We try again.") % told
