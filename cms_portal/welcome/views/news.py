"""News by email: asking for it, saying yes, leaving with one click; and what staff write."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from cms_portal import programs
from cms_portal.access.models import LinkPurpose
from cms_portal.access.roles import Permission
from cms_portal.access.views import (
    ActionView,
    FormPage,
    LinkPage,
    ObjectPage,
    PermittedPage,
    PublicPage,
)
from cms_portal.accounts.actions import system_user
from cms_portal.welcome import actions, limits
from cms_portal.welcome.forms import NewNewsForm, NewsForm, SubscribeForm
from cms_portal.welcome.models import NewsItem, Subscription
from cms_portal.welcome.policies import NEWS
from cms_portal.welcome.views.messages import TOO_MANY

LATEST = 5


def _as_read(item: NewsItem) -> dict[str, Any]:
    title, paragraphs = item.in_language(get_language() or "en")
    return {"title": title, "paragraphs": paragraphs, "sent_at": item.sent_at}


class Subscribe(PublicPage):
    """Ask for a program's news."""

    template_name = "welcome/subscribe.html"

    def page(self, **more: Any) -> dict[str, Any]:
        assert self.program
        sent = NewsItem.objects.sent().newest_first().filter(program=self.program.code)
        return {"items": [_as_read(item) for item in sent[:LATEST]], **more}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(form=SubscribeForm(initial={"language": get_language()}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        assert self.program
        form = SubscribeForm(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        if limits.is_too_much(request, "subscribe"):
            return self.answer(status=TOO_MANY, form=form, too_many=True)
        actions.ask_for_news(
            program=self.program.code, **form.cleaned_data, by=system_user(), at=timezone.now()
        )
        return redirect("welcome:subscribe_sent", program=self.program.code)


class SubscribeSent(PublicPage):
    """Look in your mail: the same sentence for every address."""

    template_name = "welcome/subscribe_sent.html"


class _ByLink(LinkPage):
    """A page about the subscription that the link in a mail opens."""

    purpose = LinkPurpose.NEWS
    object: Subscription

    def page(self, **more: Any) -> dict[str, Any]:
        return {"subscription": self.object, "token": self.kwargs["token"], **more}


class ManageSubscription(_ByLink):
    """Say yes to the news, by a button; looking changes nothing."""

    template_name = "welcome/subscription.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        actions.confirm_news(subscription=self.object, by=system_user(), at=timezone.now())
        return redirect("welcome:subscription", token=kwargs["token"])


# A mail program presses this button for its reader, without a cookie of ours (RFC 8058): what it proves
# itself by is the token.
@method_decorator(csrf_exempt, name="dispatch")
class Unsubscribe(_ByLink):
    """Leave the news with one click: GET shows the button, POST leaves."""

    template_name = "welcome/unsubscribe.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.object = actions.leave_news(
            subscription=self.object, by=system_user(), at=timezone.now()
        )
        return self.answer()


class NewsList(PermittedPage):
    """The news of one's programs, written and sent."""

    permission, template_name = Permission.SETTING_EDIT, "welcome/news.html"

    def page(self, **more: Any) -> dict[str, Any]:
        items = NEWS.rows(self.user, Permission.SETTING_EDIT)
        return {"items": items.select_related("sent_by").order_by("-written_at"), **more}


class WriteNews(PermittedPage):
    """A new draft."""

    permission, template_name = Permission.SETTING_EDIT, "welcome/write_news.html"

    def form(self, **data: Any) -> NewNewsForm:
        mine = {grant.program for grant, _scope in self._grants()}
        return NewNewsForm(programs=[programs.get(code) for code in sorted(mine)], **data)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(form=self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(data=request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        item = form.save(commit=False)
        item.program = form.cleaned_data["program"]
        actions.write_news(item=item, by=self.user)
        return redirect("welcome:edit_news", pk=item.pk)

    def _grants(self) -> Any:
        return self.user.grants_for(Permission.SETTING_EDIT)


class _NewsPage(ObjectPage):
    """A page about one news item. It is about no family, so looking at it is not kept."""

    policy, permission, child_of = NEWS, Permission.SETTING_EDIT, None

    def note_who_looked(self) -> None:
        pass


class EditNews(_NewsPage, FormPage):
    """A draft to change, or what was sent to read."""

    form_class, template_name = NewsForm, "welcome/edit_news.html"

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.object}

    def page(self, **more: Any) -> dict[str, Any]:
        readers = Subscription.objects.confirmed().filter(program=self.object.program).count()
        return {"item": self.object, "readers": readers, **more}

    def act(self, form: NewsForm) -> HttpResponse:
        try:
            actions.write_news(item=form.save(commit=False), by=self.user)
        except actions.AlreadySent:
            raise PermissionDenied from None
        messages.success(self.request, _("Saved. Nothing was sent yet."))
        return redirect("welcome:edit_news", pk=self.object.pk)


class SendNews(_NewsPage, ActionView):
    """The button that sends a draft to everybody who confirmed."""

    def act(self, item: NewsItem) -> HttpResponse:
        try:
            actions.send_news(item=item, by=self.user, at=timezone.now())
        except actions.AlreadySent:
            messages.info(self.request, _("This was sent before. Nobody gets it twice."))
        else:
            messages.success(self.request, _("Sent. The mails go out now."))
        return redirect("welcome:edit_news", pk=item.pk)
