"""Asking every address, by every method, as everybody, about every case; and what each answer gave away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse

from tests.access.answers import comparable, form_fields, told, weak_headers
from tests.access.asking import Asked, Browser
from tests.access.meter import LOOKS, Meter, looks_kept, undone
from tests.access.objects import arguments_of
from tests.access.rules import ANY_NUMBER, ASKED, LEFT, PERSONAS, Page, Rule, Shown
from tests.access.world import CASES, MISSING, World

# To staff, one child in each relation: a second home, the young adult and the child in custody are relations
# of families, who ask about them; so do staff where everything is asked.
RELATIONS = " ".join(case for case in CASES if case not in ("second_home", "grown", "placed"))
# Tables that a page may write to while it is only looked at.
LOOKING_WRITES = {LOOKS, "django_session", "portal_cache"}


@dataclass
class Findings:
    """What the walk found; each list is a gate, and an empty one is a pass."""

    wrong_status: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    tells_missing_from_foreign: list[str] = field(default_factory=list)
    weak_headers: list[str] = field(default_factory=list)
    writing_gets: list[str] = field(default_factory=list)
    writing_refusals: list[str] = field(default_factory=list)
    wrong_looks: list[str] = field(default_factory=list)
    never_allowed: list[str] = field(default_factory=list)
    requests: int = 0

    def report(self, most: int = 40) -> str:
        """Return what failed, gate by gate; empty if nothing did."""
        lines = []
        for gate, failures in vars(self).items():
            if isinstance(failures, list) and failures:
                lines += [f"{gate.replace('_', ' ')}: {len(failures)}", *failures[:most]]
        return "\n".join(lines)


class Walker:
    """Sends the requests of a table into a world, and undoes each."""

    def __init__(self, world: World, table: list[Page], *, everything: bool = True):
        """Not asking everything, who may do nothing on a page is asked about the nearest child alone."""
        self.world, self.table, self.found = world, table, Findings()
        self.everything = everything
        self.missing_answers: dict[str, str] = {}

    def make_everything(self, *cases: str) -> None:
        """Make what the table speaks of, in its order, for these cases or for all."""
        for page in self.table:
            for case in cases or CASES:
                self._arguments(page, case)

    def walk(self, *methods: str) -> Findings:
        """Ask every page by these methods, or by each it answers, with everything there."""
        self.make_everything()
        for page in self.table:
            for method in page.rules:
                if not methods or method in methods:
                    self._walk_page(page, method)
        return self.found

    def _walk_page(self, page: Page, method: str) -> None:
        questions = list(self.questions(page, method))
        refused = [asked for asked in questions if not asked.is_allowed]
        allowed = [asked for asked in questions if asked.is_allowed]
        with undone():
            self._ask_who_is_refused(page, method, refused)
        self._ask_who_may(page, method, allowed)

    def _ask_who_is_refused(self, page: Page, method: str, refused: list[Asked]) -> None:
        self.missing_answers, meter, looks = {}, Meter(), looks_kept()
        for asked in refused:
            # The session of who has left ends with the first click.
            with undone() if asked.persona == LEFT else nullcontext():
                self._judge(asked, self.ask(asked))
        if unexpected := meter.wrote() - LOOKING_WRITES:
            self.found.writing_refusals.append(f"{method} {page.name}: {sorted(unexpected)}")
        if looks_kept() != looks:  # nothing was seen
            self.found.wrong_looks.append(f"{method} {page.name}: a refusal leaves a note")

    def _ask_who_may(self, page: Page, method: str, allowed: list[Asked]) -> None:
        meter = Meter()
        for asked in allowed:
            before = looks_kept()
            with undone():
                self._judge(asked, response := self.ask(asked))
                self._judge_looks(asked, response, looks_kept() - before)
        if method == "GET" and (unexpected := meter.wrote() - LOOKING_WRITES):
            self.found.writing_gets.append(f"GET {page.name}: {sorted(unexpected)}")
        if not allowed:
            self.found.never_allowed.append(f"{method} {page.name}")

    def questions(self, page: Page, method: str) -> Iterator[Asked]:
        """Yield whom to ask as, and about what; the missing one first, to compare the others with."""
        rule = page.rules[method]
        for case, arguments in self._addresses(page):
            for persona in PERSONAS:
                if case in ("", MISSING, *self.cases_of(persona, rule)):
                    yield Asked(page, method, rule, persona, case, arguments)

    def cases_of(self, persona: str, rule: Rule) -> list[str]:
        """Return about whom somebody is asked: staff who serve children about everybody in turn."""
        all_cases = " ".join(CASES) if self.everything else RELATIONS
        cases = ASKED.get(persona, all_cases).split(" ")
        return cases if self.everything or rule.speaks_of(persona) else cases[:1]

    def an_allowed(self, page: Page, method: str, people: Sequence[str]) -> Asked | None:
        """Return a question of the first of these people who may; only what its case has is made."""
        rule = page.rules[method]
        for persona in people:
            for case in rule.ok.get(persona, "no").split(" "):
                self.make_everything(case)
                arguments = self._arguments(page, case)
                if arguments is not None:
                    return Asked(page, method, rule, persona, case, arguments)
        return None

    def _arguments(self, page: Page, case: str) -> dict[str, Any] | None:
        if not page.about:
            given = page.arguments
            own = given(self.world) if callable(given) else dict(given)
            return own if case == "" else None
        if case != MISSING and case not in CASES:
            return None
        found = arguments_of(page.about, self.world.cases.get(case))
        return None if found is None else {**page.arguments, **found}

    def _addresses(self, page: Page) -> Iterator[tuple[str, dict[str, Any]]]:
        for case in [MISSING, *CASES] if page.about else [""]:
            arguments = self._arguments(page, case)
            if arguments is not None:
                yield case, arguments

    def ask(self, asked: Asked) -> HttpResponse:
        data = self.data(asked, asked.rule) if asked.method == "POST" else None
        return self.browser(asked).ask(asked.method, asked.url, data)

    def data(self, asked: Asked, rule: Rule) -> dict[str, Any]:
        """Return what the form of a POST sends: as the table says, perhaps beside what the page shows."""
        data = rule.data(self.world, self.world.cases.get(asked.case))
        if isinstance(rule.sends, Shown) and asked.is_allowed:
            return form_fields(self.browser(asked).ask("GET", asked.url)) | data
        return data

    def browser(self, asked: Asked) -> Browser:
        return self.world.browsers[asked.persona]

    def _judge(self, asked: Asked, response: HttpResponse) -> None:
        found, status = self.found, response.status_code
        found.requests += 1
        if status not in asked.wanted:
            found.wrong_status.append(f"{asked}: {status}, not {asked.wanted}")
        if not asked.page.shows_everybody:
            leaked = self.world.canaries.leaked(told(response), asked.persona)
            found.leaks += [f"{asked}: tells the {place}" for place in leaked]
        found.weak_headers += [f"{asked}: {what}" for what in weak_headers(response)]
        if status in (302, 404) and not asked.is_allowed:
            self._compare_with_missing(asked, comparable(response, asked.url))

    def _judge_looks(self, asked: Asked, response: HttpResponse, looks: int) -> None:
        """A page about something leaves one note of who looked."""
        page = asked.page
        wanted = page.looks if page.looks is not None else int(bool(page.about))
        if response.status_code == 200 and wanted not in (ANY_NUMBER, looks):
            self.found.wrong_looks.append(f"{asked}: {looks} notes, not {wanted}")

    def _compare_with_missing(self, asked: Asked, answer: str) -> None:
        if asked.case == MISSING:
            self.missing_answers[asked.persona] = answer
        elif answer != self.missing_answers.get(asked.persona, answer):
            self.found.tells_missing_from_foreign.append(str(asked))
