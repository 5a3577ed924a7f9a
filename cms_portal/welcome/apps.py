from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WelcomeConfig(AppConfig):
    name = "cms_portal.welcome"

    def ready(self) -> None:
        from cms_portal.access.roles import Permission
        from cms_portal.ui import navigation
        from cms_portal.ui.navigation import Way

        navigation.add(Way(_("News"), "welcome:news", 90, Permission.SETTING_EDIT))
