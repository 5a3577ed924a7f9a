"""`{% if_can %}`: show a way only to those for whom it leads somewhere."""

from __future__ import annotations

from typing import Any

from django import template

from cms_portal.access.policy import holds_anywhere
from cms_portal.access.roles import Permission

register = template.Library()


@register.simple_tag(takes_context=True)
def can(context: dict[str, Any], permission: str) -> bool:
    """`{% can "application.start" as may_start %}`: the person holds this permission on something."""
    request = context.get("request")
    return request is not None and holds_anywhere(request.user, Permission(permission))
