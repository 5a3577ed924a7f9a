"""The ways to this app's pages."""

from django.utils.translation import gettext_lazy as _

from cms_portal.ui.navigation import Way, add

add(
    Way(_("Household"), "families:household", 20, for_staff=False),
)
