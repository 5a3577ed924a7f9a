"""The shapes of the pages of sign-in.

Unlike the portal's other pages they are not one transaction: a guess that was counted stays counted,
whatever happens afterwards.
"""

from __future__ import annotations

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
