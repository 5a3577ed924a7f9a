"""What somebody typed comes back, to the same person only, after their session ended."""

from __future__ import annotations

import re

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from cms_portal.accounts import keys
from cms_portal.accounts.models import UnsentForm, User

LONGEST = 200_000
LONGEST_PATH = 300
# Proofs and the frame's own fields are never kept.
NEVER_KEPT = re.compile(r"pin|password|code|token|credential|^next$", re.IGNORECASE)


def keep(request: HttpRequest, user: User) -> bool:
    """Keep what was posted for `user`, without files, PINs or codes; False when there is nothing."""
    typed = request.POST.copy()
    for name in list(typed):
        if NEVER_KEPT.search(name):
            del typed[name]
    text = typed.urlencode()
    if not text or len(text) > LONGEST or len(request.path) > LONGEST_PATH:
        return False
    now = timezone.now()
    UnsentForm.objects.filter(user=user).stale(now).delete()
    UnsentForm.objects.update_or_create(
        user=user, path=request.path, defaults={"typed": keys.encrypt(text), "kept_at": now}
    )
    return True


def typed_before(request: HttpRequest) -> QueryDict | None:
    """Return what this person had typed on this page when their session ended, if it is still kept."""
    kept = (
        UnsentForm.objects.fresh(timezone.now())
        .filter(user=request.user, path=request.path)
        .first()
    )
    if kept is None:
        return None
    try:
        return QueryDict(keys.decrypt(kept.typed))
    except ValueError:
        return None


def forget(request: HttpRequest) -> None:
    """Drop what was kept for this page: it has now been sent, or given up."""
    UnsentForm.objects.filter(user=request.user, path=request.path).delete()  # type: ignore[misc]
