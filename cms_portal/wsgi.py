"""The entry point of the web server."""

import os

import django
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_portal.settings.production")
django.setup(set_prefix=False)

from cms_portal.launch.production_checks import refuse_unfit  # noqa: E402 - needs the apps

refuse_unfit()
application = get_wsgi_application()
