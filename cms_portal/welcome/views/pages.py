"""Pages that anybody may read: what a program is, who can qualify, what it offers, how to apply."""

from __future__ import annotations

from typing import Any

from cms_portal import programs
from cms_portal.access.views import PublicPage
from cms_portal.offices.forms import FinderForm
from cms_portal.welcome.language_help import offers


class Front(PublicPage):
    """The first page of all: what this is, and in which state the family lives."""

    template_name = "welcome/front.html"

    def page(self, **more: Any) -> dict[str, Any]:
        return {"programs": programs.all_programs(), "form": FinderForm(program=None), **more}


class ProgramPage(PublicPage):
    """A page of one program; each program's folder of templates holds its own text."""

    page_name = ""

    @property
    def template_name(self) -> str:  # type: ignore[override]
        assert self.program
        return f"welcome/{self.program.code}/{self.page_name}.html"


class Accessibility(PublicPage):
    template_name = "welcome/accessibility.html"


class Privacy(PublicPage):
    template_name = "welcome/privacy.html"


class LanguageHelp(PublicPage):
    """How to get help in any language, each said in that language where we can."""

    template_name = "welcome/language_help.html"

    def page(self, **more: Any) -> dict[str, Any]:
        return {"programs": programs.all_programs(), "languages": offers(), **more}
