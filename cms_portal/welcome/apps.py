from django.apps import AppConfig


class WelcomeConfig(AppConfig):
    name = "cms_portal.welcome"
