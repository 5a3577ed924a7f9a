"""A person who uses nothing but the keyboard, with or without script in the page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

MOST_STOPS = 400

# What has the focus, whether it is drawn so that an eye finds it, and whether something covers it.
# Nothing here waits, so it also works in a page that runs no script of its own.
FOCUS = """(wanted) => {
  const has = document.activeElement;
  if (!has || has === document.body) return { is_it: false, fault: "" };
  const label = has.id && document.querySelector(`label[for="${CSS.escape(has.id)}"]`);
  const drawn = (element, part) => {
    if (!element) return false;
    const style = getComputedStyle(element, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const seen = drawn(has) || drawn(label) || drawn(label, "::before");
  const box = (label && has.getBoundingClientRect().width < 2 ? label : has).getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight;
  const top = document.elementFromPoint(box.left + 4, Math.max(box.top, 0) + Math.min(box.height, 20) / 2);
  const bar = top && top.closest(".topbar");
  const covered = Boolean(bar && !bar.contains(has));
  const name = has.name || has.id || has.textContent.trim().slice(0, 30) || has.tagName;
  return {
    is_it: has.matches(wanted),
    fault: !seen ? `${name}: focus is not drawn` : !inside ? `${name}: focus is off the screen`
      : covered ? `${name}: focus is covered` : "",
  };
}"""
KIND = """(name) => {
  const fields = document.getElementsByName(name);
  if (!fields.length) return "";
  return fields[0].tagName === "SELECT" ? "select" : fields[0].type;
}"""
WORDS_OF_OPTION = """([name, value]) => [...document.getElementsByName(name)[0].options]
  .find((option) => option.value === value || option.text.trim() === value)?.text.trim()"""


class Keyboard:
    """Keys on one page. `faults` gathers each place where the focus could not be seen."""

    def __init__(self, page: Page):
        self.page = page
        self.faults: list[str] = []

    def to(self, selector: str) -> None:
        """Move on with Tab until what `selector` names has the focus."""
        for _stop in range(MOST_STOPS):
            if self._looks_at(selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to {selector} on {self.page.url}")

    def _looks_at(self, selector: str) -> bool:
        focus = self.page.evaluate(FOCUS, selector)
        if focus["fault"] and focus["fault"] not in self.faults:
            self.faults.append(focus["fault"])
        return bool(focus["is_it"])

    def follow(self, selector: str, key: str = "Enter") -> None:
        """Go to a link or a button and press it; wait for the page it leads to."""
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def fill(self, answers: dict[str, Any]) -> None:
        """Give each named field of the page its answer, as `name: value`."""
        for name, value in answers.items():
            self.answer(name, value)

    def answer(self, name: str, value: Any) -> None:
        kind = self.page.evaluate(KIND, name)
        assert kind, f"there is no field {name} on {self.page.url}"
        if kind == "radio":
            self._choose(name, value)
        elif kind == "checkbox":
            for one in value if isinstance(value, list) else [value]:
                self.to(
                    f'[name="{name}"][value="{one}"]' if one is not True else f'[name="{name}"]'
                )
                self.page.keyboard.press("Space")
        elif kind == "select":
            self.to(f'[name="{name}"]')
            self.page.keyboard.type(self.page.evaluate(WORDS_OF_OPTION, [name, value]))
        else:
            self.to(f'[name="{name}"]')
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(str(value))

    def _choose(self, name: str, value: str) -> None:
        """Come to a group of radios with Tab, then walk it with the arrows."""
        self.to(f'[type="radio"][name="{name}"]')
        self.page.keyboard.press("Space")
        for _option in range(MOST_STOPS):
            if self._looks_at(f'[name="{name}"][value="{value}"]'):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no {value} among the choices of {name} on {self.page.url}")
