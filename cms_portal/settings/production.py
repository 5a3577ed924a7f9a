"""A state's servers: every secret comes from the environment.

`cms_portal.launch.production_checks` refuses to start with anything less than a state needs.
"""

from cms_portal.settings.base import *  # noqa: F403
from cms_portal.settings.base import env

PRODUCTION = True
DEBUG = env.bool("DEBUG", default=False)
DEMO_MODE = env.bool("DEMO_MODE", default=False)
SECRET_KEY = env("SECRET_KEY", default="unset")
# How many proxies stand before the web and add to X-Forwarded-For; guesses are counted by address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1)
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
