"""Staff's page of one child, and of one household."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage, ForStaff, ObjectPage
from cms_portal.families import actions, sharing
from cms_portal.families.duplicates import likely_same
from cms_portal.families.forms.household import ContactForm
from cms_portal.families.leading import ways_from
from cms_portal.families.models import Address, Child, Household
from cms_portal.families.policies import ADDRESSES, CHILDREN, HOUSEHOLDS
from cms_portal.families.views.child import ChildObjectPage, child_facts
from cms_portal.families.views.household import address_row, contact_rows
from cms_portal.families.words import rights_in_words


class ChildRecord(ForStaff, ChildObjectPage):
    """Facts, homes, who may do what, who is kept away, who serves, who looked."""

    template_name = "families/child_record.html"

    def page(self, **more: Any) -> dict[str, Any]:
        child = self.object
        held = {name: self.may(permission) for name, permission in MAY_DO.items()}
        sees_home = self.may(Permission.HOUSEHOLD_VIEW)
        return super().page(
            facts=[*child_facts(child), *_died(child)],
            age=child.age_on(child.died_on or self.today),
            ways=ways_from(child, self.may),
            sees_home=sees_home,
            homes=self._homes() if sees_home else [],
            authorities=self._authorities() if sees_home else [],
            authority_columns=[_("Who"), _("May do"), _("Days"), _("Action")],
            block_columns=[_("Who"), _("Days"), _("Action")],
            assignment_columns=[_("For what"), _("Who"), _("Days"), _("Why")],
            blocks=self._blocks() if held["may_block"] else [],
            assignments=self._assignments(),
            entries=sharing.looks_at_a_glance(self.user, child, self.today),
            alike=self._alike() if self.may(Permission.CHILD_MERGE) else 0,
            **held,
            **more,
        )

    def _alike(self) -> int:
        """Return how many records look like this one."""
        return len(likely_same(self.object, user=self.user))

    def _homes(self) -> list[dict[str, Any]]:
        shown = HOUSEHOLDS.rows(self.user, Permission.HOUSEHOLD_VIEW)
        memberships = (
            self.object.memberships.on(self.today)
            .filter(household__in=shown)
            .select_related("household__county")
            .order_by("starts_on", "pk")
        )
        return [
            {
                "url": reverse("families:household_record", args=[row.household_id]),
                "name": _home_name(row.household),
                "since": row.starts_on,
            }
            for row in memberships
        ]

    def _authorities(self) -> list[dict[str, Any]]:
        may_end = self.may(Permission.AUTHORITY_RECORD)
        rows = self.object.authorities.on(self.today).select_related("guardian", "child")
        return [
            _row(
                {"text": str(row.guardian), "hint": row.get_kind_display()},
                {"text": rights_in_words(row)},
                {"text": _days(row)},
                _end_cell("families:end_authority", row) if may_end else {"text": ""},
            )
            for row in rows.order_by("starts_on", "pk")
        ]

    def _blocks(self) -> list[dict[str, Any]]:
        may_end = self.may(Permission.GUARDIAN_BLOCK)
        rows = self.object.blocks.not_over_on(self.today).select_related("guardian", "user")
        return [
            _row(
                {"text": str(row.guardian or row.user)},
                {"text": _days(row)},
                _end_cell("families:end_block", row) if may_end else {"text": ""},
            )
            for row in rows.order_by("starts_on", "pk")
        ]

    def _assignments(self) -> list[dict[str, Any]]:
        rows = self.object.assignments.select_related("worker", "office")
        return [
            _row(
                {"text": row.get_kind_display()},
                {
                    "text": str(row.worker or row.office),
                    "hint": row.office.name if row.worker else "",
                },
                {"text": _days(row)},
                {"text": _(row.reason)},
            )
            for row in rows.order_by("-starts_on", "-pk")[:10]
        ]


MAY_DO = {
    "may_change": Permission.CHILD_EDIT,
    "may_record": Permission.AUTHORITY_RECORD,
    "may_block": Permission.GUARDIAN_BLOCK,
    "may_assign": Permission.CHILD_ASSIGN,
    "may_move": Permission.CHILD_MOVE,
}


def _died(child: Child) -> list[dict[str, Any]]:
    """Return the row of the day on which a child died."""
    return [{"label": _("Died on"), "value": date_format(child.died_on)}] if child.died_on else []


def _home_name(household: Household) -> str:
    kind = _("Placement") if household.is_placement else _("Household")
    return f"{kind}, {household.county}" if household.county else str(kind)


def _days(row: Any) -> str:
    if row.ends_on is None:
        return _("since %(start)s") % {"start": date_format(row.starts_on, "SHORT_DATE_FORMAT")}
    return _("%(start)s until %(end)s") % {
        "start": date_format(row.starts_on, "SHORT_DATE_FORMAT"),
        "end": date_format(row.ends_on, "SHORT_DATE_FORMAT"),
    }


def _row(*cells: dict[str, Any]) -> dict[str, Any]:
    return {"cells": list(cells)}


def _end_cell(name: str, row: Any) -> dict[str, Any]:
    return {"text": _("End"), "url": reverse(name, args=[row.pk])}


class HouseholdRecord(ForStaff, ObjectPage):
    """One home: its adults, how to reach them, its addresses as far as this person may see them."""

    template_name = "families/household_record.html"
    policy, permission = HOUSEHOLDS, Permission.HOUSEHOLD_VIEW
    child_of, household_of = None, ""

    def rows(self) -> Any:
        return Household.objects.select_related("county")

    def page(self, **more: Any) -> dict[str, Any]:
        today = programs.get(self.object.program).today()
        members = self.object.memberships.on(today).values("child")
        children = CHILDREN.rows(self.user, Permission.CHILD_VIEW).filter(pk__in=members)
        shown = self._addresses(today)
        all_current = self.object.addresses.on(today).count()
        return super().page(
            household=self.object,
            name=_home_name(self.object),
            children=[
                {"name": child.full_name, "url": reverse("families:child_record", args=[child.pk])}
                for child in children.order_by("date_of_birth", "pk")
            ],
            adults=[
                {
                    "name": str(adult),
                    "rows": contact_rows(adult)[1:],
                    "url": reverse("families:contact", args=[adult.pk]),
                }
                for adult in self.object.guardians.at_home(today).order_by("pk")
            ],
            addresses=[address_row(address) for address in shown],
            hidden=all_current - len(shown),
            may_change=self.may(Permission.HOUSEHOLD_EDIT),
            **more,
        )

    def _addresses(self, today: Any) -> list[Address]:
        """The addresses of today that this person reaches by either permission."""
        found = {
            address.pk: address
            for permission in (Permission.HOUSEHOLD_VIEW, Permission.ADDRESS_VIEW_CONFIDENTIAL)
            for address in ADDRESSES.rows(self.user, permission)
            .filter(household=self.object)
            .on(today)  # type: ignore[attr-defined]
        }
        return sorted(found.values(), key=lambda address: address.kind)


class AddAdult(ForStaff, FormPage):
    """Another adult of a home, who has no account, or none yet."""

    template_name = "families/add_adult.html"
    policy, permission = HOUSEHOLDS, Permission.HOUSEHOLD_EDIT
    child_of, household_of = None, ""
    form_class = ContactForm

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"spoken_language": "en", "written_language": "en"}}

    def page(self, **more: Any) -> dict[str, Any]:
        back = reverse("families:household_record", args=[self.object.pk])
        return super().page(household=self.object, back_url=back, **more)

    def act(self, form: Any) -> HttpResponse:
        actions.add_guardian(
            household=self.object,
            by=self.user,
            **form.cleaned_data,
        )
        return redirect("families:household_record", pk=self.object.pk)
