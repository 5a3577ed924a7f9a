"""Signing in as one of the demo's people. The addresses exist only in demo mode."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cms_portal.access.table import public
from cms_portal.access.views import PublicPage
from cms_portal.accounts import demo


class People(PublicPage):
    """The people, each with one button."""

    template_name = "accounts/demo.html"

    def page(self, **more: Any) -> dict[str, Any]:
        return {"groups": list(demo.groups())} | more


@public
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the person whose button was pressed; whoever was signed in before is signed out."""
    user = demo.person(request.POST.get("persona", "")) if settings.DEMO_MODE else None
    if user is None:
        raise Http404
    adapter = get_adapter(request)
    if request.user.is_authenticated:
        adapter.logout(request)
    adapter.login(request, user)
    return redirect(settings.LOGIN_REDIRECT_URL)
