"""The portal's own addresses, sign-in, and one family and one staff page to stand on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import RequestContext, Template
from django.urls import include, path

from cms_portal import programs
from cms_portal.access.table import public, signed_in

FAMILY_PAGE = """{% extends "base_family.html" %}{% block title %}Plan{% endblock %}
{% block content %}<h1>What only this family may read</h1>
<form method="post" action=""><label for="a">Note</label><input id="a" name="a"></form>{% endblock %}"""


@signed_in
def family_page(request: HttpRequest) -> HttpResponse:
    """Show what only this family may read."""
    request.program = programs.get("nm-cms")
    return HttpResponse(Template(FAMILY_PAGE).render(RequestContext(request)))


@signed_in
def staff_page(request: HttpRequest) -> HttpResponse:
    return render(request, "base_staff.html")


@public
def broken_page(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


@public
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns = [
    path("", front, name="home"),
    path("", include("cms_portal.ui.urls")),
    path("family/", family_page, name="family"),
    path("staff/", staff_page, name="staff"),
    path("broken/", broken_page, name="broken"),
    path("accounts/", include("allauth.account.urls")),
]
