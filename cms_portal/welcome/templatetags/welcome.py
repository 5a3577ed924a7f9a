"""The way through a program's public pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

register = template.Library()

PAGES = (
    ("welcome:program", gettext_noop("What it is")),
    ("welcome:who", gettext_noop("Who can qualify")),
    ("welcome:services", gettext_noop("What it offers")),
    ("welcome:apply", gettext_noop("How to apply")),
    ("offices:finder", gettext_noop("Offices")),
    ("welcome:questions", gettext_noop("Questions")),
)


@register.inclusion_tag("welcome/program_nav.html", takes_context=True)
def program_nav(context: dict[str, Any]) -> dict[str, Any]:
    """List the public pages of the page's program, the present one marked; nothing without a program."""
    program = context["page"].program
    match = context["request"].resolver_match
    here = match.view_name if match else ""
    links = [
        {
            "label": _(label),
            "url": reverse(name, args=[program.code]),
            "is_current": name == here,
        }
        for name, label in (PAGES if program else ())
    ]
    return {"links": links, "program": program}
