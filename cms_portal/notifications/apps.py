from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "cms_portal.notifications"

    def ready(self) -> None:
        from anymail.signals import tracking

        from cms_portal.notifications.bounces import note_bounce

        tracking.connect(note_bounce, dispatch_uid="note-bounce")
