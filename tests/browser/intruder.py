"""Somebody who writes script into every field for text, and what their words did to a page."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.urls import resolve
from playwright.sync_api import BrowserContext, Page

from tests.browser.payloads import PAYLOADS

# Posts every form of a page that has room for words, one after another, as a script would; every other
# control gets an answer that is allowed. `words` are as many values as there are rooms.
ROOMS = """() => [...document.querySelectorAll("main form[method=post]")].map((form) =>
  [...form.elements].filter((e) => e.name && (e.tagName === "TEXTAREA" || e.type === "text"
    || e.type === "search" || e.type === "email" || e.type === "tel") && !e.readOnly)
    .map((e) => [e.name, e.tagName === "TEXTAREA", e.type !== "text" && e.tagName !== "TEXTAREA"
      || Boolean(e.inputMode) || /zip|icd10|_day$|_year$/.test(e.name)]))"""
POST = """([at, values, quietly]) => {
  const form = document.querySelectorAll("main form[method=post]")[at];
  for (const field of form.elements) {
    if (field.tagName === "SELECT" && !field.value)
      field.value = [...field.options].map((o) => o.value).find(Boolean) ?? "";
    const group = field.type === "radio" && [...form.querySelectorAll(`[name="${field.name}"]`)];
    if (group && !group.some((one) => one.checked)) group[0].checked = true;
    if (field.type === "checkbox" && field.name.endsWith("agrees")) field.checked = true;
    if (field.name in values) field.value = values[field.name];
  }
  if (quietly) return fetch(form.action, { method: "POST", body: new FormData(form) }).then(() => true);
  HTMLFormElement.prototype.submit.call(form);
}"""
# What no page of ours holds: markup that runs something, wherever it came from.
MARKUP = """() => [...document.querySelectorAll("*")].filter((e) =>
    [...e.attributes].some((a) => /^on/i.test(a.name)
      || (/^(href|src|action|formaction|data|xlink:href|srcdoc)$/i.test(a.name)
          && /^[\\u0000-\\u0020]*j\\s*a\\s*v\\s*a\\s*s\\s*c\\s*r\\s*i\\s*p\\s*t\\s*:/i.test(a.value)))
    || (e.tagName === "SCRIPT" && !e.src && !/json/.test(e.type))
    || ["IFRAME", "OBJECT", "EMBED", "MARQUEE", "BASE"].includes(e.tagName)
  ).map((e) => e.outerHTML.slice(0, 120))"""
# Answers to questions for something else than words.
ALLOWED = {"day": "4", "year": "2017", "zip_code": "87501", "phone": "505-555-0177", "icd10": "J45"}
AT_ONCE = 3


class Intruder:
    """Writes into pages of one window. `did` gathers what ran or came to stand as markup."""

    def __init__(self, context: BrowserContext):
        self.did: list[str] = []
        self.used: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.shown = 0
        self._next = 0
        context.expose_function("ran", lambda number: self.did.append(f"payload {number} ran"))

    def write_everywhere(self, page: Page, *, boldly: bool) -> None:
        """Post each form of the page with payloads.

        Boldly: also where a number or an address is asked, and looking at what comes back.
        """
        address = page.url
        for at, rooms in enumerate(page.evaluate(ROOMS)):
            if len(page.evaluate(ROOMS)) <= at:  # what was sent before took the form away
                break
            if not any(boldly or not asks_else for _name, _is_long, asks_else in rooms):
                continue
            if not boldly:
                self._write_quietly(page, at, rooms)
                continue
            with page.expect_navigation():
                page.evaluate(POST, [at, self._values(page, rooms, boldly=True), False])
            self.look(page)
            page.goto(address)

    def _write_quietly(self, page: Page, at: int, rooms: list[Any]) -> None:
        """Post without looking; twice where a field has not had several payloads by then."""
        view = view_of(page)
        for _again in range(2):
            page.evaluate(POST, [at, self._values(page, rooms, boldly=False), True])
            if all(asks_else or len(self.used[(view, name)]) > 1 for name, _l, asks_else in rooms):
                break

    def _values(self, page: Page, rooms: list[Any], *, boldly: bool) -> dict[str, str]:
        return {
            name: self._value(page, name, is_long=is_long, boldly=boldly, asks_else=asks_else)
            for name, is_long, asks_else in rooms
        }

    def look(self, page: Page) -> None:
        """Note what the page that is open now does or holds because of somebody's words."""
        self.did += [f"{page.url}: {markup}" for markup in page.evaluate(MARKUP)]
        self.shown += "ran(" in page.locator("body").inner_text()

    def _value(self, page: Page, name: str, *, is_long: bool, boldly: bool, asks_else: bool) -> str:
        if asks_else and not boldly:
            plain = name.rpartition("-")[2].rpartition("_")[2] if "_of_" in name else name
            return next((value for key, value in ALLOWED.items() if key in plain), "4")
        number = AT_ONCE if is_long or boldly else 1
        chosen = [(self._next + step) % len(PAYLOADS) for step in range(number)]
        self._next += number
        self.used[(view_of(page), name)].update(chosen)
        return " ".join(PAYLOADS[one] for one in chosen)


def view_of(page: Page) -> str:
    path: Any = "/" + page.url.split("/", 3)[3].partition("?")[0]
    return resolve(path).view_name
