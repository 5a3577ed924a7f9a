"""The shapes of a page: load, allow, act, answer. The rest of a view is one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from cms_portal import programs
from cms_portal.access import links
from cms_portal.access.above import page_above
from cms_portal.access.models import LinkPurpose
from cms_portal.access.policy import Policy, holds_anywhere
from cms_portal.access.roles import Permission
from cms_portal.access.same_page import answered_once
from cms_portal.access.table import PUBLIC, SIGNED_IN
from cms_portal.audit.actions import note_access
from cms_portal.audit.models import AccessEvent

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class Page(View):
    """A page of the portal: answers with `template_name` and what `page()` returns.

    The answer is rendered inside the transaction, so that a page and the note of who looked stand or
    fall together. The same page sent twice acts once, but where `acts_once` says otherwise.
    """

    template_name: ClassVar[str]
    access: ClassVar[str | None] = None
    permission: ClassVar[Permission | None] = None
    acts_once: ClassVar[bool] = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            if not self.acts_once:
                return self._respond(request, *args, **kwargs)
            return answered_once(request, partial(self._respond, request, *args, **kwargs))

    def _respond(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.load(**kwargs)
        with self._office_clock():
            response = super().dispatch(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and not response.is_rendered:
            with self._office_clock():
                response.render()
        return response  # type: ignore[return-value]

    def _office_clock(self) -> AbstractContextManager[Any]:
        """Tell days and times as the clock on the wall of the program's offices does."""
        program = getattr(self.request, "program", None)
        return timezone.override(program.timezone if program else None)

    @property
    def user(self) -> User:
        """Who is here: somebody with an account, but on a page for anyone."""
        return self.request.user  # type: ignore[return-value]

    def load(self, **kwargs: Any) -> None:
        """Find what the page is about; raise Http404 or PermissionDenied."""

    def page(self, **more: Any) -> dict[str, Any]:
        """Return what the template shows."""
        return more

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer()

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Lead who opens the address of a button to its page.

        Browsers come back to it: after an error shown there, a change of language, or signing in again.
        """
        if request.method == "GET":
            return redirect(self.page_of_button())
        return super().http_method_not_allowed(request, *args, **kwargs)

    def page_of_button(self) -> str:
        """Return the page that holds the button of an address which only takes what is sent."""
        return page_above(self.request.path)

    def answer(self, status: int = 200, **more: Any) -> HttpResponse:
        return TemplateResponse(self.request, self.template_name, self.page(**more), status=status)


@method_decorator(login_not_required, name="dispatch")
class PublicPage(Page):
    """A page for anyone. With a `program` in its address it belongs to that program."""

    access = PUBLIC

    def load(self, **kwargs: Any) -> None:
        code = kwargs.get("program")
        self.program = programs.get_or_404(code) if code else None
        self.request.program = self.program  # type: ignore[attr-defined]


# Said again, because this class has a dispatch of its own.
@method_decorator([login_not_required, never_cache], name="dispatch")
class LinkPage(PublicPage):
    """A page for whoever holds a link for its `purpose`: the token is the keyword `token` of the address.

    The address is the key, so no other site hears of it and nothing keeps a copy of the page.
    """

    purpose: ClassVar[LinkPurpose]

    def load(self, **kwargs: Any) -> None:
        self.object = links.find(self.purpose, kwargs["token"], at=timezone.now())
        if self.object is None:
            raise Http404
        self.request.program = programs.get(self.object.program)  # type: ignore[attr-defined]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        response["Referrer-Policy"] = "strict-origin"  # never the path; forms still say where from
        response["X-Robots-Tag"] = "noindex"
        return response


class OwnPage(Page):
    """A page for any signed-in person, which shows only what is their own."""

    access = SIGNED_IN


class PermittedPage(Page):
    """A page for whoever holds `permission` on anything; its rows come from a policy."""

    def load(self, **kwargs: Any) -> None:
        if not holds_anywhere(self.user, self.permission):  # type: ignore[arg-type]
            raise PermissionDenied
        if len(codes := self.user.programs()) == 1:
            self.request.program = programs.get(codes[0])  # type: ignore[attr-defined]


class ForStaff(Page):
    """Mixed into a page that only staff have: to a family it does not exist, whatever its rights."""

    def load(self, **kwargs: Any) -> None:
        if not self.user.is_staff_member:
            raise Http404
        super().load(**kwargs)


class FamilyPage(PermittedPage):
    """A page of what a family holds `permission` on; staff have pages of their own."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if not self.user.is_family:
            raise PermissionDenied

    def dress_as(self, codes: Iterable[str]) -> None:
        """Look like the program of these rows, if they are all of one."""
        only = set(codes)
        if len(only) == 1:
            self.request.program = programs.get(only.pop())  # type: ignore[attr-defined]


