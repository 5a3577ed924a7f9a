"""Whom a page is for: families, staff, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest

if TYPE_CHECKING:
    from cms_portal.access.views import ObjectPage as _Page
else:
    _Page = object


class ForBoth(_Page):
    """Mixed into a page that families and staff share: each sees it in their own frame."""

    request: HttpRequest

    def page(self, **more: Any) -> dict[str, Any]:
        is_staff = self.request.user.is_staff_member  # type: ignore[union-attr]
        return super().page(frame="base_staff.html" if is_staff else "base_family.html", **more)


class ForStaff(_Page):
    """Mixed into a page that only staff have: to a family it does not exist, whatever its rights."""

    request: HttpRequest

    def load(self, **kwargs: Any) -> None:
        if not self.request.user.is_staff_member:  # type: ignore[union-attr]
            raise Http404
        super().load(**kwargs)
