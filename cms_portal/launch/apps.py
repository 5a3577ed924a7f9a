from django.apps import AppConfig


class LaunchConfig(AppConfig):
    name = "cms_portal.launch"

    def ready(self) -> None:
        from cms_portal.launch import production_checks  # noqa: F401 - registers the checks
