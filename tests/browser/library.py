"""A computer in a library: one profile folder for everybody, and what it holds afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.browser.chromium import FLAGS, chromium_path
from tests.browser.visitor import PHONE

# Chromium writes its open pages down every few seconds.
SECONDS_UNTIL_WRITTEN = 4
TEXT = 'main form [name]:is(input[type="text"]:not([inputmode]), textarea):visible'
# Parts of the month, day and year of a date hold no word.
DATE_PART = re.compile(r"_(?:month|day|year)$")


@contextmanager
def library_computer(playwright: Any, profile: Path) -> Iterator[BrowserContext]:
    """Open the browser as it stands there: it keeps what browsers keep, also pages for Back."""
    context = playwright.chromium.launch_persistent_context(
        str(profile),
        executable_path=chromium_path(),
        args=[*FLAGS],
        ignore_default_args=["--disable-back-forward-cache"],
        viewport={"width": PHONE, "height": 740},
    )
    yield context
    context.close()


def kept(profile: Path, words: list[str]) -> dict[str, list[str]]:
    """Return, by word, the files of a profile that hold it, as bytes of either width."""
    found: dict[str, list[str]] = {}
    for path in profile.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for word in words:
            if word.encode() in content or word.encode("utf-16-le") in content:
                found.setdefault(word, []).append(path.name)
    return found


class Typist:
    """Fills pages quickly, with a word of its own in every field for text."""

    def __init__(self, page: Page):
        self.page = page
        self.words: list[str] = []

    def fill(self, answers: dict[str, Any]) -> None:
        """Answer as told, and write a new word wherever words may be written."""
        for name, value in answers.items():
            for one in value if isinstance(value, list) else [value]:
                self._give(name, one)
        for field in self.page.locator(TEXT).all():
            name = field.get_attribute("name") or ""
            if not DATE_PART.search(name) and not str(answers.get(name, "")).isdigit():
                field.fill(self._new_word())

    def send(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def _new_word(self) -> str:
        number = len(self.words)
        letters = "".join("bcdfghklmn"[int(digit)] for digit in f"{number:03}")
        self.words.append(f"Qz{letters}vuqz")
        return self.words[-1]

    def _give(self, name: str, value: Any) -> None:
        choice = self.page.locator(f'[name="{name}"]:is([type="radio"], [type="checkbox"])')
        if choice.count():
            only = choice if value is True else choice.and_(self.page.locator(f'[value="{value}"]'))
            only.evaluate("(choice) => choice.click()")
            return
        field = self.page.locator(f'[name="{name}"]')
        if field.evaluate("(field) => field.tagName") == "SELECT":
            values = field.locator("option").evaluate_all("(all) => all.map((o) => o.value)")
            field.select_option(**({"value": value} if value in values else {"label": value}))
        else:
            field.fill(str(value))
