"""The access table: what each view asks of the person, said by the view itself or, for other people's
packages, here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PUBLIC = "public"
SIGNED_IN = "signed in"

# Views of packages, which cannot say it themselves: those of sign-in, which check for themselves.
OF_PACKAGES: dict[str, str] = {}


def public(view: Callable[..., Any]) -> Callable[..., Any]:
    """Say that anyone may see this function view, signed in or not."""
    view.login_required = False  # type: ignore[attr-defined]
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: Callable[..., Any]) -> Callable[..., Any]:
    """Say that any signed-in person may see this function view, which shows only what is their own."""
    view.access = SIGNED_IN  # type: ignore[attr-defined]
    return view


def requirement_of(name: str, view: Callable[..., Any]) -> str | None:
    """Return what a view asks (public, signed in, or the name of a permission), or None if it never says."""
    declared = getattr(view, "access", None) or getattr(
        getattr(view, "view_class", None), "access", None
    )
    if declared:
        return str(declared)
    permission = getattr(getattr(view, "view_class", None), "permission", None)
    return str(permission) if permission else OF_PACKAGES.get(name)
