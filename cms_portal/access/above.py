"""The page above an address that only takes what is sent, for whoever opens it all the same."""

from __future__ import annotations

from django.urls import Resolver404, resolve


def page_above(path: str) -> str:
    """Return the nearest page above `path` that can be opened; the front page where there is none."""
    while path := path.rstrip("/").rpartition("/")[0]:
        if _can_be_opened(f"{path}/"):
            return f"{path}/"
    return "/"


def _can_be_opened(path: str) -> bool:
    try:
        view = getattr(resolve(path).func, "view_class", None)
    except Resolver404:
        return False
    if view is None:
        return False
    # A file has no template: to come back to it would be to fetch it once more.
    return bool(getattr(view, "template_name", "")) and "get" in view.http_method_names
