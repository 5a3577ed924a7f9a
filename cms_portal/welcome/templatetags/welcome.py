"""The way through a program's public pages."""

from __future__ import annotations

from typing import Any

from django import template

from cms_portal.ui.navigation import public_ways

register = template.Library()


@register.inclusion_tag("welcome/program_nav.html", takes_context=True)
def program_nav(context: dict[str, Any]) -> dict[str, Any]:
    """List the public pages of the page's program, the present one marked; nothing without a program."""
    program = context["page"].program
    match = context["request"].resolver_match
    here = match.view_name if match else ""
    links = public_ways(program.code, here) if program else []
    return {"links": links, "program": program}
