"""The same page sent twice acts once: a double click, an impatient refresh, a retry on a bad line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

# Longer than anybody retries, in seconds.
KEPT_FOR = 60 * 60
TOKEN = "csrfmiddlewaretoken"  # noqa: S105
FOUND = 302


@transaction.atomic(savepoint=False)
def answered_once(request: HttpRequest, respond: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a page that was sent; the same page with the same content, sent again, as it was answered then.

    What was changed before it was sent again is not the same; nor is the page opened anew. Only an act
    counts, which ends with the way to another page: a refusal is looked at each time.
    """
    if request.method != "POST" or TOKEN not in request.POST:
        return respond()
    page, content = _page_of(request), _content_of(request)
    # In one transaction with the act: of two at once the second waits here until the first is through,
    # and an act that fails is forgotten.
    if is_first := cache.add(page, (content, ""), KEPT_FOR):
        before = ("", "")
    else:
        cache.touch(page, KEPT_FOR)
        before = cache.get(page) or ("", "")
    if before[0] == content:
        return redirect(before[1])
    response = respond()
    if response.status_code == FOUND:
        cache.set(page, (content, response["Location"]), KEPT_FOR)
    elif is_first:
        cache.delete(page)
    return response


def _page_of(request: HttpRequest) -> str:
    """Return the key of one page: each time it is made, its token is masked anew."""
    who = str(getattr(request.user, "pk", ""))
    return f"sent-once:{_digest(who, request.get_full_path(), request.POST[TOKEN])}"


def _content_of(request: HttpRequest) -> str:
    files = [
        f"{name}:{file.name}:{file.size}"
        for name, held in sorted(request.FILES.lists())
        for file in held
    ]
    return _digest(request.POST.urlencode(), *files)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()
