"""The sections of an application, each with the state of its pages: what a family sees as its list."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms_portal import programs
from cms_portal.journeys.steps import Step, StepState, Words
from intake import told
from intake.journeys import journey_of
from intake.models import Application

# How long one page takes, as families said of forms like this; told in steps of five minutes.
MINUTES_A_PAGE = 0.7
STEP_OF_MINUTES = 5

TITLES: dict[str, Words] = {
    "child": gettext_lazy("About the child"),
    "home": gettext_lazy("Your home"),
    "money": gettext_lazy("Money"),
    "insurance": gettext_lazy("Insurance"),
    "health": gettext_lazy("Health"),
    "needs": gettext_lazy("What would help"),
    "papers": gettext_lazy("Papers"),
}


@dataclass(frozen=True)
class Section:
    """A part of the application, the states of its pages, and how many wait for a yes."""

    key: str
    pages: list[StepState]
    to_confirm: int

    @property
    def title(self) -> Words:
        return TITLES[self.key]

    @property
    def done(self) -> int:
        return sum(page.is_done for page in self.pages)

    @property
    def is_done(self) -> bool:
        return self.done == len(self.pages)

    @property
    def is_next(self) -> bool:
        return any(page.is_next for page in self.pages)

    @property
    def opens_at(self) -> Step:
        """Where to go on: the first page not done, or the first of all."""
        open_pages = [page.step for page in self.pages if not page.is_done]
        return open_pages[0] if open_pages else self.pages[0].step

    @property
    def state(self) -> str:
        if self.is_done:
            return "done"
        if self.to_confirm:
            return "waiting"
        return "now" if self.is_next else "todo"

    @property
    def state_words(self) -> str:
        if self.is_done:
            return _("Done")
        if self.to_confirm:
            return _("Still right?")
        if self.done:
            return _("Begun")
        return _("Next") if self.is_next else _("Not started")

    @property
    def hint(self) -> str:
        number = len(self.pages)
        words = ngettext("{done} of {number} page done", "{done} of {number} pages done", number)
        return words.format(done=self.done, number=number)


def sections_of(application: Application) -> list[Section]:
    """Return the sections with the pages that apply; one without any is passed over."""
    states = {
        state.step.key: state for state in journey_of(application.program).states(application)
    }
    carried = {key for key, page in told.answered_pages(application).items() if page.is_to_confirm}
    found = []
    for section, keys in programs.get(application.program).sections.items():
        pages = [states[key] for key in keys if key in states]
        if pages:
            waiting = sum(page.step.key in carried for page in pages)
            found.append(Section(section, pages, waiting))
    return found


def minutes_left(sections: list[Section]) -> int:
    """Return about how long the open pages take, in whole steps of five minutes."""
    left = sum(len(section.pages) - section.done for section in sections)
    return STEP_OF_MINUTES * ceil(left * MINUTES_A_PAGE / STEP_OF_MINUTES)
