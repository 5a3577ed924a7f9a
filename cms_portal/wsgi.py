"""The entry point of the web server."""

import os

import django
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_portal.settings.production")
django.setup(set_prefix=False)

from cms_portal.launch.interpreter import keep_what_is_loaded, with_room  # noqa: E402
from cms_portal.launch.production_checks import refuse_unfit  # noqa: E402 - needs the apps

refuse_unfit()
application = with_room(get_wsgi_application())
keep_what_is_loaded()
