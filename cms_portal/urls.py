"""Every address of the portal."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, register_converter

from cms_portal.programs import ProgramConverter

register_converter(ProgramConverter, "program")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("cms_portal.ui.urls")),
    path("", include("cms_portal.accounts.urls")),
    path("papers/", include("cms_portal.documents.urls")),
    path("", include("cms_portal.notifications.urls")),
    path("", include("cms_portal.families.urls")),
    path("", include("carecoord.urls")),
    path("", include("intake.urls")),
    path("", include("eligibility.urls")),
    path("", include("cms_portal.offices.urls")),
    path("", include("cms_portal.welcome.urls")),
    path("", include("cms_portal.work.urls")),
]
if settings.DEMO_MODE:
    urlpatterns.append(path("demo/", include("cms_portal.accounts.demo_urls")))

handler400 = "cms_portal.ui.views.bad_request"
# allauth asks for this one by name.
handler429 = "cms_portal.accounts.views.base.too_many_requests"
