"""A referral as staff read it: as a row of the list, and in full."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from phonenumber_field.phonenumber import PhoneNumber

from cms_portal import programs
from intake.models import Referral
from intake.referral_states import ReferralStatus
from intake.referral_words import Reason
from intake.views.queue import days_left

MONTHS_TOLD_UNTIL, DAYS_IN_MONTH = 24, 30.44


class Rows:
    """Referrals as the rows of the list; what many rows share is put into words once."""

    def __init__(self) -> None:
        self.today = cache(lambda program: programs.get(program).today())
        self.day = cache(lambda day: date_format(day, "SHORT_DATE_FORMAT"))
        self.left = cache(days_left)
        self.reason = cache(lambda reason: str(Reason(reason).label))
        self.open, self.urgent = _("Open"), _("Urgent")

    def row(self, referral: Referral) -> dict[str, Any]:
        today = self.today(referral.program)
        url = reverse("intake:referral", args=[referral.number])
        late = referral.is_waiting and referral.due_on < today
        worker, office = referral.worker, referral.office
        return {
            "urgent": referral.is_waiting and (referral.is_urgent or late),
            "cells": [
                {"text": referral.full_name, "url": url, "hint": age_in_words(referral, today)},
                self._due(referral, today),
                {
                    "text": "; ".join(self.reason(reason) for reason in referral.reasons),
                    "hint": referral.get_source_display(),
                },
                {
                    "text": waited(referral, today),
                    "hint": referral.get_status_display(),
                },
                {"text": worker.name if worker else "", "hint": str(office)},
                {"text": self.open, "url": url},
            ],
        }

    def _due(self, referral: Referral, today: date) -> dict[str, Any]:
        if not referral.is_waiting:
            return {"text": _("Family reached"), "state": "done"}
        when = self.left((referral.due_on - today).days)
        if referral.is_urgent:
            return {
                "text": self.urgent,
                "state": "late",
                "hint": f"{self.day(referral.due_on)}, {when}",
            }
        return {"text": self.day(referral.due_on), "hint": when}


def waited(referral: Referral, today: date) -> str:
    """Return how many days ago a referral came."""
    zone = programs.get(referral.program).timezone
    days = (today - timezone.localdate(referral.received_at, zone)).days
    if days == 0:
        return _("since today")
    return ngettext("{days} day", "{days} days", days).format(days=days)


def age_in_words(referral: Referral, today: date) -> str:
    """Return the child's age: of a small child in months or days, of one without a birthday about."""
    born = referral.born_on
    if born is None:
        return ngettext("about {years} year", "about {years} years", referral.age or 0).format(
            years=referral.age
        )
    days = (today - born).days
    months = int(days / DAYS_IN_MONTH)
    if months < 1:
        return ngettext("{days} day old", "{days} days old", days).format(days=days)
    if months < MONTHS_TOLD_UNTIL:
        return ngettext("{months} month old", "{months} months old", months).format(months=months)
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return ngettext("{years} year old", "{years} years old", years).format(years=years)


def facts(referral: Referral, today: date) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return everything that was told, in parts, each a heading and its lines."""
    return [
        (_("The child"), _told(_of_the_child(referral, today))),
        (_("The family"), _told(_of_the_family(referral))),
        (pgettext("referral", "Who refers"), _told(_of_the_referrer(referral))),
        (_("The family’s yes"), _told(_of_the_yes(referral))),
    ]


def _told(lines: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    return [_line(label, value) for label, value in lines if value]


def _line(label: str, value: Any) -> dict[str, Any]:
    """Return a line of facts; a phone number leads to the telephone."""
    if isinstance(value, PhoneNumber):
        return {"label": label, "value": value.as_national, "url": f"tel:{value.as_e164}"}
    return {"label": label, "value": value}


def _of_the_child(one: Referral, today: date) -> list[tuple[str, str]]:
    born = date_format(one.born_on) if one.born_on else _("not known")
    why = "\n".join(str(Reason(reason).label) for reason in one.reasons)
    return [
        (_("Born"), f"{born} ({age_in_words(one, today)})"),
        (_("Why"), why),
        (_("In their words"), one.words),
    ]


def _of_the_family(one: Referral) -> list[tuple[str, Any]]:
    return [
        (_("Parent or guardian"), one.guardian_name),
        (_("Phone"), one.phone),
        (_("Another phone"), one.other_phone),
        (_("Another way"), one.other_way),
        (_("Safe to call?"), one.get_calling_display()),
        (_("Speaks"), one.get_spoken_language_display() or _("not known")),
        (_("Lives in"), " ".join(filter(None, [str(one.county or ""), one.zip_code]))),
    ]


def _of_the_referrer(one: Referral) -> list[tuple[str, Any]]:
    return [
        (_("Who"), ", ".join(filter(None, [one.referrer_name, one.organization]))),
        (pgettext("referral", "From"), one.get_source_display()),
        (_("Phone"), one.referrer_phone),
        (_("Email"), one.referrer_email),
        (
            _("May know what became of it"),
            _("Yes, the family agreed") if one.may_tell_referrer else _("No"),
        ),
    ]


def _of_the_yes(one: Referral) -> list[tuple[str, str]]:
    if not one.agreed:
        return [(_("Who agreed"), _("Nobody was asked. A newborn program may refer without it."))]
    return [
        (_("Who agreed"), one.agreed_by),
        (_("When"), date_format(one.agreed_on or "")),
        (_("To these words"), one.agreed_words),
    ]


def how_it_ended(one: Referral) -> str:
    """Return in one sentence how a referral ended; nothing for one that is open."""
    if one.status == ReferralStatus.NOT_OURS:
        return _("Passed on to {to}.").format(to=one.passed_on_to)
    if one.status == ReferralStatus.CLOSED:
        return " ".join(filter(None, [f"{one.get_close_reason_display()}.", one.close_words]))
    return ""
