"""The ways to this app's pages."""

from django.utils.translation import gettext_lazy as _

from cms_portal.access.roles import Permission as P
from cms_portal.ui.navigation import Way, add

add(
    Way(_("Applications"), "intake:queue", 10, P.APPLICATION_REVIEW),
    Way(_("Histories"), "intake:histories", 80, P.APPLICATION_HISTORY),
)
