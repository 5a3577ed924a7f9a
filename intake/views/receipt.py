"""The eligibility receipt of an application, and a bench to try what one other fact would do."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from eligibility.facts import BadFacts
from intake.cases import latest_determination
from intake.eligibility_receipt import receipt_lines
from intake.forms.what_if import WhatIfForm
from intake.views.reviewing import StaffApplicationPage
from intake.what_if import as_shown, facts_read, flips_of, supposing


class EligibilityReceipt(StaffApplicationPage):
    """Every rule with its figure, where it came from, and its source; and: what if?"""

    template_name = "intake/eligibility_receipt.html"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        determination = latest_determination(self.application)
        if determination is None:
            raise Http404
        self.determination = determination

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.note_who_looked()
        form = self._form(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        facts = self.determination.facts
        supposed = supposing(facts, form.cleaned_data, form.changed_data)
        try:
            flips = flips_of(facts, supposed)
        except BadFacts:
            form.add_error(None, _("A child with these facts cannot be. Check the dates."))
            return self.answer(status=422, form=form)
        return self.answer(form=form, flips=flips, was_asked=True)

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(
            **{
                "determination": self.determination,
                "lines": receipt_lines(self.application, self.determination),
                "form": more.pop("form", None) or self._form(),
                "was_asked": False,
                **more,
            }
        )

    def _form(self, data: Any = None) -> WhatIfForm:
        return WhatIfForm(
            data,
            initial=as_shown(self.determination.facts),
            reads=facts_read(self.application.program),
        )
