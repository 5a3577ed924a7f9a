"""What holds for every page: its language, and that a shared computer keeps none of it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from cms_portal.ui import languages


class LanguageMiddleware:
    """Answers in the language of the account, else of this browser's cookie, else of its settings.

    Stands after AuthenticationMiddleware, because an account's language wins over a shared
    computer's cookie. Nothing of it stays behind in the thread.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = languages.to_use(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        return response


class KeepNothingMiddleware:
    """Lets no browser keep a page of somebody signed in, or an answer to what was typed.

    The next person at a shared computer finds nothing in its memory, and the Back button asks again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated or request.method not in ("GET", "HEAD"):
            patch_cache_control(response, private=True, no_store=True)
        return response
