"""The ways to this app's pages."""

from django.utils.translation import gettext_lazy as _

from cms_portal.access.roles import Permission as P
from cms_portal.ui.navigation import PublicWay, Way, add, add_public

add(
    Way(_("Offices"), "offices:manage", 60, P.OFFICE_EDIT),
)
add_public(
    PublicWay(_("Offices"), "offices:finder", 50),
)
