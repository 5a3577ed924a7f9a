"""The office finder, and the pages where staff keep offices up to date."""

from django.urls import path

from cms_portal.offices.views import public, staff

app_name = "offices"
urlpatterns = [
    path("offices/", public.FinderPage.as_view(), name="finder"),
    path("<program:program>/offices/", public.FinderPage.as_view(), name="finder"),
    path("<program:program>/offices/<slug:slug>/", public.OfficePage.as_view(), name="office"),
    path("staff/offices/", staff.OfficeList.as_view(), name="manage"),
    path("staff/offices/<int:pk>/", staff.ManageOffice.as_view(), name="manage_office"),
    path("staff/offices/<int:pk>/facts/", staff.CorrectOffice.as_view(), name="correct"),
    path("staff/offices/<int:pk>/hours/", staff.SetHours.as_view(), name="hours"),
    path("staff/offices/<int:pk>/close/", staff.CloseOffice.as_view(), name="close"),
    path("staff/closures/<int:pk>/take-back/", staff.TakeBackClosure.as_view(), name="take_back"),
]
