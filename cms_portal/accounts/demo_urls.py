"""The addresses of the demo's people; included only in demo mode."""

from django.urls import path

from cms_portal.accounts.views import demo

app_name = "demo"
urlpatterns = [
    path("", demo.People.as_view(), name="people"),
    path("sign-in/", demo.sign_in, name="sign_in"),
]
