"""The demo's outbox: everything the portal sent, as it would have arrived. Only in demo mode."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404

from cms_portal.access.views import PublicPage
from cms_portal.notifications.deadlines import text_of
from cms_portal.notifications.models import Message

MOST_SHOWN = 50


class Outbox(PublicPage):
    """The newest messages of the demo, sign-in codes among them."""

    template_name = "notifications/outbox.html"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if not settings.DEMO_MODE:
            raise Http404

    def page(self, **more: Any) -> dict[str, Any]:
        newest = Message.objects.select_related("to_guardian").newest_first()[:MOST_SHOWN]
        return {"sent": [(message, text_of(message)) for message in newest], **more}
