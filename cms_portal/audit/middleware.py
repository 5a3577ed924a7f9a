"""Every request has an id; every change made in it carries that id and the person who asked."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cms_portal.audit import context

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Open the audit context of the request; the id goes back in a header, for support calls."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4()
        with context.within_request(request_id):
            request.audit_request_id = request_id  # type: ignore[attr-defined]
            response = self.get_response(request)
        response["X-Request-ID"] = str(request_id)
        return response


class ActorMiddleware:
    """Name the signed-in person as the actor of what this request changes."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        with context.acting(by=request.user):
            return self.get_response(request)
