"""The public pages of the portal and of each program."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import path

from cms_portal.welcome.views import messages, news, pages

app_name = "welcome"


def page(name: str) -> Callable[..., HttpResponseBase]:
    """Return the view of one page that each program's folder of templates holds."""
    return pages.ProgramPage.as_view(page_name=name)


urlpatterns = [
    path("", pages.Front.as_view(), name="front"),
    path("accessibility/", pages.Accessibility.as_view(), name="accessibility"),
    path("privacy/", pages.Privacy.as_view(), name="privacy"),
    path("language-help/", pages.LanguageHelp.as_view(), name="language_help"),
    path("<program:program>/", page("program"), name="program"),
    path("<program:program>/who-can-qualify/", page("who"), name="who"),
    path("<program:program>/what-it-offers/", page("services"), name="services"),
    path("<program:program>/questions/", page("questions"), name="questions"),
    path("<program:program>/how-to-apply/", page("apply"), name="apply"),
    path("<program:program>/message/", messages.Message.as_view(), name="message"),
    path("<program:program>/call-me/", messages.CallMe.as_view(), name="call_me"),
    path(
        "<program:program>/message/sent/<slug:office>/",
        messages.MessageSent.as_view(),
        name="message_sent",
    ),
    path("<program:program>/news/", news.Subscribe.as_view(), name="subscribe"),
    path("<program:program>/news/check-mail/", news.SubscribeSent.as_view(), name="subscribe_sent"),
    path("news/<str:token>/", news.ManageSubscription.as_view(), name="subscription"),
    path("news/<str:token>/leave/", news.Unsubscribe.as_view(), name="unsubscribe"),
    path("staff/messages/<int:pk>/", messages.ReadMessage.as_view(), name="read_message"),
    path("staff/news/", news.NewsList.as_view(), name="news"),
    path("staff/news/new/", news.WriteNews.as_view(), name="write_news"),
    path("staff/news/<int:pk>/", news.EditNews.as_view(), name="edit_news"),
    path("staff/news/<int:pk>/send/", news.SendNews.as_view(), name="send_news"),
]
