"""The portal as a state runs it, but on this machine and with a database of its own."""

from cms_portal.settings.base import *  # noqa: F403
from cms_portal.settings.base import BASE_DIR, env

SECRET_KEY = env("SECRET_KEY")
STATIC_ROOT = str(BASE_DIR / ".local" / "bench-static")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PHONE_SENDER = "cms_portal.notifications.phone.OutboxOnly"
