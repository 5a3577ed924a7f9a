from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "cms_portal.access"
