"""One request to the portal: what is asked, and by whom, through all that stands before a page."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse

from tests.access.rules import Page, Rule, expected

FORM = "application/x-www-form-urlencoded"


@dataclass
class Asked:
    """One request, and what should come of it."""

    page: Page
    method: str
    rule: Rule
    persona: str
    case: str
    arguments: dict[str, Any]

    @property
    def url(self) -> str:
        return reverse(self.page.name, kwargs=self.arguments)

    @property
    def is_allowed(self) -> bool:
        return self.case in self.rule.ok.get(self.persona, "no").split(" ")

    @property
    def wanted(self) -> set[int]:
        return expected(self.rule, self.persona, self.case, is_public=self.page.is_public)

    def __str__(self) -> str:
        return f"{self.method} {self.page.name} ({self.case or 'page'}) as {self.persona}"


class Browser:
    """Sends requests through all middleware as one person, without the cost of the test client."""

    handler = ClientHandler(enforce_csrf_checks=False)

    def __init__(self, user: Any | None):
        self.cookies: dict[str, str] = {}
        if user is not None:
            client = Client()
            client.force_login(user)
            # As somebody who signed in just now, so that no page asks to confirm it first.
            request = HttpRequest()
            request.session = session = client.session
            record_authentication(request, user, method="password", reauthenticated=True)
            session["last_click"] = int(time.time())
            session.save()
            self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def ask(self, method: str, url: str, data: dict[str, Any] | None = None) -> HttpResponse:
        sent = urlencode(data or {}, doseq=True)
        request = RequestFactory().generic(method, url, sent, content_type=FORM)
        request.COOKIES.update(self.cookies)
        request._dont_enforce_csrf_checks = True
        if self.handler._middleware_chain is None:
            self.handler.load_middleware()
        return self.handler.get_response(request)
