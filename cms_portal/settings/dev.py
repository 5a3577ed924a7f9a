"""A developer's machine: the embedded database and demo mode, and nothing a state would run on."""

from cms_portal.settings.base import *  # noqa: F403
from cms_portal.settings.base import BASE_DIR, CACHES, STORAGES, env
from cms_portal.settings.local_secret import local_secret

DEBUG = env.bool("DEBUG", default=False)
DEMO_MODE = env.bool("DEMO_MODE", default=True)
SECRET_KEY = local_secret(BASE_DIR / ".local" / "secret_key")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PHONE_SENDER = "cms_portal.notifications.phone.OutboxOnly"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
STATIC_ROOT = None  # files come from where they are written and built
WHITENOISE_USE_FINDERS = True
if DEBUG:
    # A template that is being written is drawn anew.
    fragments = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    CACHES = {**CACHES, "template_fragments": fragments}
