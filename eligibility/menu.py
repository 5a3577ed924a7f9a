"""The ways to this app's pages."""

from django.utils.translation import gettext_lazy as _

from cms_portal.ui.navigation import PublicWay, add_public

add_public(
    PublicWay(_("Quick check"), "eligibility:screener", 15),
    PublicWay(_("Conditions"), "eligibility:condition_search", 25),
    PublicWay(_("How we decide"), "eligibility:how_we_decide", 70),
)
