"""Tests: the same database server and the same web login, quick hashes, plain static files."""

from cms_portal.settings.base import *  # noqa: F403
from cms_portal.settings.base import BASE_DIR

DEMO_MODE = True
SECRET_KEY = "a-key-for-tests-only-which-production-refuses"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PHONE_SENDER = "cms_portal.notifications.phone.OutboxOnly"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": BASE_DIR / ".local" / "test-files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None
WHITENOISE_AUTOREFRESH = True
