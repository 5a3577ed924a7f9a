"""What every page is compared with: a bare Django view that makes one query by primary key.

The same Django, database and login as the portal, without middleware and with this one address.
"""

import django
from django.conf import settings

django.setup(set_prefix=False)
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = __name__

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 - after the settings
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

from bench.measured import measured  # noqa: E402
from cms_portal.families.models import Child  # noqa: E402


def bare(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with a child's key."""
    return HttpResponse(str(Child.objects.get(pk=pk).pk))


urlpatterns = [path("bare/<int:pk>/", bare)]
application = measured(WSGIHandler())
