"""Pages that families and staff share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

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
