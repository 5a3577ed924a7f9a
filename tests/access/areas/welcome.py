"""The public pages of each program, messages to it, and its news."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms_portal.access import links
from cms_portal.access.models import LinkPurpose
from cms_portal.welcome import actions
from cms_portal.welcome.models import NewsItem, Subscription
from tests.access.objects import NO_SUCH_NUMBER, finds
from tests.access.rules import EVERYONE, SIGNED_IN, Page, Reach, Rule, Shown, all_of, post
from tests.access.world import Case
from tests.factories import the_portal

NEW_MEXICO = {"program": "nm-cms"}
ASKED = ("mateo", "mississippi")


@finds("news", pk=NO_SUCH_NUMBER)
def _news(case: Case) -> dict[str, Any] | None:
    if case.name not in ASKED:
        return None
    item = NewsItem(program=case.child.program, **_words(case))
    return {"pk": actions.write_news(item=item, by=the_portal()).pk}


def _words(case: Case) -> dict[str, str]:
    reach = {"ana": "mateo"}
    return {
        name: case.word(f"draft news {name}", reach)
        for name in ("title", "title_es", "text", "text_es")
    }


@finds("subscription", token="0" * 26)
def _subscription(case: Case) -> dict[str, Any] | None:
    if case.name not in ASKED:
        return None
    subscription: Subscription = actions.ask_for_news(
        program=case.child.program,
        email=f"{case.word('news address', {})}@example.test",
        language="en",
        by=the_portal(),
        at=timezone.now(),
    )
    token = links.make(
        purpose=LinkPurpose.NEWS,
        about=subscription,
        expires_at=timezone.now() + timedelta(days=1),
        by=the_portal(),
    )
    return {"token": token}


@finds("public_message", pk=NO_SUCH_NUMBER)
def _public_message(case: Case) -> dict[str, Any] | None:
    if case.name not in (*ASKED, "faraway"):
        return None
    office = case.child.assignments.order_by("pk").first().office
    message = actions.receive_message(
        county=office.county,
        name=case.word("name under a message", READERS),
        phone="",
        email="somebody@example.test",
        language="en",
        text=case.word("message", READERS),
        by=the_portal(),
        at=timezone.now(),
    )
    return {"pk": message.pk}


READERS: Reach = {
    "ida": "mateo",
    "cleo": "mateo",
    "sam": "mateo",
    "prue": "mateo faraway",
    "mo": "mississippi",
    "sue": "mississippi",
}
WRITER: Reach = {"ana": "mateo"}
WRITERS = all_of("ana")
HOLDER: Reach = dict.fromkeys(EVERYONE, "mateo mississippi")


def _message_form(world: Any, case: Any) -> dict[str, Any]:
    return {
        "name": "Somebody",
        "email": "somebody@example.test",
        "county": str(world.santa_fe.county.pk),
        "language": "en",
        "text": "Can we get help?",
    }


def _call_form(world: Any, case: Any) -> dict[str, Any]:
    return {
        "name": "Somebody",
        "phone": "505-555-0134",
        "county": str(world.santa_fe.county.pk),
        "language": "en",
        "may_leave_message": "no",
    }


def _sent_to(world: Any) -> dict[str, Any]:
    return {"program": "nm-cms", "office": world.santa_fe.slug}


PAGES = [
    *(
        Page(f"welcome:{name}", get=Rule(EVERYONE))
        for name in ("front", "accessibility", "privacy", "language_help")
    ),
    *(
        Page(f"welcome:{name}", get=Rule(EVERYONE), arguments=NEW_MEXICO)
        for name in ("program", "who", "services", "questions", "apply", "subscribe_sent")
    ),
    Page(
        "welcome:message",
        get=Rule(EVERYONE),
        post=post(EVERYONE, sends=_message_form, answers=(302, 429)),
        arguments=NEW_MEXICO,
    ),
    Page(
        "welcome:call_me",
        get=Rule(EVERYONE),
        post=post(EVERYONE, sends=_call_form, answers=(302, 429)),
        arguments=NEW_MEXICO,
    ),
    Page("welcome:message_sent", get=Rule(EVERYONE), arguments=_sent_to),
    Page(
        "welcome:subscribe",
        get=Rule(EVERYONE),
        post=post(
            EVERYONE, sends={"email": "a@example.test", "language": "en"}, answers=(302, 429)
        ),
        arguments=NEW_MEXICO,
    ),
    Page("welcome:subscription", about="subscription", get=Rule(HOLDER), post=post(HOLDER)),
    Page(
        "welcome:unsubscribe",
        about="subscription",
        get=Rule(HOLDER),
        post=post(HOLDER, answers=(200,)),
    ),
    Page("welcome:read_message", about="public_message", get=Rule(READERS)),
    Page("welcome:news", get=Rule(WRITERS, seen=SIGNED_IN)),
    Page(
        "welcome:write_news",
        get=Rule(WRITERS, seen=SIGNED_IN),
        post=post(
            WRITERS,
            seen=SIGNED_IN,
            sends={
                "program": "nm-cms",
                "title": "A clinic",
                "title_es": "Una clínica",
                "text": "It opens.",
                "text_es": "Abre.",
            },
        ),
    ),
    Page(
        "welcome:edit_news",
        about="news",
        get=Rule(WRITER),
        post=post(WRITER, sends=Shown(title="A newer clinic")),
        looks=0,
    ),
    Page("welcome:send_news", about="news", post=post(WRITER)),
]
