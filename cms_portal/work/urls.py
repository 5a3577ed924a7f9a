"""The list of tasks."""

from django.urls import path

from cms_portal.work import views

app_name = "work"
urlpatterns = [
    path("tasks/", views.TaskList.as_view(), name="tasks"),
    path("tasks/<int:pk>/done/", views.FinishTask.as_view(), name="finish"),
]
