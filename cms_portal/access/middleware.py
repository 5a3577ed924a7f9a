"""Closed by default: a page that does not say who may see it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from cms_portal.access.table import requirement_of


class ClosedByDefaultMiddleware:
    """Answer 404 for any view without an entry in the access table."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        match = request.resolver_match
        if match is None or requirement_of(match.view_name, view) is None:
            raise Http404
