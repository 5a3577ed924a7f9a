from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "cms_portal.offices"
