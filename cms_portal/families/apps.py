from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "cms_portal.families"
