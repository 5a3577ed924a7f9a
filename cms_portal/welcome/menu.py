"""The ways to this app's pages."""

from django.utils.translation import gettext_lazy as _

from cms_portal.access.roles import Permission as P
from cms_portal.ui.navigation import PublicWay, Way, add, add_public

add(
    Way(_("News"), "welcome:news", 70, P.SETTING_EDIT),
)
add_public(
    PublicWay(_("What it is"), "welcome:program", 10),
    PublicWay(_("Who can qualify"), "welcome:who", 20),
    PublicWay(_("What it offers"), "welcome:services", 30),
    PublicWay(_("How to apply"), "welcome:apply", 40),
    PublicWay(_("Questions"), "welcome:questions", 60),
)
