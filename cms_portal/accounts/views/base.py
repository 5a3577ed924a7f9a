"""The shapes of the pages of sign-in.

Unlike the portal's other pages they are not one transaction: a guess that was counted stays counted,
whatever happens afterwards.
"""

from __future__ import annotations

import time
from typing import Any, ClassVar

from allauth.account.utils import get_next_redirect_url
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cms_portal.access.table import PUBLIC, SIGNED_IN
from cms_portal.accounts import proofs
from cms_portal.accounts.identifiers import Identifier, Kind
from cms_portal.accounts.proofs import Proof, Refusal

MOST_SECONDS = 30 * 60


class ProofPage(View):
    """Shows a form; on a valid POST acts and goes on. What was typed comes back with what is wrong."""

    template_name: ClassVar[str]
    form_class: ClassVar[Any]
    access: ClassVar[str] = SIGNED_IN

    @method_decorator(never_cache)
    @method_decorator(sensitive_post_parameters())
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.instead() or super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def instead(self) -> HttpResponse | None:
        """Return where to go when this page is not the one to show now."""
        return None

    def page(self, **more: Any) -> dict[str, Any]:
        """Return what the template shows."""
        return more

    def make_form(self) -> Any:
        return self.form_class(self.request.POST if self.request.method == "POST" else None)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form()
        return self.act(form) if form.is_valid() else self.refuse(form)

    def act(self, form: Any) -> HttpResponse:
        raise AssertionError(f"{type(self).__name__} says what its form does in act()")

    def answer(self, form: Any, status: int = 200, **more: Any) -> HttpResponse:
        return TemplateResponse(
            self.request, self.template_name, self.page(form=form, **more), status=status
        )

    def refuse(self, form: Any, field: str | None = None, sentence: Any = None) -> HttpResponse:
        """Show the form again, perhaps with one more sentence at a field."""
        if sentence is not None:
            form.add_error(field, sentence)
        return self.answer(form, status=422)


class InSteps(ProofPage):
    """One of several pages: what was told on those before is in the session under `kept_as`, and only there.

    What was half done on a shared computer is not finished by the next person.
    """

    kept_as: ClassVar[str]

    @property
    def state(self) -> dict[str, Any]:
        state = self.request.session.get(self.kept_as, {})
        return state if time.time() - state.get("at", 0) < MOST_SECONDS else {}

    def begin(self, identifier: Identifier, channel: str, **more: Any) -> None:
        told = {"kind": identifier.kind, "value": identifier.value, "channel": channel}
        self.request.session[self.kept_as] = told | more | {"at": time.time()}

    def remember(self, **more: Any) -> None:
        self.request.session[self.kept_as] = self.state | more

    def forget(self) -> None:
        del self.request.session[self.kept_as]

    @property
    def identifier(self) -> Identifier:
        return Identifier(Kind(self.state["kind"]), self.state["value"])

    def look_at_own_code(self, typed: str) -> Proof | Refusal:
        """Look at a code sent to an address that belongs to no account yet."""
        return proofs.code(
            self.request,
            typed,
            identifier=self.identifier,
            user=None,
            code_id=self.state.get("code_id"),
            device="",
        )


@method_decorator(login_not_required, name="dispatch")
class OpenProofPage(ProofPage):
    """A page for people who have not signed in yet."""

    access = PUBLIC

    def next_url(self) -> str | None:
        """Return the page of ours that somebody wanted before they had to sign in."""
        return get_next_redirect_url(self.request)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer a flood of requests from one place."""
    return TemplateResponse(request, "accounts/too_many.html", status=429).render()
