"""The addresses of papers."""

from django.urls import path

from cms_portal.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.Mine.as_view(), name="mine"),
    path("files/<int:pk>/", views.File.as_view(), name="file"),
    path("<int:pk>/take-back/", views.Withdraw.as_view(), name="withdraw"),
]
