"""The addresses of the demo: its people, and what it sent; included only in demo mode."""

from django.urls import path

from cms_portal.accounts.views import demo
from cms_portal.notifications.demo import Outbox

app_name = "demo"
urlpatterns = [
    path("", demo.People.as_view(), name="people"),
    path("sign-in/", demo.sign_in, name="sign_in"),
    path("outbox/", Outbox.as_view(), name="outbox"),
]
