"""Pages that families and staff share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from cms_portal.families.actions import NotAllowedHere
from cms_portal.families.models import Child
from cms_portal.families.policies import CHILDREN

if TYPE_CHECKING:
    from cms_portal.access.views import ObjectPage as _Page
else:
    _Page = object


class ForBoth(_Page):
    """Mixed into a page that families and staff share: each sees it in their own frame."""

    request: HttpRequest

    def page(self, **more: Any) -> dict[str, Any]:
        is_staff = self.user.is_staff_member
        return super().page(frame="base_staff.html" if is_staff else "base_family.html", **more)


class LeadsOn(_Page):
    """Mixed into a page about a child: one whose record was joined with another leads to that one's page."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)
        except (Http404, NotAllowedHere):
            goes_on = self._goes_on(request, kwargs["pk"])
            if goes_on is None:
                raise
            if request.method not in ("GET", "HEAD"):
                return redirect("families:child", pk=goes_on.pk)
            name = request.resolver_match.view_name  # type: ignore[union-attr]
            return redirect(name, **(kwargs | {"pk": goes_on.pk}))

    def _goes_on(self, request: HttpRequest, key: int) -> Child | None:
        """Return the child as whom a record goes on, if this person may see it."""
        goes_on = Child.objects.filter(merged=key).first() if self.policy is CHILDREN else None
        if goes_on is None or not CHILDREN.allows(request.user, CHILDREN.view, goes_on):
            return None
        return goes_on
