"""Invented content for the page that shows every component and form piece."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.forms import formset_factory
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.ui import fields
from cms_portal.ui.forms import PortalForm, PortalFormSet

FRAMES = {"public": "base.html", "family": "base_family.html", "staff": "base_staff.html"}
# The days of the examples, far from anybody's real ones.
SENT, DUE, ANSWER = date(2031, 11, 12), date(2031, 12, 4), date(2031, 12, 27)
AREA, LINE = "505-555-0134", "505-555-0178"


class QuestionsForm(PortalForm):
    """One of each kind of question."""

    why = {
        "born_on": _("Some help depends on age. We never show this date to other families."),
        "income": _("Some services are free below a certain income."),
    }

    first_name = forms.CharField(
        label=_("Your child’s first name"),
        max_length=60,
        help_text=_("As it is on official papers."),
    )
    born_on = fields.MemorableDateField(
        label=_("When was your child born?"),
        help_text=_("For example: March 4, 2016"),
        latest=ANSWER,
    )
    county = forms.ChoiceField(
        label=_("County"),
        choices=[("", _("Choose a county")), ("santa-fe", "Santa Fe"), ("dona-ana", "Doña Ana")],
    )
    insured = fields.YesNoUnsureField(label=_("Does your child have health insurance?"))
    needs = forms.MultipleChoiceField(
        label=_("What would help?"),
        help_text=_("Choose all that apply."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (_("Care"), [("visits", _("Visits to a specialist")), ("therapy", _("Therapy"))]),
            (_("Daily life"), [("rides", _("Rides to visits")), ("school", _("Help at school"))]),
        ],
    )
    income = fields.MoneyField(
        label=_("Income of your household in a month"),
        help_text=_("Before taxes. A guess is fine."),
    )
    phone = fields.PhoneField(label=_("Phone number"), required=False)
    email = forms.EmailField(label=_("Email"), required=False)
    story = forms.CharField(
        label=_("Is there anything else we should know?"), required=False, widget=forms.Textarea
    )
    papers = fields.SeveralFilesField(
        label=_("Photos or papers"),
        required=False,
        help_text=_("JPEG, PNG, HEIC or PDF, up to 10 MB each."),
    )
    agrees = forms.BooleanField(label=_("What I wrote is true, as far as I know"))


class OneQuestionForm(PortalForm):
    """A page with one question, which is its heading."""

    page_question = "rides"

    rides = fields.YesNoField(
        label=_("Do you need rides to visits?"),
        help_text=_("We can arrange and pay for some rides."),
    )


class PersonForm(PortalForm):
    """One entry of a list that grows."""

    name = forms.CharField(label=_("Name"), max_length=60)
    phone = fields.PhoneField(label=_("Phone number"), required=False)


PeopleFormSet = formset_factory(PersonForm, formset=PortalFormSet, extra=2, max_num=4)


def everything(request: HttpRequest) -> dict[str, Any]:
    """Return the examples; a POST is checked, so that errors show."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return {
        "frame": FRAMES.get(request.GET.get("frame", ""), FRAMES["public"]),
        "programs": programs.all_programs(),
        "due": DUE,
        "sent": SENT,
        "answer": ANSWER,
        "area": AREA,
        "form": QuestionsForm(*posted),
        "one_question": OneQuestionForm(prefix="one"),
        "people": PeopleFormSet(prefix="people"),
        "answers": _answers(),
        "tasks": _tasks(),
        "columns": [_("Child"), _("Why it is here"), _("Due"), _("Action")],
        "rows": _rows(),
        "links": _links(),
        "page_obj": Paginator(range(100), 20).page(2),
    }


def _answers() -> list[dict[str, Any]]:
    return [
        {"label": _("Name"), "value": "Mateo Luján Ortiz", "change_url": "#"},
        {"label": _("Born on"), "value": _("March 4, 2022"), "change_url": "#"},
        {
            "label": _("What would help"),
            "lines": [_("Visits to a specialist"), _("Rides to visits")],
            "note": _("You told us this last year."),
            "change_url": "#",
        },
        {"label": _("Health insurance"), "value": "", "change_url": "#"},
    ]


def _tasks() -> list[dict[str, Any]]:
    return [
        {"title": _("About your child"), "url": "#", "state": "done", "state_label": _("Done")},
        {
            "title": _("Your household"),
            "url": "#",
            "state": "now",
            "state_label": _("Go on here"),
            "hint": _("3 of 5 questions answered"),
        },
        {"title": _("Papers"), "url": "#", "state": "todo", "state_label": _("Not begun")},
        {
            "title": _("Check and send"),
            "state": "closed",
            "state_label": _("Later"),
            "hint": _("Opens when the other parts are done."),
        },
    ]


def _rows() -> list[dict[str, Any]]:
    return [
        {"cells": cells, "urgent": urgent}
        for cells, urgent in (
            (
                [
                    {"text": "Luján Ortiz, Mateo", "url": "#", "hint": "Santa Fe"},
                    {"text": _("A pay stub came in"), "hint": _("Income can be counted now")},
                    {"text": _("Today"), "state": "late"},
                    {"text": _("Look at it"), "url": "#"},
                ],
                True,
            ),
            (
                [
                    {"text": "Begay, Tessa", "url": "#", "hint": "McKinley"},
                    {"text": _("Plan is a year old"), "hint": _("Last visit in June")},
                    {"text": _("In 6 days"), "state": "soon"},
                    {"text": _("Call the family"), "url": "#"},
                ],
                False,
            ),
        )
    ]


def _links() -> list[dict[str, Any]]:
    return [
        {"label": _("Home"), "url": "#", "is_current": True},
        {"label": _("Messages"), "url": "#", "count": 2},
        {"label": _("Papers"), "url": "#"},
    ]
