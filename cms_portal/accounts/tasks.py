"""What signing in leaves to the job worker: sending codes, keeping wrong tries."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from cms_portal import programs
from cms_portal.accounts import codes, identifiers, letters
from cms_portal.accounts.models import Purpose, SentCode, SignIn, User

FOR_NEW_ADDRESSES = {Purpose.SIGN_UP, Purpose.CONTACT}


@task
def send_code(code_id: int) -> None:
    """Give a code its digits and send it, if somebody is there to get it; once, however often called."""
    with transaction.atomic():
        code = SentCode.objects.select_for_update(of=["self"]).get(pk=code_id)
        if code.code_hash or code.expires_at < timezone.now():
            return
        if code.purpose in FOR_NEW_ADDRESSES:
            _send_to_a_new_address(code)
        elif code.user is not None:
            letters.send_code(code, codes.fill(code))


@task
def keep_wrong_guess(user_id: int, at: str, outcome: str, browser: str) -> None:
    """Keep a wrong try for the owner of the account to see."""
    if user := User.objects.filter(pk=user_id).first():
        SignIn.objects.get_or_create(
            user=user, at=datetime.fromisoformat(at), outcome=outcome, browser=browser
        )


def _send_to_a_new_address(code: SentCode) -> None:
    """Whoever owns the address already is told so, and gets no code that works."""
    owner = identifiers.account_of(identifiers.read(code.destination), programs.day_everywhere())
    if owner is None:
        letters.send_code(code, codes.fill(code))
    else:
        letters.say_already_in_use(code, owner)
