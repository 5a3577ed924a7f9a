"""The addresses of the frame's own buttons."""

from django.urls import path

from cms_portal.ui import views

app_name = "ui"
urlpatterns = [
    path("language/", views.set_language, name="set_language"),
    path("leave/", views.leave, name="leave"),
    path("stay/", views.stay, name="stay"),
    path("ended/", views.expired, name="expired"),
    path("demo/gallery/", views.gallery, name="gallery"),
]
