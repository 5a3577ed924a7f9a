"""The ways to this app's pages."""

from django.utils.translation import gettext_lazy as _

from cms_portal.access.roles import Permission as P
from cms_portal.ui.navigation import Way, add

add(
    Way(_("Messages"), "notifications:mine", 30, for_staff=False),
    Way(_("Letters to print"), "notifications:letters", 30, P.LETTER_PRINT),
)
