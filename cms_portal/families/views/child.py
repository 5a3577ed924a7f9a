"""A family's page of one child: the facts, who can see them, who looked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage, ObjectPage
from cms_portal.audit.timeline import folded
from cms_portal.families import actions, sharing
from cms_portal.families.forms.household import ChildForm, ChildIdentityForm
from cms_portal.families.models import Authority, AuthorityKind, Child, Guardian
from cms_portal.families.policies import CHILDREN, RELEASES
from cms_portal.families.rights import comes_of_age_on
from cms_portal.families.views.frames import ForBoth, LeadsOn
from cms_portal.families.words import rights_in_words, until_in_words

LOOKS_ON_A_PAGE = 50


class ChildObjectPage(LeadsOn, ObjectPage):
    """A page about one child."""

    policy, permission = CHILDREN, Permission.CHILD_VIEW
    child_of = ""

    @property
    def today(self) -> Any:
        return programs.get(self.object.program).today()

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(child=self.object, **more)


class ChildPage(ChildObjectPage):
    """Who can see this child, and who did."""

    template_name = "families/child.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.user.is_staff_member:  # type: ignore[union-attr]
            return redirect("families:child_record", pk=self.object.pk)
        return self.answer()

    def page(self, **more: Any) -> dict[str, Any]:
        child = self.object
        return super().page(
            facts=child_facts(child),
            adults=[self._adult(row) for row in sharing.adults_shown(self.user, child, self.today)],
            workers=self._workers(),
            entries=sharing.looks_at_a_glance(self.user, child, self.today),
            may_change=self.may(Permission.CHILD_EDIT),
            may_move=self.may(Permission.CHILD_MOVE),
            others=programs_beside(child),
            released=self._released(),
            sees_everybody=sharing.is_in_charge(self.user, child, self.today),
            to_let_in=self._to_let_in(),
            **more,
        )

    def _released(self) -> list[dict[str, Any]]:
        """Return the releases that this person signed and has not taken back."""
        signed = RELEASES.rows(self.user, Permission.CHILD_VIEW)
        open_ones = signed.filter(child=self.object, withdrawal__isnull=True).order_by("pk")
        return [
            {
                "url": reverse("families:take_back", args=[one.pk]),
                "to": programs.get(one.to_program),
            }
            for one in open_ones
        ]

    def _adult(self, authority: Authority) -> dict[str, Any]:
        is_granted = authority.kind == AuthorityKind.BY_YOUTHS_GRANT
        return {
            "name": str(authority.guardian),
            "kind": authority.get_kind_display(),
            "rights": rights_in_words(authority),
            "until": until_in_words(authority),
            "stop_url": reverse("families:stop_seeing", args=[self.object.pk, authority.pk])
            if is_granted and authority.guardian.user_id != self.user.pk
            else "",
        }

    def _workers(self) -> list[dict[str, Any]]:
        own = sharing.homes_of(self.user, self.object, self.today)
        serving = (
            self.object.assignments.on(self.today)
            .filter(Q(household__isnull=True) | Q(household__in=own))
            .select_related("worker", "office")
            .only("child", "kind", "worker__name", "office__name")
            .order_by("kind", "pk")
        )
        return [
            {
                "name": row.worker.name if row.worker else row.office.name,
                "role": row.get_kind_display(),
                "office": row.office.name if row.worker else "",
            }
            for row in serving
        ]

    def _to_let_in(self) -> list[Guardian]:
        """The adults who could see before the youth came of age, for the youth alone."""
        if not own_record(self.user, self.object, self.today):
            return []
        now = Authority.objects.on(self.today).filter(child=self.object)
        return list(
            Guardian.objects.filter(authorities__child=self.object)
            .exclude(authorities__in=now)
            .exclude(pk__in=self.object.blocks.on(self.today).values("guardian"))
            .distinct()
            .order_by("pk")
        )


def own_record(user: Any, child: Child, on: Any) -> bool:
    """Say whether this is the person's own record, of which they are in charge."""
    is_own = AuthorityKind.OWN_APPLICANT in sharing.speaks_as(user, child, on)
    return is_own and on >= comes_of_age_on(child)


def programs_beside(child: Child) -> list[programs.Program]:
    return [program for program in programs.all_programs() if program.code != child.program]


def child_facts(child: Child) -> list[dict[str, Any]]:
    """Return what the record says of a child, as rows of a summary; optional answers only if given."""
    race = field_words(child, "race")
    facts = [
        {"label": _("Name"), "value": child.full_name},
        {"label": _("Name used at home"), "value": child.preferred_name},
        {"label": _("Date of birth"), "value": date_format(child.date_of_birth)},
        {"label": _("Sex"), "value": child.get_sex_display()},
        {"label": _("Race"), "value": race},
        {"label": _("Ethnicity"), "value": child.get_ethnicity_display()},
        {"label": _("Tribe, nation or pueblo"), "value": child.tribe},
    ]
    return [fact for fact in facts if fact["value"]]


def field_words(child: Child, name: str) -> str:
    field: Any = Child._meta.get_field(name)
    words = dict(field.base_field.flatchoices)
    return ", ".join(str(words[value]) for value in getattr(child, name))


class WhoLooked(ForBoth, ChildObjectPage):
    """Everybody who looked, in sentences, the newest first."""

    template_name = "families/who_looked.html"
    permission = Permission.ACCESS_REVIEW

    def page(self, **more: Any) -> dict[str, Any]:
        events = sharing.looks_shown(self.user, self.object, self.today)
        page_obj = Paginator(events, LOOKS_ON_A_PAGE).get_page(self.request.GET.get("page"))
        return super().page(
            page_obj=page_obj,
            entries=folded(sharing.looks_told(page_obj, self.object, self.user)),
            may_go_back=CHILDREN.allows(self.user, Permission.CHILD_VIEW, self.object),
            **more,
        )


class ChangeChild(ForBoth, LeadsOn, FormPage):
    """What is known of the child; staff also mend a name or a birth date."""

    template_name = "families/change_child.html"
    policy, permission = CHILDREN, Permission.CHILD_EDIT
    child_of = ""

    @property
    def form_class(self) -> Any:
        is_staff = self.user.is_staff_member
        return ChildIdentityForm if is_staff else ChildForm

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": self.form_class.initial_of(self.object)}

    def make_form(self) -> Any:
        form = super().make_form()
        if "date_of_birth" in form.fields:
            form.fields["date_of_birth"].latest = programs.get(self.object.program).today()
        return form

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(child=self.object, **more)

    def act(self, form: Any) -> HttpResponse:
        actions.change_child(
            child=self.object,
            by=self.user,
            reason="facts of the child changed",
            **form.cleaned_data,
        )
        messages.success(self.request, _("We have changed it."))
        return redirect("families:child", pk=self.object.pk)
