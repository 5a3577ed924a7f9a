"""One log line per request, without anything a family typed or an address that says what about."""

from __future__ import annotations

from django.http import HttpRequest
from django_structlog.middlewares.request import RequestMiddleware


class RequestLogMiddleware(RequestMiddleware):
    """Log the method and the name of the route; a path may hold a number or a token, so it stays out."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        match = request.resolver_match
        return f"{request.method} {match.view_name if match else 'unresolved'}"
