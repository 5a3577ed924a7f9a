"""The ways to this app's pages."""

from django.utils.translation import gettext_lazy as _

from cms_portal.access.roles import Permission as P
from cms_portal.ui.navigation import PublicWay, Way, add, add_public

add(
    Way(_("Applications"), "intake:queue", 10, P.APPLICATION_REVIEW),
    Way(_("Referrals"), "intake:referrals", 15, P.REFERRAL_VIEW),
    Way(_("Histories"), "intake:histories", 80, P.APPLICATION_HISTORY),
)
add_public(PublicWay(_("Refer a child"), "intake:refer", 45))
