"""A family's own household: who lives here, how to reach them, where letters go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage, OwnPage
from cms_portal.audit.actions import note_access_to_many
from cms_portal.families import actions
from cms_portal.families.forms.household import AddressForm, ContactForm, SubstituteAddressForm
from cms_portal.families.models import Address, AddressKind, Guardian, Household
from cms_portal.families.policies import ADDRESSES, CHILDREN, GUARDIANS, HOUSEHOLDS
from cms_portal.families.views.frames import ForBoth


class OwnHousehold(OwnPage):
    """Your household: members, how to reach you, where letters go."""

    template_name = "families/household.html"

    def page(self, **more: Any) -> dict[str, Any]:
        own = (
            GUARDIANS.rows(self.user, Permission.HOUSEHOLD_EDIT)
            .filter(user=self.user)
            .select_related("household__county")
            .order_by("household__program", "pk")
        )
        homes = [self._home(guardian) for guardian in own]
        if len({home["program"].code for home in homes}) == 1:
            self.request.program = homes[0]["program"]  # type: ignore[attr-defined]
        return super().page(homes=homes, **more)

    def _home(self, guardian: Guardian) -> dict[str, Any]:
        household = guardian.household
        program = programs.get(household.program)
        children = list(
            CHILDREN.rows(self.user, Permission.CHILD_VIEW)
            .filter(pk__in=household.memberships.on(program.today()).values("child"))
            .order_by("date_of_birth", "pk")
        )
        note_access_to_many(by=self.user, page="families:household", children=children)
        may_change = HOUSEHOLDS.allows(self.user, Permission.HOUSEHOLD_EDIT, household)
        return {
            "program": program,
            "household": household,
            "children": [
                {"name": child.full_name, "url": reverse("families:child", args=[child.pk])}
                for child in children
            ],
            # Somebody grown may be both: the child of the record, and the adult in charge of it.
            "adults": [
                str(adult)
                for adult in household.guardians.at_home(program.today()).order_by("pk")
                if str(adult) not in {child.full_name for child in children}
            ],
            "contact": contact_rows(guardian),
            "contact_url": reverse("families:contact", args=[guardian.pk]),
            "addresses": self._addresses(household, program),
            "may_change_address": may_change and not household.is_placement,
        }

    def _addresses(self, household: Household, program: programs.Program) -> list[dict[str, Any]]:
        rows = ADDRESSES.rows(self.user, Permission.HOUSEHOLD_VIEW)
        current = rows.filter(household=household).on(program.today()).order_by("kind")  # type: ignore[attr-defined]
        return [address_row(address) for address in current]


def contact_rows(guardian: Guardian) -> list[dict[str, Any]]:
    """Return how an adult is reached, as rows of a summary."""
    safe = {True: _("Safe"), False: _("Not safe")}
    phone = guardian.phone.as_national if guardian.phone else ""
    interpreter = guardian.get_interpreter_language_display()
    if interpreter and guardian.interpreter_mode:
        interpreter = f"{interpreter}, {guardian.get_interpreter_mode_display().lower()}"
    return [
        {"label": _("Name"), "value": str(guardian)},
        {"label": _("Phone number"), "value": phone},
        {"label": _("Email"), "value": guardian.email},
        {"label": _("How we reach you"), "value": guardian.get_preferred_channel_display()},
        {"label": _("Text messages"), "value": safe[guardian.safe_to_text]},
        {"label": _("Voicemail"), "value": safe[guardian.safe_to_leave_voicemail]},
        {"label": _("Letters by mail"), "value": safe[guardian.safe_to_mail]},
        {"label": _("Our letters"), "value": letters_in_words(guardian)},
        {"label": _("Best time to call"), "value": guardian.best_time_to_call or _("Any time")},
        {"label": _("Language you speak"), "value": guardian.get_spoken_language_display()},
        {"label": _("Language of our letters"), "value": guardian.get_written_language_display()},
        {"label": _("Interpreter"), "value": interpreter or _("Not needed")},
    ]


def letters_in_words(guardian: Guardian) -> str:
    """Return what an adult chose about our letters."""
    is_online = guardian.online_only or not guardian.safe_to_mail
    way = _("Online only") if is_online else _("On paper and online")
    return f"{way}. {_('No letter names an illness.')}" if guardian.plain_letters else way


def address_row(address: Address) -> dict[str, Any]:
    lines = [*address.lines, address.directions] if address.directions else address.lines
    return {"label": address.get_kind_display(), "lines": lines}


class Contact(ForBoth, FormPage):
    """How to reach one adult: their own to change, or staff's, for who has no account."""

    template_name = "families/contact.html"
    policy, permission = GUARDIANS, Permission.HOUSEHOLD_EDIT
    child_of, household_of = None, "household"
    form_class = ContactForm

    def rows(self) -> Any:
        return Guardian.objects.select_related("household")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": ContactForm.initial_of(self.object)}

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(guardian=self.object, back_url=back_to(self), **more)

    def act(self, form: Any) -> HttpResponse:
        actions.change_guardian(
            guardian=self.object,
            by=self.user,
            reason="contact details changed",
            **form.cleaned_data,
        )
        messages.success(self.request, _("We have changed it."))
        return redirect(back_to(self))


def back_to(page: FormPage) -> str:
    """Return where a form about a household came from: one's own, or staff's page of it."""
    if page.user.is_staff_member:
        return reverse("families:household_record", args=[page.household_id])
    return reverse("families:household")


class HouseholdForm(ForBoth, FormPage):
    """A form about a home: its family's own, or staff's."""

    policy, permission = HOUSEHOLDS, Permission.HOUSEHOLD_EDIT
    child_of, household_of = None, ""

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(back_url=back_to(self), **more)


class ChangeAddress(HouseholdForm):
    """A new address, from today."""

    template_name = "families/address.html"
    form_class = AddressForm

    def form_arguments(self) -> dict[str, Any]:
        program = programs.get(self.object.program)
        shown = ADDRESSES.rows(self.user, Permission.HOUSEHOLD_VIEW)
        home = (
            shown.filter(household=self.object, kind=AddressKind.HOME)
            .on(program.today())  # type: ignore[attr-defined]
            .first()
        )
        return {"initial": AddressForm.initial_of(home, program.state)}

    def act(self, form: Any) -> HttpResponse:
        try:
            actions.set_address(
                household=self.object,
                kind=form.cleaned_data["kind"],
                starts_on=programs.get(self.object.program).today(),
                by=self.user,
                **form.lines,
            )
        except actions.NotAllowedHere as why:
            form.add_error("kind", str(why))
            return self.answer(status=422, form=form)
        messages.success(self.request, _("We have changed it."))
        return redirect(back_to(self))


class HideAddress(HouseholdForm):
    """Keep where this household lives from everybody; letters go to a substitute address."""

    template_name = "families/hide_address.html"
    form_class = SubstituteAddressForm

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"state": programs.get(self.object.program).state}}

    def act(self, form: Any) -> HttpResponse:
        actions.hide_address(
            household=self.object,
            starts_on=programs.get(self.object.program).today(),
            by=self.user,
            reason="the family asked to hide where they live",
            **form.lines,
        )
        messages.success(self.request, _("Your address is hidden from now on."))
        return redirect(back_to(self))
