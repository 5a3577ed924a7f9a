"""What somebody typed comes back, to the same person only, after their session ended.

Every form of the portal shows it again by itself, when its page is opened: see
`cms_portal.ui.forms.PortalBoundField`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from cms_portal.accounts import keys
from cms_portal.accounts.models import UnsentForm, User
from cms_portal.accounts.models.unsent import UnsentFormQuerySet

LONGEST = 200_000
LONGEST_PATH = 300
# Where a page sends what is typed in it when it closes itself, and how it says which page it is.
KEEPER, PAGE = "account_keep_typed", "kept_path"
# Proofs, and the frame's own fields; of a form with a prefix, what comes after it.
NEVER_KEPT = frozenset(
    [
        *[
            "code",
            "credential",
            "csrfmiddlewaretoken",
            "next",
            "password",
            "pin",
            "pin_again",
            "stay",
        ],
        PAGE,
    ]
)
HAS_UNSENT = "has_unsent_forms"
_given_back: ContextVar[QueryDict | None] = ContextVar("given_back", default=None)


def keep(request: HttpRequest, user: User) -> bool:
    """Keep what was posted for `user`, without files, PINs or codes; False when there is nothing."""
    typed = request.POST.copy()
    for name in [name for name in typed if name.rpartition("-")[2] in NEVER_KEPT]:
        del typed[name]
    path, now = page_of(request), timezone.now()
    UnsentForm.objects.filter(user=user).stale(now).delete()
    before = UnsentForm.objects.filter(user=user, path=path).first()
    others = _of_other_forms(before, typed) if before else {}
    text = urlencode(others | dict(typed.lists()), doseq=True)
    if not typed or len(text) > LONGEST or len(path) > LONGEST_PATH:
        return False
    UnsentForm.objects.update_or_create(
        user=user, path=path, defaults={"typed": keys.encrypt(text), "kept_at": now}
    )
    return True


def page_of(request: HttpRequest) -> str:
    """Return the address of the page that the typed form belongs to."""
    is_kept = request.resolver_match is not None and request.resolver_match.view_name == KEEPER
    path = request.POST.get(PAGE, "") if is_kept else _shown_at(request)
    is_ours = path.isprintable() and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else "/"


def _shown_at(request: HttpRequest) -> str:
    """The page a form was sent from: its own address, but where that only takes what is sent."""
    view = getattr(request.resolver_match and request.resolver_match.func, "view_class", None)
    came_from = request.headers.get("Referer", "")
    if view is None or "get" in view.http_method_names:
        return request.path
    if url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return urlsplit(came_from).path
    return "/"


def note_what_waits(request: HttpRequest, user: User) -> None:
    """Note in the session whether something waits for this person, so that pages need not ask."""
    if UnsentForm.objects.fresh(timezone.now()).filter(user=user).exists():
        request.session[HAS_UNSENT] = True


def for_page(request: HttpRequest) -> QueryDict | None:
    """Return what this person had typed on this page when their session ended, if it is still kept."""
    if not request.session.get(HAS_UNSENT):
        return None
    kept = _of_page(request).fresh(timezone.now()).first()
    return _typed_in(kept) if kept else None


def forget(request: HttpRequest) -> None:
    """Drop what was kept of the form being sent: it is now kept for good, or shows again with what
    is wrong. What other forms of its page hold stays."""
    if not request.session.get(HAS_UNSENT):
        return
    for kept in _of_page(request):
        if others := _of_other_forms(kept, request.POST):
            kept.typed = keys.encrypt(urlencode(others, doseq=True))
            kept.save(update_fields=["typed"])
        else:
            kept.delete()


def _of_other_forms(kept: UnsentForm, sent: QueryDict) -> dict[str, list[str]]:
    """Return what is kept of the forms of a page that were not sent."""
    typed, forms = _typed_in(kept) or QueryDict(), _forms_in(sent)
    return {name: typed.getlist(name) for name in typed if not _forms_in([name]) <= forms}


def _forms_in(names: Iterable[str]) -> set[str]:
    """Return the forms of a page that fields belong to: what stands before the first dash."""
    return {
        name.partition("-")[0] if "-" in name else ""
        for name in names
        if name.rpartition("-")[2] not in NEVER_KEPT
    }


def _typed_in(kept: UnsentForm) -> QueryDict | None:
    try:
        return QueryDict(keys.decrypt(kept.typed))
    except ValueError:
        return None


@contextmanager
def giving_back() -> Iterator[None]:
    """Clear, after a request, what its page gave back."""
    token = _given_back.set(None)
    try:
        yield
    finally:
        _given_back.reset(token)


def give_back(typed: QueryDict) -> None:
    """Let the forms of this request's page show what was typed before."""
    _given_back.set(typed)


def given_back() -> QueryDict | None:
    return _given_back.get()


def _of_page(request: HttpRequest) -> UnsentFormQuerySet:
    return UnsentForm.objects.filter(user_id=request.user.pk or 0, path=page_of(request))
