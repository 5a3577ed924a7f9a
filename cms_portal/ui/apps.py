from django.apps import AppConfig


class UiConfig(AppConfig):
    """How every page looks: base pages, form pieces, components and the style build; no models."""

    name = "cms_portal.ui"
    label = "ui"
    verbose_name = "look and feel"
