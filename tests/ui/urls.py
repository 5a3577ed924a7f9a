"""The portal's own addresses, and one family and one staff page to stand on."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import RequestContext, Template
from django.urls import include, path

from cms_portal import programs
from cms_portal.access.table import public, signed_in
from cms_portal.ui.fields import MemorableDateField
from cms_portal.ui.forms import PortalForm

FAMILY_PAGE = """{% extends "base_family.html" %}{% block title %}Plan{% endblock %}
{% block content %}<h1>What only this family may read</h1>
<form method="post">{% csrf_token %}{{ form }}<button>Save</button></form>{% endblock %}"""


class NoteForm(PortalForm):
    note = forms.CharField(label="Note")
    born_on = MemorableDateField(label="Born", required=False)


class CarelessForm(forms.Form):
    """A form that is none of ours, and lets the browser keep what is typed."""

    note = forms.CharField(label="Note")


@signed_in
def family_page(request: HttpRequest, form_class: type[forms.Form] = NoteForm) -> HttpResponse:
    """Show what only this family may read."""
    request.program = programs.get("nm-cms")
    context = RequestContext(request, {"form": form_class(request.POST or None)})
    return HttpResponse(Template(FAMILY_PAGE).render(context))


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
    path("front/", front, name="front"),
    path("family/", family_page, name="family"),
    path("careless/", family_page, {"form_class": CarelessForm}, name="careless"),
    path("staff/", staff_page, name="staff"),
    path("broken/", broken_page, name="broken"),
    path("", include("cms_portal.urls")),
]
