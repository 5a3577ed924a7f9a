"""The answers of the quick check on their way to an application: locked in the session, for an hour.

They go along only to a child born on the day that was told. Whoever sits next at a shared computer, and
signs in there, names another child, and gets and learns nothing.
"""

from __future__ import annotations

import json
import time
from datetime import date
from typing import Any

from django.http import HttpRequest

from cms_portal.accounts import keys

PLACE = "quick_check"
SECONDS_KEPT = 60 * 60

Answers = dict[str, dict[str, Any]]


def carry(request: HttpRequest, program: str, answers: Answers) -> None:
    """Lock the answers in the session of this browser, which ends with signing out."""
    request.session[PLACE] = {
        "program": program,
        "answers": keys.encrypt(json.dumps(answers)),
        "at": time.time(),
        # Who was signed in when the button was pressed: that this is the same person needs no proof.
        "by": request.user.pk,
    }


def drop(request: HttpRequest) -> None:
    request.session.pop(PLACE, None)


def answers_in(request: HttpRequest, program: str) -> Answers:
    """Return the answers that this browser carries for a program; empty when it carries none."""
    held = request.session.get(PLACE, {})
    if held.get("program") != program or time.time() - held["at"] >= SECONDS_KEPT:
        return {}
    try:
        answers: Answers = json.loads(keys.decrypt(held["answers"]))
    except ValueError:  # locked with a key that is gone
        return {}
    return answers


def take_for(request: HttpRequest, program: str, born: date) -> Answers | None:
    """Take the answers out for a child born on this day; None if they are about another child."""
    answers = answers_in(request, program)
    drop(request)
    return answers if not answers or _birth_date(answers) == born else None


def birth_date_to_show(request: HttpRequest, program: str) -> date | None:
    """Return the day of birth that was told, for the person who was signed in then, and nobody else."""
    if request.session.get(PLACE, {}).get("by") != request.user.pk:
        return None
    return _birth_date(answers_in(request, program))


def _birth_date(answers: Answers) -> date | None:
    told = answers.get("born", {}).get("date_of_birth")
    return date.fromisoformat(told) if told else None
