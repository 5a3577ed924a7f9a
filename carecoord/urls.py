"""Where signed-in people begin."""

from django.urls import path

from carecoord.views import Home

urlpatterns = [path("home/", Home.as_view(), name="home")]
