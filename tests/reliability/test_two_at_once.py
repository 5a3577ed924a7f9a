"""C2: two people save one page at the same moment; one is kept, the other is told, nothing is lost."""

import threading

import pytest
from django.urls import reverse

from intake.actions import applications
from intake.models import AnsweredPage, Assessment
from tests.access.answers import form_fields
from tests.factories import FamilyFactory, UserFactory
from tests.factories.applications import answer, start
from tests.factories.dates import today
from tests.reliability.at_once import browser_of, in_threads

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROUNDS = 20


def test_of_two_who_save_at_the_same_moment_one_is_kept_and_the_other_told():
    rosa = FamilyFactory()
    application = answer(start(rosa))
    helper = UserFactory()
    applications.let_help(application=application, helper=helper, on=today(), by=rosa.user)
    url = reverse("intake:step", args=[application.number, "about"])
    browsers = [browser_of(rosa.user), browser_of(helper)]

    for number in range(ROUNDS):
        shown = [form_fields(browser.get(url)) for browser in browsers]
        words = [f"hers {number}", f"theirs {number}"]
        start_together = threading.Barrier(2)

        def save(who, shown=shown, words=words, start_together=start_together):
            start_together.wait(30)
            return browsers[who].post(url, shown[who] | {"strengths": words[who]})

        pages = in_threads(save, [0, 1], threads=2)

        assert sorted(page.status_code for page in pages) == [302, 422]
        kept = Assessment.objects.get().strengths
        loser = next(page for page in pages if page.status_code == 422).content.decode()
        assert kept in words
        assert all(word in loser for word in words), "who was second sees both"

    assert AnsweredPage.objects.filter(step="about").count() == 1
