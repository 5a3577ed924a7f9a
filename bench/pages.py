"""The pages that are timed, who asks for each, and what each may cost."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from bench.load import Request
from bench.people import TOKEN, Cast, Held, Person, masked
from cms_portal import programs
from cms_portal.notifications.models import Message
from eligibility.condition_search import everyday_words
from intake.journeys import journey_of

MOST_QUERIES = 12
FOUND, MOVED = 200, 302
FAMILY, LIST = 6, 25
# Names, birth dates and homes are searched one by one, each through its own index.
SEARCHES = 8


@dataclass(frozen=True)
class Page:
    """One page, and the part of the bare view's throughput it must reach: 1/6 or, for a list, 1/25.

    `most_ms` is how long nineteen answers of twenty may take, where that is asked for.
    """

    name: str
    share: int
    requests: Callable[[Cast], Iterator[Request]]
    status: int = FOUND
    most_queries: int = MOST_QUERIES
    most_ms: int | None = None


def _public(*names: str, **query: str) -> Callable[[Cast], Iterator[Request]]:
    """Ask for pages of each program, without an account."""

    def requests(cast: Cast) -> Iterator[Request]:
        ending = f"?{urlencode(query)}" if query else ""
        paths = [
            reverse(name, args=[] if name in OF_NO_PROGRAM else [program.code]) + ending
            for name in names
            for program in programs.all_programs()
        ]
        return _for_ever([Request.get(path, "django_language=es") for path in paths], cast.lot)

    return requests


OF_NO_PROGRAM = {"welcome:front", "account_login"}


def _of_application(name: str, of: str) -> Callable[[Cast], Iterator[Request]]:
    """Ask for one page about each application of a kind, as the person who holds it."""

    def requests(cast: Cast) -> Iterator[Request]:
        held: list[Held] = getattr(cast, of)
        return _for_ever(
            [_get(one.person, reverse(name, args=[one.application.number])) for one in held],
            cast.lot,
        )

    return requests


def _of_person(name: str, *of: str) -> Callable[[Cast], Iterator[Request]]:
    """Ask for a page that is each person's own."""

    def requests(cast: Cast) -> Iterator[Request]:
        people = [
            one if isinstance(one, Person) else one.person for k in of for one in getattr(cast, k)
        ]
        return _for_ever([_get(person, reverse(name)) for person in people], cast.lot)

    return requests


def _step(cast: Cast) -> Iterator[Request]:
    """Ask for every question of every draft."""
    return _for_ever(
        [
            _get(one.person, reverse("intake:step", args=[one.application.number, step.key]))
            for one in cast.drafts
            for step in journey_of(one.application.program).for_subject(one.application)
        ],
        cast.lot,
    )


def _save_step(cast: Cast) -> Iterator[Request]:
    """Send a page of text again and again, each time as from a page opened anew, in other words."""
    for number, one in zip(count(), _for_ever(cast.drafts, cast.lot), strict=False):
        path = reverse("intake:step", args=[one.application.number, "about"])
        told = {"csrfmiddlewaretoken": masked(TOKEN), "strengths": f"Sings {number} songs."}
        yield Request.post(path, urlencode(told), one.person.cookies)


def _message(cast: Cast) -> Iterator[Request]:
    wanted = []
    for one in cast.decided:
        message = Message.objects.filter(household=one.application.household).latest("pk")
        wanted.append(_get(one.person, reverse("notifications:message", args=[message.pk])))
    return _for_ever(wanted, cast.lot)


def _child(cast: Cast) -> Iterator[Request]:
    return _for_ever(
        [
            _get(one.person, reverse("families:child", args=[one.application.child_id]))
            for one in [*cast.sent, *cast.decided]
        ],
        cast.lot,
    )


def _likely_duplicates(cast: Cast) -> Iterator[Request]:
    """Look among all children for those who look like one of a worker's."""
    return _for_ever(
        [
            _get(one.person, reverse("families:alike", args=[one.application.child_id]))
            for one in cast.served
        ],
        cast.lot,
    )


def _search(cast: Cast) -> Iterator[Request]:
    """Look for conditions by families' words, without an account."""
    words = list(everyday_words())[::3]
    paths = [
        reverse("eligibility:condition_search", args=[program.code])
        for program in programs.all_programs()
    ]
    for word in _for_ever(words, cast.lot):
        told = {"csrfmiddlewaretoken": masked(TOKEN), "asked": word}
        cookies = f"{settings.CSRF_COOKIE_NAME}={TOKEN}"
        yield Request.post(cast.lot.choice(paths), urlencode(told), cookies)


def _get(person: Person, path: str) -> Request:
    return Request.get(path, person.cookies)


def _for_ever(items: Sequence[Any], lot: random.Random) -> Iterator[Any]:
    """Yield items again and again, each time in an order drawn by lot; of none, nothing."""
    while items:
        yield from lot.sample(items, len(items))


def bare(cast: Cast) -> Iterator[Request]:
    """Ask the bare view for one child after the other."""
    return _for_ever([Request.get(f"/bare/{pk}/") for pk in cast.children], cast.lot)


PAGES = [
    Page("front page", FAMILY, _public("welcome:front")),
    Page("program pages", FAMILY, _public("welcome:program", "welcome:who", "welcome:services")),
    Page("office finder", FAMILY, _public("offices:finder")),
    Page("office finder, found", FAMILY, _public("offices:finder", place="Jackson")),
    Page("quick check", FAMILY, _public("eligibility:screener")),
    Page("condition search", FAMILY, _search),
    Page("how we decide", FAMILY, _public("eligibility:how_we_decide")),
    Page("sign-in", FAMILY, _public("account_login")),
    Page("family home", FAMILY, _of_person("home", "drafts", "sent", "decided")),
    Page("a child's page", FAMILY, _child),
    Page("task list", FAMILY, _of_application("intake:tasks", "drafts")),
    Page("step, shown", FAMILY, _step),
    Page("step, saved", FAMILY, _save_step, MOVED, most_ms=60),
    Page("check your answers", FAMILY, _of_application("intake:check", "drafts")),
    Page("receipt", FAMILY, _of_application("intake:receipt", "sent")),
    Page("decision", FAMILY, _of_application("intake:decision", "decided")),
    Page("messages", FAMILY, _of_person("notifications:mine", "decided")),
    Page("one message", FAMILY, _message),
    Page("own account", FAMILY, _of_person("account_home", "sent")),
    Page("staff queue, 100 rows", LIST, _of_person("intake:queue", "office_workers"), most_ms=60),
    Page(
        "staff queue, a whole program", LIST, _of_person("intake:queue", "supervisors"), most_ms=60
    ),
    Page("staff tasks", LIST, _of_person("work:tasks", "office_workers")),
    Page("review", FAMILY, _of_application("intake:review", "served")),
    Page("receipt of the rules", FAMILY, _of_application("intake:eligibility_receipt", "served")),
    Page("histories", LIST, _of_person("intake:histories", "supervisors")),
    Page(
        "likely duplicates",
        LIST,
        _likely_duplicates,
        most_queries=MOST_QUERIES + SEARCHES,
        most_ms=100,
    ),
    Page("phone page", LIST, _of_application("intake:phone", "served")),
]
