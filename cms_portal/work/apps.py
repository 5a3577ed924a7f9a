from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "cms_portal.work"
