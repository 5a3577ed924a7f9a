"""The ways to this app's pages."""

from django.utils.translation import gettext_lazy as _

from cms_portal.access.roles import Permission as P
from cms_portal.ui.navigation import Way, add

add(
    Way(_("Likely duplicates"), "families:duplicates", 45, P.CHILD_CONFIRM_MERGE),
    Way(_("Household"), "families:household", 20, for_staff=False),
)
