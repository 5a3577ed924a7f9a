"""A message to a program, from the first word to the office that answers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language

from cms_portal.access.roles import Permission
from cms_portal.access.views import ObjectPage, PublicPage
from cms_portal.accounts.actions import system_user
from cms_portal.offices.models import Office
from cms_portal.offices.working_days import working_days_after
from cms_portal.welcome import actions, limits
from cms_portal.welcome.forms import CallForm, MessageForm, ToAnOffice
from cms_portal.welcome.models import PublicMessage
from cms_portal.welcome.policies import MESSAGES
from cms_portal.work.models import Task

TOO_MANY = 429


class Message(PublicPage):
    """The form; too many from one connection get the number to call, and keep what they typed."""

    template_name = "welcome/message.html"
    form_class: ClassVar[type[ToAnOffice]] = MessageForm

    def form(self, **data: Any) -> ToAnOffice:
        assert self.program
        return self.form_class(program=self.program, language=get_language() or "en", **data)

    def receive(self, told: dict[str, Any]) -> PublicMessage:
        return actions.receive_message(**told, by=system_user(), at=timezone.now())

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(form=self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(data=request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        if limits.is_too_much(request, "message"):
            return self.answer(status=TOO_MANY, form=form, too_many=True)
        message = self.receive(form.cleaned_data)
        return redirect("welcome:message_sent", program=message.program, office=message.office.slug)


class CallMe(Message):
    """Somebody would rather be called than write."""

    template_name = "welcome/call_me.html"
    form_class = CallForm

    def receive(self, told: dict[str, Any]) -> PublicMessage:
        return actions.ask_for_call(**told, by=system_user(), at=timezone.now())


class MessageSent(PublicPage):
    """Thanks: which office has it, by when it answers, and whom to call. It says nothing of the message."""

    template_name = "welcome/message_sent.html"

    def page(self, **more: Any) -> dict[str, Any]:
        assert self.program
        office = Office.objects.filter(
            program=self.program.code, slug=self.kwargs["office"]
        ).first()
        return {
            "office": office,
            "answer_by": working_days_after(
                program=self.program,
                day=self.program.today(),
                count=actions.ANSWER_WITHIN_WORKING_DAYS,
            ),
            **more,
        }


class ReadMessage(ObjectPage):
    """A message as its office reads it, with the task that asks for the answer."""

    policy, permission, child_of = MESSAGES, Permission.TASK_VIEW, None
    template_name = "welcome/read_message.html"

    def rows(self) -> Any:
        return PublicMessage.objects.select_related("county", "office")

    def page(self, **more: Any) -> dict[str, Any]:
        task = Task.objects.about(self.object).order_by("-pk").first()
        return {"message": self.object, "task": task, **more}
