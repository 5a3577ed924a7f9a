"""The addresses of messages and of the mail room."""

from django.conf import settings
from django.urls import path
from django.utils.module_loading import import_string

from cms_portal.access.table import public
from cms_portal.notifications import mail_room, views

app_name = "notifications"
urlpatterns = [
    path("messages/", views.Mine.as_view(), name="mine"),
    path("messages/<int:pk>/", views.MessagePage.as_view(), name="message"),
    path("messages/<int:pk>/letter/", views.MessageAsLetter.as_view(), name="message_as_letter"),
    path("messages/<int:pk>/came-back/", views.Returned.as_view(), name="returned"),
    path("letters/", mail_room.MailRoom.as_view(), name="letters"),
    path("letters/<uuid:batch>/", mail_room.BatchPdf.as_view(), name="batch"),
    path("letters/<uuid:batch>/mailed/", mail_room.BatchMailed.as_view(), name="batch_mailed"),
    path("letters/<uuid:batch>/put-back/", mail_room.BatchPutBack.as_view(), name="batch_put_back"),
]
if settings.MAIL_EVENTS_VIEW:
    events = public(import_string(settings.MAIL_EVENTS_VIEW).as_view())
    urlpatterns.append(path("mail-events/", events, name="mail_events"))
