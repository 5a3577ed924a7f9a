from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "cms_portal.notifications"
