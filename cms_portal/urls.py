"""Every address of the portal."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from cms_portal.programs import ProgramConverter

register_converter(ProgramConverter, "program")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("cms_portal.ui.urls")),
    path("papers/", include("cms_portal.documents.urls")),
    path("", include("carecoord.urls")),
    path("", include("intake.urls")),
]
