"""What every page knows about itself: its program, its languages, and when the session ends."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, get_language_info

from cms_portal import programs
from cms_portal.accounts.middleware import idle_minutes
from cms_portal.programs import Program
from cms_portal.ui import languages
from cms_portal.ui.navigation import ways_for

PLAIN_THEME = "plain"


@dataclass(frozen=True)
class Language:
    """One choice of the language switch, under its own name."""

    code: str
    name: str
    is_current: bool


@dataclass
class Page:
    """The facts the base templates draw the frame of a page from."""

    request: HttpRequest

    @cached_property
    def program(self) -> Program | None:
        """The program whose page this is: what the view set, else the one this worker works for."""
        program: Program | None = getattr(self.request, "program", None)
        user = getattr(self.request, "user", None)
        if program is None and getattr(user, "is_staff_member", False):
            codes = user.programs()  # type: ignore[union-attr]
            return programs.get(codes[0]) if len(codes) == 1 else None
        return program

    @property
    def theme(self) -> str:
        return self.program.theme if self.program else PLAIN_THEME

    @property
    def languages(self) -> list[Language]:
        current = get_language()
        return [
            Language(code, get_language_info(code)["name_local"].capitalize(), code == current)
            for code, _name in settings.LANGUAGES
        ]

    @property
    def asks_language(self) -> bool:
        """Whether nobody has told us a language yet, so the page asks in both."""
        return languages.remembered(self.request) is None

    @property
    def is_demo(self) -> bool:
        return settings.DEMO_MODE

    @property
    def idle_minutes(self) -> int | None:
        """Minutes without a click after which this session ends; None when nobody is signed in."""
        # A request refused early, for its host name or its size, has no user yet.
        user = getattr(self.request, "user", None)
        return idle_minutes(self.request) if user and user.is_authenticated else None

    @property
    def ends_at(self) -> time | None:
        """When this session ends if nothing is clicked, on the clock of the program's offices."""
        if self.idle_minutes is None or self.program is None:
            return None
        end = timezone.now() + timedelta(minutes=self.idle_minutes)
        return timezone.localtime(end, self.program.timezone).time()

    @property
    def leave_address(self) -> str:
        """Where "Leave this site" goes: somewhere nobody asks about."""
        return settings.LEAVE_ADDRESS

    @cached_property
    def ways(self) -> list[dict[str, Any]]:
        """The signed-in person's pages, for the line of links below the header."""
        return ways_for(self.request) if getattr(self.request, "user", None) else []

    @property
    def ways_shown(self) -> str:
        """What the line of links depends on: which ways there are, what waits, and which one this page is."""
        return " ".join(f"{way['url']}{'*' * way['is_current']}{way['count']}" for way in self.ways)

    @property
    def path(self) -> str:
        """Where the language switch comes back to."""
        return self.request.get_full_path() if self.request.method == "GET" else self.request.path


def page(request: HttpRequest) -> dict[str, Page]:
    """Give every template `page`."""
    return {"page": Page(request)}
