"""Who asks for the pages: invented people with open sessions, and the rows that are theirs."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import Q
from django.http import HttpRequest
from django.middleware.csrf import get_token

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.accounts.models import User
from cms_portal.families.models import Child
from intake.models import Application, Channel, Status
from intake.policies import APPLICATIONS

# The same everywhere: it is a secret only against other sites.
TOKEN = "benchbenchbenchbenchbenchbenchbe"
FAMILIES = 60
WORKERS = 2
LIST_ROWS = 100


def masked(token: str) -> str:
    """Return the token as Django writes it into one page: each time another text."""
    request = HttpRequest()
    request.META["CSRF_COOKIE"] = token
    return get_token(request)


@dataclass(frozen=True)
class Person:
    """Somebody signed in, as the server knows them: by a cookie."""

    user: User
    cookies: str


@dataclass(frozen=True)
class Held:
    """A person with an application that is theirs to see."""

    person: Person
    application: Application


def sign_in(user: User) -> Person:
    """Open a session as signing in leaves it, staff with a second factor used."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    now = time.time()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods"] = [
        {"method": "password", "at": now},
        {"method": "mfa", "type": "totp", "at": now},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session["last_click"] = int(now)
    session.create()
    cookies = {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: TOKEN}
    return Person(user, "; ".join(f"{name}={value}" for name, value in cookies.items()))


class Cast:
    """Everybody who plays a part, signed in once."""

    def __init__(self, seed: int = 1):
        self.lot = random.Random(seed)
        self.drafts = self._held(Q(status=Status.DRAFT, channel=Channel.WEB))
        self.sent = self._held(Q(status__in=[Status.SUBMITTED, Status.IN_REVIEW]))
        self.decided = self._held(Q(status=Status.DECIDED))
        self.children = list(Child.objects.values_list("pk", flat=True)[:5000])
        self.office_workers = [sign_in(user) for user in self._with_the_longest_lists("office")]
        self.supervisors = [sign_in(user) for user in self._with_the_longest_lists("program")]
        self.served = [
            Held(worker, application)
            for worker in self.office_workers
            for application in self._waiting(worker.user)[:FAMILIES]
        ]

    def _held(self, which: Q) -> list[Held]:
        """Return some applications, each with the family member who started it."""
        rows = Application.objects.filter(which, started_by__kind="family").select_related(
            "started_by", "child", "household"
        )
        chosen = self._some(rows.values_list("pk", flat=True), FAMILIES)
        return [
            Held(sign_in(application.started_by), application)
            for application in rows.filter(pk__in=chosen)
        ]

    def _some(self, keys: Iterable[int], count: int) -> list[int]:
        return self.lot.sample(ordered := sorted(keys), min(count, len(ordered)))

    def _waiting(self, user: User) -> list[Application]:
        rows = APPLICATIONS.rows(user, Permission.APPLICATION_REVIEW)
        return list(rows.awaiting_decision().order_by("pk")[:LIST_ROWS])  # type: ignore[attr-defined]

    def _with_the_longest_lists(self, scope: str) -> list[User]:
        """Return the staff whose lists are fullest, as many from each program."""
        by_scope = {
            "office": Q(role_grants__office__isnull=False) | Q(role_grants__region__isnull=False),
            "program": Q(role_grants__office=None, role_grants__region=None),
        }
        found: list[User] = []
        for program in programs.all_programs():
            users = User.objects.filter(
                by_scope[scope], kind="staff", role_grants__program=program.code
            )
            by_length = sorted(users, key=lambda user: len(self._waiting(user)), reverse=True)
            found += by_length[:WORKERS]
        return found
