"""The frame's own buttons: language, leaving, staying signed in; and the page of components."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cms_portal import programs
from cms_portal.access.table import public, signed_in
from cms_portal.accounts import actions as accounts
from cms_portal.ui import gallery as examples
from cms_portal.ui import languages

FRONT = "/"
YEAR = 365 * 24 * 3600
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# Bytes that are read and thrown away, so that a browser listens to the answer.
MOST_READ_PAST = 64 * 1024 * 1024


@public
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language somebody chose, on their account and in this browser."""
    language = request.POST.get("language", "")
    response = redirect(_back(request))
    if not languages.is_offered(language):
        return response
    if request.user.is_authenticated:
        accounts.choose_language(user=request.user, language=language, by=request.user)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """End the session (POST only), then go to a page that says nothing about this one.

    The way out is a page that refreshes to another site at once: a form may not be redirected
    there under our content policy, and a refresh leaves no entry to come back to.
    """
    if request.method == "POST":
        logout(request)
        return redirect("ui:leave")
    response = render(request, "leave.html", {"address": settings.LEAVE_ADDRESS})
    response["Referrer-Policy"] = "no-referrer"
    return response


@signed_in
@never_cache
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Keep the session: coming here was the click."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"signed_in": True})
    return redirect(_back(request))


@public
@require_GET
def expired(request: HttpRequest) -> HttpResponse:
    """Say that the session has ended, what is safe, and how to go on."""
    return render(request, "session_expired.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was open too long or sent from elsewhere, and how to go on."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that a page was sent with too much on it, at its form where it has one; or that it is garbled."""
    if not isinstance(exception, TOO_MUCH):
        return render(request, "400.html", status=400)
    _read_past(request)
    if not _has_a_form(request):
        return render(request, "413.html", status=413)
    messages.error(
        request,
        _(
            "That was too much for one page. Nothing of it was saved. Send less text or fewer files."
        ),
    )
    return redirect(request.get_full_path())


def _read_past(request: HttpRequest) -> None:
    # A server that answers before it has read everything hangs up on the browser, which then shows
    # an error of its own instead of our sentence.
    left = MOST_READ_PAST
    try:
        while left > 0 and (chunk := request._stream.read(64 * 1024)):
            left -= len(chunk)
    except OSError:
        return


def _has_a_form(request: HttpRequest) -> bool:
    match = request.resolver_match
    view = getattr(match.func, "view_class", None) if match else None
    return hasattr(view, "get") and "get" in view.http_method_names  # type: ignore[union-attr]


@public
@require_http_methods(["GET", "HEAD", "POST"])
def gallery(request: HttpRequest) -> HttpResponseBase:
    """Show every component and form piece, for those who build pages; only in demo mode."""
    if not (settings.DEMO_MODE or settings.DEBUG):
        raise Http404
    code = request.GET.get("program")
    request.program = programs.get_or_404(code) if code else None  # type: ignore[attr-defined]
    return render(request, "ui/gallery.html", examples.everything(request))


def _back(request: HttpRequest) -> str:
    """Return the page the form was on, if it is one of ours."""
    address = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if allowed else FRONT
