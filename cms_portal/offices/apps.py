from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficesConfig(AppConfig):
    name = "cms_portal.offices"

    def ready(self) -> None:
        from cms_portal.access.roles import Permission
        from cms_portal.ui import navigation
        from cms_portal.ui.navigation import Way

        navigation.add(Way(_("Offices"), "offices:manage", 80, Permission.OFFICE_EDIT))
