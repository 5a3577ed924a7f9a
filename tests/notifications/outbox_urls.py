"""The project's addresses, and the demo's outbox whatever mode the settings were read in."""

from django.urls import path

from cms_portal.notifications.demo import Outbox
from cms_portal.urls import urlpatterns as of_the_project

urlpatterns = [*of_the_project, path("outbox/", Outbox.as_view())]
