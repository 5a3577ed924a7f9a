"""Finding an office, and what we know of one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from cms_portal import programs
from cms_portal.access.views import PublicPage
from cms_portal.offices import finder
from cms_portal.offices.forms import FinderForm
from cms_portal.offices.models import County, Office
from cms_portal.offices.presenters import card, cards


class FinderPage(PublicPage):
    """One form that asks where a family is, and below it the offices that help there."""

    template_name = "offices/finder.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = request.GET if "place" in request.GET else None
        form = FinderForm(asked, program=self.program)
        if not form.is_bound or not form.is_valid():
            return self.answer(form=form, programs=self._served(), counties=self._counties())
        return self._found(form, finder.find(**self._search(form.cleaned_data)))

    def _search(self, typed: dict[str, Any]) -> dict[str, Any]:
        program = self.program or (programs.get(typed["program"]) if typed["program"] else None)
        return {"text": typed["place"], "program": program, "language": typed["language"]}

    def _found(self, form: FinderForm, answer: finder.Answer) -> HttpResponse:
        on = answer.program.today() if answer.program else None
        return self.answer(
            form=form,
            answer=answer,
            programs=[answer.program] if answer.program else self._served(),
            language=form.language_name(),
            offices=cards(answer.offices, on=on) if on else [],
            unconfirmed=cards(answer.unconfirmed, on=on) if on else [],
            counties=[] if answer.program else self._counties(),
        )

    def _served(self) -> list[programs.Program]:
        return [self.program] if self.program else programs.all_programs()

    def _counties(self) -> QuerySet[County]:
        served = [program.code for program in self._served()]
        return County.objects.filter(program__in=served).order_by("program", "name")


class OfficePage(PublicPage):
    """One office: where it is, when it is open, and what we do not know of it."""

    template_name = "offices/office.html"

    def load(self, program: str | None = None, **kwargs: Any) -> None:
        super().load(program=program, **kwargs)
        offices = Office.objects.select_related("county", "region")
        self.office = (
            offices.prefetch_related("hours", "closures")
            .filter(program=program, slug=kwargs["slug"])
            .first()
        )
        if self.office is None:
            raise Http404

    def page(self, **more: Any) -> dict[str, Any]:
        assert self.program
        assert self.office
        return {"card": card(self.office, on=self.program.today()), **more}
