from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UiConfig(AppConfig):
    """How every page looks: base pages, form pieces, components and the style build; no models."""

    name = "cms_portal.ui"
    label = "ui"
    verbose_name = "look and feel"

    def ready(self) -> None:
        autodiscover_modules("menu")  # each app adds the ways to its own pages
