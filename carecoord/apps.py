from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CarecoordConfig(AppConfig):
    name = "carecoord"

    def ready(self) -> None:
        from cms_portal.ui import navigation
        from cms_portal.ui.navigation import Way

        navigation.add(
            Way(_("Home"), "home", 10, for_staff=False),
        )
