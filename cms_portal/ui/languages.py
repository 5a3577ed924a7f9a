"""Which language a person reads: what they told us, else what their browser asks for."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_request


def remembered(request: HttpRequest) -> str | None:
    """Return the language this person chose, from their account or this browser, or None."""
    user = getattr(request, "user", None)
    chosen = getattr(user, "language", "") if user is not None and user.is_authenticated else ""
    chosen = chosen or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if is_offered(chosen) else None


def to_use(request: HttpRequest) -> str:
    """Return the language to answer this request in."""
    return remembered(request) or get_language_from_request(request)


def is_offered(code: str | None) -> bool:
    return code in dict(settings.LANGUAGES)
