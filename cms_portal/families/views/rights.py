"""Staff record who may do what for a child, who is kept away, and who serves."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms_portal import programs
from cms_portal.access.policy import Policy
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage, ForStaff
from cms_portal.accounts.models import RoleGrant, User
from cms_portal.documents.models import Document, DocumentKind
from cms_portal.families import actions, stopping
from cms_portal.families.forms.staff import (
    AssignForm,
    AuthorityForm,
    BlockForm,
    CustodyForm,
    EndAuthorityForm,
    EndForm,
)
from cms_portal.families.models import Child, Guardian
from cms_portal.families.policies import AUTHORITIES, BLOCKS, CHILDREN
from cms_portal.families.views.frames import LeadsOn
from cms_portal.offices.models import Office


class ChildForm(ForStaff, LeadsOn, FormPage):
    """A form that records something about a child, and goes back to the child's page."""

    template_name = "families/record_form.html"
    policy: ClassVar[Policy[Any]] = CHILDREN
    child_of = ""
    heading: ClassVar[Any]
    lead: ClassVar[Any]
    button: ClassVar[Any]

    @property
    def today(self) -> Any:
        return programs.get(self.child.program).today()

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"starts_on": self.today}}

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(
            child=self.child, heading=self.heading, lead=self.lead, button=self.button, **more
        )

    def act(self, form: Any) -> HttpResponse:
        try:
            self.record(form)
        except actions.NotAllowedHere as why:
            form.add_error(None, str(why))
            return self.answer(status=422, form=form)
        messages.success(self.request, _("It is recorded."))
        return redirect("families:child_record", pk=self.child.pk)

    def record(self, form: Any) -> None:
        """Call the action with what the form says."""


def adults_of(child: Child, today: Any) -> QuerySet[Guardian]:
    """Return the adults of the child's homes, and whoever else speaks for the child."""
    homes = child.memberships.on(today).values("household")
    return (
        Guardian.objects.at_home(today)
        .filter(Q(household__in=homes) | Q(pk__in=child.authorities.on(today).values("guardian")))
        .order_by("pk")
    )


def papers_of(child: Child) -> QuerySet[Document]:
    return Document.objects.filter(child=child, kind=DocumentKind.AUTHORITY).order_by("pk")


class RecordAuthority(ChildForm):
    """What an adult may do for this child, by which paper."""

    heading = gettext_lazy("Record an authority")
    lead = gettext_lazy(
        "What this adult may do for the child, and by which paper. It replaces what they held before."
    )
    button = gettext_lazy("Record it")
    permission = Permission.AUTHORITY_RECORD
    form_class = AuthorityForm

    def make_form(self) -> AuthorityForm:
        form: AuthorityForm = super().make_form()
        form.choose("guardian", adults_of(self.object, self.today))
        form.choose("paper", papers_of(self.object), none=_("No paper yet"))
        return form

    def record(self, form: AuthorityForm) -> None:
        told = form.cleaned_data
        actions.record_authority(
            guardian=form.chosen("guardian"),
            child=self.object,
            kind=told["kind"],
            starts_on=told["starts_on"],
            paper=form.chosen("paper"),
            paper_ends_on=told["paper_ends_on"],
            without=frozenset(told["without"]),
            reason=told["reason"],
            by=self.user,
        )


class RecordBlock(ChildForm):
    """Somebody is kept away from this child's record, from a day."""

    heading = gettext_lazy("Keep somebody away")
    lead = gettext_lazy("A block wins over every right. From its day it bites on the next click.")
    button = gettext_lazy("Record the block")
    permission = Permission.GUARDIAN_BLOCK
    form_class = BlockForm

    def make_form(self) -> BlockForm:
        form: BlockForm = super().make_form()
        form.choose("guardian", adults_of(self.object, self.today))
        form.choose("paper", papers_of(self.object), none=_("No paper yet"))
        return form

    def record(self, form: BlockForm) -> None:
        told = form.cleaned_data
        actions.block(
            child=self.object,
            guardian=form.chosen("guardian"),
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            paper=form.chosen("paper"),
            reason=told["reason"],
            by=self.user,
        )


class RecordCustody(ChildForm):
    """A state or a tribe takes custody; perhaps the child is placed."""

    heading = gettext_lazy("Record custody")
    lead = gettext_lazy(
        "From that day the agency signs, and no parent does. Record again what the court leaves a parent."
    )
    button = gettext_lazy("Record custody")
    permission = Permission.CHILD_ASSIGN
    form_class = CustodyForm

    def record(self, form: CustodyForm) -> None:
        told = form.cleaned_data
        actions.record_custody(
            child=self.object,
            kind=told["kind"],
            starts_on=told["starts_on"],
            agency=_person(told, "agency"),
            resource=_person(told, "resource") if told["resource_first_name"] else None,
            reason=told["reason"],
            by=self.user,
        )


def _person(told: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {name: told[f"{prefix}_{name}"] or "" for name in ("first_name", "last_name", "phone")}


class Assign(ChildForm):
    """Which office, and which worker, serves this child."""

    heading = gettext_lazy("Say who serves the child")
    lead = gettext_lazy("Who served before sees the child until that day, and no longer.")
    button = gettext_lazy("Assign")
    permission = Permission.CHILD_ASSIGN
    form_class = AssignForm

    def make_form(self) -> AssignForm:
        form: AssignForm = super().make_form()
        program = self.object.program
        form.choose("office", Office.objects.open_to_families().filter(program=program))
        form.choose("worker", workers_of(program), none=_("The office, not one person"))
        return form

    def record(self, form: AssignForm) -> None:
        told = form.cleaned_data
        actions.assign(
            child=self.object,
            office=form.chosen("office"),
            worker=form.chosen("worker"),
            kind=told["kind"],
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            reason=told["reason"],
            by=self.user,
        )


def workers_of(program: str) -> QuerySet[User]:
    """Return the people who work for a program today."""
    grants = RoleGrant.objects.current().filter(program=program)
    return User.objects.filter(pk__in=grants.values("user")).order_by("name", "pk")


class EndRow(ChildForm):
    """When a dated row ends, and why."""

    heading = gettext_lazy("End it")
    lead = gettext_lazy("It holds until the day before.")
    button = gettext_lazy("End it")
    child_of = "child"
    form_class = EndForm

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"ends_on": self.today}, "not_before": self.object.starts_on}

    def record(self, form: EndForm) -> None:
        actions.end(
            row=self.object,
            on=form.cleaned_data["ends_on"],
            reason=form.cleaned_data["reason"],
            by=self.user,
        )


class EndAuthority(EndRow):
    """When an adult's right ends; they have it in writing where a letter is safe."""

    policy, permission = AUTHORITIES, Permission.AUTHORITY_RECORD
    form_class = EndAuthorityForm

    @property
    def heading(self) -> str:  # type: ignore[override]
        return _("End what %(adult)s may do for %(child)s") % {
            "adult": self.object.guardian,
            "child": self.object.child.called,
        }

    @property
    def lead(self) -> str:  # type: ignore[override]
        words = _(
            "From that day on %(adult)s sees nothing of %(child)s here, and signs nothing. "
            "To somebody who is blocked we never write."
        )
        return words % {"adult": self.object.guardian, "child": self.object.child.called}

    def record(self, form: EndForm) -> None:
        told = form.cleaned_data
        stopping.end_authority(
            row=self.object,
            on=told["ends_on"],
            reason=told["reason"],
            may_write=told["may_write"],
            by=self.user,
        )


class EndBlock(EndRow):
    policy, permission = BLOCKS, Permission.GUARDIAN_BLOCK
