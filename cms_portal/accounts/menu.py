"""The ways to this app's pages."""

from django.utils.translation import gettext_lazy as _

from cms_portal.access.roles import Permission as P
from cms_portal.ui.navigation import Way, add

add(
    Way(_("Help a family sign in"), "sign_in_help", 50, P.ACCOUNT_HELP),
)
