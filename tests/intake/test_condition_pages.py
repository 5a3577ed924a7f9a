"""What the Medical Director sees: the queue, and one condition with all that speaks for an answer."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms_portal.audit.models import AccessEvent
from cms_portal.documents.models import DocumentKind
from intake.actions import answers, applications
from intake.models import ReviewAnswer
from tests.documents.files import photo, upload
from tests.factories import FamilyFactory, StaffFactory
from tests.factories.dates import NM
from tests.intake.reviewing_conditions import UNLISTED, WHY, say, the_review, unlisted

QUEUE = "intake:conditions"


@pytest.fixture
def max_ortega(office):
    return StaffFactory(role="medical-director", program=NM, name="Max Ortega")


def page_of(review):
    return reverse("intake:condition_review", args=[review.pk])


def one_more(office, worker):
    return unlisted(FamilyFactory(household__county=office.county), worker)


def queries_of(browser, url):
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


@pytest.mark.slow
def test_a_longer_queue_asks_the_database_no_more(office, ida, max_ortega, signed_in):
    browser, url = signed_in(max_ortega), reverse(QUEUE)
    asked, waiting, answered = [], [], []
    for wanted in (3, 30):
        asked += [one_more(office, ida) for _n in range(wanted - len(asked))]
        waiting.append(queries_of(browser, url))
    for few in (asked[:3], asked[3:]):
        for application in few:
            say(the_review(application), max_ortega)
        answered.append(queries_of(browser, url + "?answered=1"))

    assert waiting[0] == waiting[1]
    assert answered[0] == answered[1]


def test_the_longest_waits_on_top_and_the_menu_says_how_many(office, ida, max_ortega, signed_in):
    first, second = one_more(office, ida), one_more(office, ida)

    page = signed_in(max_ortega).get(reverse(QUEUE))

    assert [row["cells"][0]["text"] for row in page.context["rows"]] == [
        first.child.full_name,
        second.child.full_name,
    ]
    assert '<span class="site-nav__count">2</span>' in page.content.decode()
    assert signed_in(max_ortega).get(reverse("home"))["Location"] == reverse(QUEUE)


def test_a_withdrawn_application_waits_for_nobody(office, ida, max_ortega, signed_in):
    application = one_more(office, ida)
    applications.withdraw(application=application, by=ida, at=timezone.now(), reason="moved away")

    assert not signed_in(max_ortega).get(reverse(QUEUE)).context["rows"]
    page = signed_in(max_ortega).get(page_of(the_review(application)))
    assert not page.context["is_waiting"]


def test_the_page_shows_what_an_answer_rests_on(office, ida, max_ortega, signed_in):
    application = one_more(office, ida)
    answers.add_paper(
        application=application,
        kind=DocumentKind.DIAGNOSIS,
        files=[upload(photo())],
        by=ida,
        at=timezone.now(),
    )

    page = signed_in(max_ortega).get(page_of(the_review(application))).content.decode()

    for told in (UNLISTED["text"], "Q87.0", "It is not a no", "File 1", "Care coordination"):
        assert told in page
    assert UNLISTED["text"] not in page.split("</title>")[0]


def test_earlier_answers_are_counted_and_name_no_child(office, ida, max_ortega, signed_in):
    before, now = one_more(office, ida), one_more(office, ida)
    say(the_review(before), max_ortega)

    page = signed_in(max_ortega).get(page_of(the_review(now)))

    assert page.context["earlier"] == [{"answer": ReviewAnswer.COUNTS.label, "times": 1}]
    assert before.child.last_name not in page.content.decode()


def test_the_answer_is_kept_by_one_button(office, ida, max_ortega, signed_in):
    review = the_review(one_more(office, ida))
    sent = {"answer": "counts", "services": review.asked_services, "reason": WHY}

    assert signed_in(max_ortega).post(page_of(review), sent)["Location"] == page_of(review)

    page = signed_in(max_ortega).get(page_of(review)).content.decode()
    assert WHY in page
    assert "Max Ortega" in page


def test_the_worker_reads_the_answer_in_the_application(office, ida, max_ortega, signed_in):
    application = one_more(office, ida)
    say(the_review(application), max_ortega, "more_papers", reason="A letter of the geneticist.")

    page = signed_in(ida).get(reverse("intake:review", args=[application.number])).content.decode()

    assert "A letter of the geneticist." in page


def test_each_look_is_noted_for_the_family(office, ida, max_ortega, signed_in):
    application = one_more(office, ida)
    signed_in(max_ortega).get(page_of(the_review(application)))

    look = AccessEvent.objects.get(page="intake:condition_review")
    assert (look.actor, look.child, look.household) == (
        max_ortega,
        application.child,
        application.household,
    )
