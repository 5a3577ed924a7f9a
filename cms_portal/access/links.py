"""Links without an account: 128 random bits open one thing for one purpose, for a while."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils.crypto import salted_hmac

from cms_portal.access.models import AccessLink, LinkPurpose
from cms_portal.audit import context
from cms_portal.audit.actions import note_access
from cms_portal.audit.models import AccessEvent
from cms_portal.audit.tracking import save_tracked

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

# Without i, l, o and u: a token may be read from paper and typed on a phone.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26
MISREAD = str.maketrans("ilo", "110", " -\t\r\n")
_SALT = "cms_portal.access.links"


@transaction.atomic
def make(*, purpose: str, about: models.Model, expires_at: datetime, by: User) -> str:
    """Make a link and return its token, which is shown once and kept nowhere.

    What it is about belongs to a `program`, and perhaps to a `child`: the use of a link is kept with them.
    """
    token = _new_token()
    link = AccessLink(
        purpose=LinkPurpose(purpose),
        token_hash=_hash(token, settings.SECRET_KEY),
        about=about,
        made_by=by,
        expires_at=expires_at,
    )
    save_tracked(link, by=by, reason="link made")
    return token


@transaction.atomic
def find(purpose: str, token: str, at: datetime) -> Any | None:
    """Return what a token opens for this purpose, and keep that it was used; None if it opens nothing."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    hashes = [_hash(_as_written(token), key) for key in keys]
    link = AccessLink.objects.open(at).filter(purpose=purpose, token_hash__in=hashes).first()
    if link is None:
        return None
    note_access(
        by=context.current().actor,
        page=link.purpose,
        child=getattr(link.about, "child", None),
        program=link.about.program,
        household_id=getattr(link.about, "household_id", None),
        subject=link,
        action=AccessEvent.Action.LINK,
    )
    return link.about


@transaction.atomic
def revoke(
    *, about: models.Model, at: datetime, by: User, reason: str, purpose: str | None = None
) -> int:
    """Take back the open links about one thing, of one purpose or of all; return how many there were."""
    links = AccessLink.objects.open(at).about(about).select_for_update()
    if purpose is not None:
        links = links.filter(purpose=purpose)
    for link in (taken := list(links)):
        link.revoked_at, link.revoked_by = at, by
        save_tracked(link, by=by, reason=reason)
    return len(taken)


def _new_token() -> str:
    bits = secrets.randbits(128)
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(0, 5 * LENGTH, 5))


def _as_written(token: str) -> str:
    """Return what was typed without the spaces, dashes and look-alikes that people put in."""
    return token.lower().translate(MISREAD)


def _hash(token: str, key: str | bytes) -> str:
    written = token.encode(errors="replace").decode()
    return salted_hmac(_SALT, written, secret=key, algorithm="sha256").hexdigest()
