"""B2: each change is kept with the person who made it, however requests cross each other."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from cms_portal.audit import context
from cms_portal.audit.models import Evidence
from intake.actions import answers
from intake.models import Assessment
from tests.factories import FamilyFactory
from tests.factories.applications import start
from tests.logins import as_login
from tests.reliability.at_once import browser_of, in_threads, token_of

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, REQUESTS, THREADS = 10, 400, 8
ALL_REQUESTS = 10_000
# One in five breaks after it has written: the next request of the same thread starts clean.
RAISING = 5


class Broken(RuntimeError):
    """What a request dies of here."""


def interleaved(drafts, requests):
    """Send answers as everybody at once, a fifth of which break after they have written.

    Return how often each person's was kept, None for those that broke, and whom a thread still took for
    the actor afterwards.
    """
    pages = {draft: reverse("intake:step", args=[draft.number, "about"]) for draft in drafts}
    browsers = {draft: browser_of(draft.started_by) for draft in drafts}
    tokens = {draft: token_of(browsers[draft].get(pages[draft])) for draft in drafts}
    lot = random.Random(2)

    def send(one):
        number, draft = one
        browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
        browser.cookies = browsers[draft].cookies
        does = "breaks" if number % RAISING == 0 else "kept"
        told = {"strengths": f"{does} {number} of {draft.started_by.pk}"}
        answer = browser.post(pages[draft], told | tokens[draft])
        who = draft.started_by.pk if answer.status_code == 302 else None
        return who, context.current().actor

    answered = in_threads(send, [(n, lot.choice(drafts)) for n in range(requests)], threads=THREADS)
    return Counter(who for who, _left in answered), {left for _who, left in answered}


@pytest.fixture
def drafts(office, ida, monkeypatch):
    """Drafts of many families; saving breaks, after the write, where the words say so."""
    really = answers.save_tracked

    def save(row, *, by, reason):
        saved = really(row, by=by, reason=reason)
        if isinstance(row, Assessment) and row.strengths.startswith("breaks"):
            raise Broken
        return saved

    monkeypatch.setattr(answers, "save_tracked", save)
    return [start(FamilyFactory(household__county=office.county)) for _ in range(PEOPLE)]


def wrong_actors():
    """Return each change of an answer, in the history and in the evidence, that is not its person's own."""
    wrong = [
        row.history_id
        for row in Assessment.history.filter(strengths__startswith="kept")
        if row.history_user_id is None or not row.strengths.endswith(f" of {row.history_user_id}")
    ]
    with as_login("auditor"):
        changes = Evidence.objects.filter(relation=Assessment._meta.db_table, operation="U")
        wrong += [
            row.pk
            for row in changes
            if row.actor_id is None or not row.after["strengths"].endswith(f" of {row.actor_id}")
        ]
    return wrong


@pytest.mark.parametrize(
    "requests",
    [
        pytest.param(REQUESTS, marks=pytest.mark.slow),
        pytest.param(ALL_REQUESTS, marks=pytest.mark.full),
    ],
)
def test_b2_no_change_has_an_empty_or_a_wrong_actor(drafts, requests):
    kept, left = interleaved(drafts, requests)

    assert wrong_actors() == []
    assert left == {None}
    assert kept.pop(None) == requests / RAISING
    told = Assessment.history.filter(strengths__startswith="kept")
    assert Counter(told.values_list("history_user", flat=True)) == kept
    assert not Assessment.history.filter(strengths__startswith="breaks").exists()
    with as_login("auditor"):
        changes = Evidence.objects.filter(relation=Assessment._meta.db_table, operation="U")
        assert changes.count() == len({row.request_id for row in changes}) == sum(kept.values())


@pytest.mark.slow
def test_b2_finds_an_actor_left_over_from_another_request(drafts, monkeypatch):
    """Positive control: an actor kept for the process, and not for its request, is soon somebody else's."""
    shared = SharedByAll()
    monkeypatch.setattr(context, "_current", shared)

    kept, left = interleaved(drafts, 80)

    shared.now = context._NOBODY
    assert wrong_actors() or kept[None] > 80 / RAISING
    assert left != {None}


class SharedByAll:
    """What a context would be if all threads had one."""

    now = context._NOBODY

    def get(self):
        return self.now

    def set(self, value):
        self.now = value

    def reset(self, token):
        """Nothing is put back."""