class ObjectPage(Page):
    """A page about one row: `policy` finds it and allows `permission`; who looked is kept.

    The row is found by the keyword `lookup` of the address. `child_of` names the path from the row to
    the child it is about, and `household_of` the one to the household that told it, if one did.
    """

    policy: ClassVar[Policy[Any]]
    lookup: ClassVar[str] = "pk"
    child_of: ClassVar[str | None] = "child"
    household_of: ClassVar[str | None] = None
    # As what a look at the row is kept.
    look: ClassVar[str] = AccessEvent.Action.VIEW

    def rows(self) -> models.QuerySet | None:
        """Return the rows to look among, with what the page reads along, or None for all."""
        return None

    def load(self, **kwargs: Any) -> None:
        self.reached = self.policy.find(
            self.user,
            self.permission or self.policy.view,
            self.rows(),
            **{self.lookup: kwargs[self.lookup]},
        )
        self.object = self.reached.row
        self.is_noted = False
        self.request.program = programs.get(self._program())  # type: ignore[attr-defined]
        if self.request.method in ("GET", "HEAD"):
            self.note_who_looked()

    def may(self, permission: Permission) -> bool:
        """Say whether this person holds another permission on the row, too."""
        return self.policy.allows_reached(self.user, permission, self.reached)

    def answer(self, status: int = 200, **more: Any) -> HttpResponse:
        """Show the page; one that was sent with a fault, and so is shown again, is looked at as well."""
        if not self.is_noted:
            self.note_who_looked()
        return super().answer(status, **more)

    def _program(self) -> str:
        return str(self._at(self.policy.program))

    def note_who_looked(self) -> None:
        """Keep that this person looks at the row."""
        self.is_noted = True
        note_access(
            by=self.user,
            page=self.request.resolver_match.view_name,  # type: ignore[union-attr]
            child=self.child,
            program=self._program(),
            household_id=self.household_id,
            subject=self.object,
            action=self.look,
        )

    @property
    def child(self) -> Any:
        """The child the row is about; the row itself where the path is empty, nobody where there is none."""
        return None if self.child_of is None else self._at(self.child_of)

    @property
    def household_id(self) -> int | None:
        """The key of the household that told it; the row's own where the path is empty."""
        if self.household_of is None:
            return None
        key: int | None = self._at(f"{self.household_of}_id" if self.household_of else "pk")
        return key

    def _at(self, path: str) -> Any:
        value: Any = self.object
        for step in path.split("__") if path else []:
            value = getattr(value, step)
        return value


class ActionView(ObjectPage):
    """A button: it acts on one row and answers with where to go next. Only POST."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.act(self.object)

    def act(self, obj: Any) -> HttpResponse:
        raise AssertionError(f"{type(self).__name__} says what its button does in act()")


class FormPage(ObjectPage):
    """A form about one row: shows it, and on a valid POST acts and goes on; errors keep what was typed."""

    form_class: ClassVar[Any]

    def form_arguments(self) -> dict[str, Any]:
        return {}

    def make_form(self) -> Any:
        arguments = self.form_arguments()
        if self.request.method == "POST":
            arguments |= {"data": self.request.POST, "files": self.request.FILES}
        return self.form_class(**arguments)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(form=self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form()
        if not form.is_valid():
            self.note_who_looked()
            return self.answer(status=422, form=form)
        return self.act(form)

    def act(self, form: Any) -> HttpResponse:
        raise AssertionError(f"{type(self).__name__} says what its form does in act()")
