from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "intake"

    def ready(self) -> None:
        from cms_portal.access.roles import Permission
        from cms_portal.ui import navigation
        from cms_portal.ui.navigation import Way

        navigation.add(
            Way(_("Applications"), "intake:queue", 10, Permission.APPLICATION_REVIEW),
        )
