from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    name = "cms_portal.work"

    def ready(self) -> None:
        from cms_portal.access.roles import Permission
        from cms_portal.ui import navigation
        from cms_portal.ui.navigation import Way

        navigation.add(Way(_("Tasks"), "work:tasks", 20, Permission.TASK_VIEW))
