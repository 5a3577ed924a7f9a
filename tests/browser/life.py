"""What happens in a day beyond the demo's data, so that every kind of page has something to show."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from carecoord.demo import families as home
from cms_portal.accounts.actions import system_user
from cms_portal.accounts.models import User
from cms_portal.families.models import Child
from cms_portal.offices.models import County
from cms_portal.welcome import actions as welcome
from cms_portal.welcome.models import NewsItem
from intake.journeys.filling import fill
from intake.models import Application, Status


def begin_a_draft() -> Application:
    """Rosa has begun an application, and left the last pages open."""
    rosa = User.objects.get(username="rosa")
    child = {"first_name": "Inés", "last_name": "Gallegos", "date_of_birth": home.born(5)}
    draft = home.start(rosa, home.NM, **child)
    told = home.new_mexico_answers("Santa Fe", [{"text": "asma", "status": "reported"}])
    for page in ("about", "papers"):
        told.pop(page)
    fill(draft, told, by=rosa)
    assert draft.status == Status.DRAFT
    return draft


def a_day() -> None:
    """A draft, a message from the public with its task, and news nobody has sent yet."""
    begin_a_draft()
    welcome.receive_message(
        county=County.objects.get(program=home.NM, name="Santa Fe"),
        name="Alma Ortiz",
        phone="+15055550121",
        email="",
        language="es",
        text="¿A qué hora abren el lunes?",
        by=system_user(),
        at=timezone.now(),
    )
    news = NewsItem(
        program=home.NM,
        title="A new clinic",
        title_es="Una clínica nueva",
        text="We open in Gallup.",
        text_es="Abrimos en Gallup.",
    )
    welcome.write_news(item=news, by=User.objects.get(username="ana"))


def not_linked(slug: str) -> list[str]:
    """Return pages of this person to which buttons lead, and no link."""
    if slug == "rosa":
        return [reverse("intake:new_child", args=[home.NM])]
    if slug == "ida":
        mateo = Child.objects.get(first_name="Mateo")
        return [reverse("families:child_record", args=[mateo.pk])]
    return [] if slug else [reverse("ui:expired"), reverse("account_reset_password")]
