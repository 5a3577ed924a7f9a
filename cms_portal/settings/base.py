"""What every environment shares. Each value that differs is read from the environment once, here."""

from datetime import timedelta
from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from cms_portal.database import database_settings
from cms_portal.settings.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parents[2]
PROGRAMS_DIR = BASE_DIR / "eligibility" / "programs"
env = environ.Env()

PRODUCTION = False
DEBUG = False
DEMO_MODE = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "carecoord",
    "clinics",
    "intake",
    "eligibility",
    "cms_portal.ui",
    "cms_portal.accounts",
    "cms_portal.access",
    "cms_portal.offices",
    "cms_portal.families",
    "cms_portal.documents",
    "cms_portal.notifications",
    "cms_portal.work",
    "cms_portal.audit",
    "cms_portal.welcome",
    "cms_portal.launch",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "anymail",
    "crispy_forms",
    "django_linear_migrations",
    "django_structlog",
    "django_tasks",
    "django_tasks_db",
    "localflavor",
    "phonenumber_field",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms_portal.audit.middleware.RequestIdMiddleware",
    "cms_portal.audit.logs.RequestLogMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms_portal.ui.middleware.LanguageMiddleware",
    "cms_portal.ui.middleware.KeepNothingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cms_portal.accounts.middleware.NothingStaysMiddleware",
    "cms_portal.accounts.middleware.SessionLimitsMiddleware",
    "cms_portal.audit.middleware.ActorMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "cms_portal.accounts.middleware.SecondFactorMiddleware",
    "cms_portal.access.middleware.ClosedByDefaultMiddleware",
]

ROOT_URLCONF = "cms_portal.urls"
WSGI_APPLICATION = "cms_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms_portal.ui.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "cms_portal.access.templatetags.access"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["uswds"]
CRISPY_TEMPLATE_PACK = "uswds"

DATABASES = {"default": database_settings(env("PORTAL_DB_LOGIN", default="app"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        # One cache for all web processes, so that limits on guessing count every guess.
        "BACKEND": "cms_portal.database.cache.SharedCache",
        "LOCATION": "portal_cache",
        # Far above what an hour of guessing can fill: what is counted is not thrown out early.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    # Parts of the frame that are the same for everybody, drawn once for each process.
    "template_fragments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["cms_portal.accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "cms_portal.accounts.validators.PinOrPassword"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "welcome:front"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
# What a page says once may name a child: it is kept on our side, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "cms_portal.ui.views.csrf_failure"

ACCOUNT_ADAPTER = "cms_portal.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {"reauthenticate": "cms_portal.accounts.forms.second_factor.ConfirmForm"}
# Guesses are counted in cms_portal.accounts.guards; these hold back floods.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip", "reauthenticate": "10/m/user"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "cms_portal.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = env("TOTP_ISSUER", default="Children’s health services")
MFA_FORMS = {
    name: f"cms_portal.accounts.forms.second_factor.{form}"
    for name, form in {
        "authenticate": "AppCodeForm",
        "reauthenticate": "AppCodeAgainForm",
        "activate_totp": "SetUpAppForm",
        "authenticate_webauthn": "UsePasskeyForm",
        "reauthenticate_webauthn": "UsePasskeyAgainForm",
        "login_webauthn": "SignInWithPasskeyForm",
        "add_webauthn": "AddPasskeyForm",
        "edit_webauthn": "NamePasskeyForm",
    }.items()
}

# Minutes without a click after which a session ends.
IDLE_MINUTES = {"staff": 15, "family": 30, "shared": 10}

# Where "Leave this site" goes: a page about nothing in particular, which every library shows.
LEAVE_ADDRESS = env("LEAVE_ADDRESS", default="https://www.weather.gov/")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["cms_portal.ui.formats"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "static_built"]
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / ".local" / "static"))
STORAGES = {
    # Private: nothing under it has an address; pages hand files out after asking a policy.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": env.str("PRIVATE_FILES", default=str(BASE_DIR / "media")),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# host:port of a clamd service, or empty: nothing is scanned.
FILE_SCANNER = env("FILE_SCANNER", default="")

FILE_UPLOAD_HANDLERS = [
    "cms_portal.documents.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Far above what any form holds, so that the form itself can say what is too much and keep the rest;
# beyond, `cms_portal.ui.views.bad_request` says it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 200

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# A mail service instead of a server: MAIL_BACKEND=anymail.backends.postmark.EmailBackend, its settings
# as ANYMAIL=NAME=value,NAME=value, and the class that hears of mail that came back, with WEBHOOK_SECRET
# among them: MAIL_EVENTS_VIEW=anymail.webhooks.postmark.PostmarkTrackingWebhookView.
EMAIL_BACKEND = env("MAIL_BACKEND", default=EMAIL_CONFIG["EMAIL_BACKEND"])
ANYMAIL = env.dict("ANYMAIL", default={})
MAIL_EVENTS_VIEW = env("MAIL_EVENTS_VIEW", default="")
# The class that texts and calls (`cms_portal.notifications.phone.PhoneSender`), or empty: neither.
PHONE_SENDER = env("PHONE_SENDER", default="")
# Where `HttpRelay` hands them over, and the token it shows there.
PHONE_RELAY_URL = env("PHONE_RELAY_URL", default="")
PHONE_RELAY_TOKEN = env("PHONE_RELAY_TOKEN", default="")
# Where people find the portal, as mail and letters say it.
PUBLIC_ADDRESS = env("PUBLIC_ADDRESS", default="http://localhost:8000")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="no-reply@localhost")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

LOGGING = logging_settings(as_json=env.bool("LOG_AS_JSON", default=True))
# The request log writes the name of the route instead of what Django would print of it.
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_ENABLED = True
PHONENUMBER_DEFAULT_REGION = "US"
PHONENUMBER_DB_FORMAT = "E164"

# Days before a paper's end on which a task asks for a new one. Owner: program administrator.
AUTHORITY_PAPER_NOTICE_DAYS = 30
# Days in which an office welcomes a family that moved in from another program. Owner: program administrator.
MOVE_WELCOME_DAYS = 7
# Days in which a second person answers whether two records are of one child. Owner: program administrator.
MERGE_CONFIRM_DAYS = 3
