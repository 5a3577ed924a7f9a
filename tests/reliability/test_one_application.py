"""C3: a double click, a refresh, two tabs, a retry: one application, one receipt, one set of messages."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse

from cms_portal.access import views
from cms_portal.documents.models import Document, DocumentFile
from cms_portal.families.models import Child, Guardian
from cms_portal.notifications.models import Message
from eligibility.models import Determination, ServiceDecision
from intake.actions import applications
from intake.journeys.filling import fill
from intake.models import Application, Signature, Status
from tests.documents.files import photo, upload
from tests.factories import FamilyFactory, StaffFactory, UserFactory
from tests.factories.applications import COMMON, answer, send, start
from tests.factories.dates import born
from tests.reliability.at_once import AT_ONCE, browser_of, in_threads, sends, token_of

pytestmark = pytest.mark.django_db(transaction=True)

# 200 submits, five at the same moment: so many pages, each sent so often.
PAGES, TIMES = 8, 25
ALL_PAGES, ALL_TIMES = 200, AT_ONCE
NEW_CHILD = reverse("intake:new_child", args=["nm-cms"])
SIGN = {"name": "Rosa Baca", "agrees": "on"}
BY_EMAIL = COMMON["contact"] | {"preferred_channel": "email", "email": "rosa@example.test"}
_KEY = re.compile(r'name="start_key" value="([\w-]+)"')


def a_child(number, page):
    birthday = born(5, days=number)
    return {
        "first_name": f"Mateo{number}",
        "last_name": "Baca",
        "date_of_birth_month": birthday.month,
        "date_of_birth_day": birthday.day,
        "date_of_birth_year": birthday.year,
        "relation": "parent",
        "start_key": _KEY.search(page.content.decode())[1],
    } | token_of(page)


def start_often(browser, *, pages, times):
    """Tell of one new child after the other, each page sent many times; return where each was led."""
    led = []
    for number in range(pages):
        page = browser.get(NEW_CHILD)
        answers = sends(browser, NEW_CHILD, a_child(number, page), times=times)
        assert Counter(one.status_code for one in answers) == {302: times}
        led.append({one.url for one in answers})
    return led


@pytest.mark.parametrize(
    ("pages", "times"),
    [(PAGES, TIMES), pytest.param(ALL_PAGES, ALL_TIMES, marks=pytest.mark.full)],
)
def test_c3_a_page_sent_many_times_starts_one_application(office, ida, pages, times):
    user = UserFactory()

    led = start_often(browser_of(user), pages=pages, times=times)

    assert [len(addresses) for addresses in led] == [1] * pages
    assert Application.objects.count() == Child.objects.count() == pages
    assert Guardian.objects.filter(user=user).count() == 1
    assert pages * times >= 200


@pytest.mark.parametrize(
    ("pages", "times"),
    [(PAGES, TIMES), pytest.param(ALL_PAGES, ALL_TIMES, marks=pytest.mark.full)],
)
def test_c3_sent_many_times_it_is_one_receipt_and_one_message(office, ida, pages, times):
    drafts = [drafted(FamilyFactory(household__county=office.county)) for _ in range(pages)]
    mail.outbox.clear()

    for draft in drafts:
        browser = browser_of(draft.started_by)
        form = SIGN | token_of(browser.get(reverse("intake:check", args=[draft.number])))
        answers = sends(browser, reverse("intake:submit", args=[draft.number]), form, times=times)
        assert {(one.status_code, one.url) for one in answers} == {
            (302, reverse("intake:receipt", args=[draft.number]))
        }

    assert Application.objects.filter(status=Status.SUBMITTED).count() == pages
    assert Signature.objects.count() == Determination.objects.count() == pages
    assert Message.objects.filter(key="intake/application_received").count() == pages
    assert len(mail.outbox) == pages


def drafted(family):
    return answer(start(family), contact=BY_EMAIL)


def test_a_decision_clicked_many_times_is_taken_once(rosa, ida):
    application, browser = send(drafted(rosa)), browser_of(ida)
    token = token_of(browser.get(reverse("intake:review", args=[application.number])))
    decides = {
        "care_coordination-outcome": "available",
        "care_coordination-reason_code": "exception",
    }
    url = reverse("intake:decide", args=[application.number, "care_coordination"])

    answers = sends(
        browser, url, decides | {"care_coordination-words": "A paper says so."} | token, times=10
    )

    assert {one.status_code for one in answers} == {302}
    assert ServiceDecision.objects.count() == 1


def test_a_paper_sent_many_times_is_kept_once(rosa):
    draft, browser = start(rosa), browser_of(rosa.user)
    url = reverse("intake:step", args=[draft.number, "papers"])
    token = token_of(browser.get(url))

    for _click in range(3):
        paper = {"kind": "income", "papers": [upload(photo())]}
        assert browser.post(url, paper | token).status_code == 302

    assert Document.objects.count() == DocumentFile.objects.count() == 1


def test_two_tabs_start_one_application(office, ida):
    """Two tabs are two pages with a key each; what they tell is the same child."""
    user = UserFactory()
    browser = browser_of(user)
    first, second = browser.get(NEW_CHILD), browser.get(NEW_CHILD)
    assert token_of(first) != token_of(second)

    told = [a_child(0, tab) for tab in (first, second)]
    led = {one.url for one in in_threads(lambda data: browser.post(NEW_CHILD, data), told)}

    assert len(led) == 1
    assert Application.objects.count() == Child.objects.count() == 1
    assert Guardian.objects.filter(user=user).count() == 1


def test_two_tabs_send_it_once(rosa):
    draft, browser = drafted(rosa), browser_of(rosa.user)
    url = reverse("intake:submit", args=[draft.number])
    tabs = [browser.get(reverse("intake:check", args=[draft.number])) for _ in range(2)]

    assert {browser.post(url, SIGN | token_of(tab)).status_code for tab in tabs} == {302}

    assert Signature.objects.count() == 1
    assert Message.objects.filter(key="intake/application_received").count() == 1


def test_a_retry_after_a_failure_is_not_taken_for_the_first(rosa, monkeypatch):
    draft, browser = drafted(rosa), browser_of(rosa.user)
    form = SIGN | token_of(browser.get(reverse("intake:check", args=[draft.number])))
    url = reverse("intake:submit", args=[draft.number])
    browser.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(applications, "_sign", lambda *a, **k: 1 / 0)
        assert browser.post(url, form).status_code == 500
    assert Application.objects.get().is_draft

    assert browser.post(url, form).status_code == 302
    assert Application.objects.get().status == Status.SUBMITTED


def test_changed_and_sent_again_is_not_the_same_page(rosa):
    """After Back, a browser may show the very page that was sent: what is changed on it counts."""
    draft, browser = start(rosa), browser_of(rosa.user)
    url = reverse("intake:step", args=[draft.number, "about"])
    token = token_of(browser.get(url))

    for strengths in ("sings", "draws", "sings"):
        assert browser.post(url, {"strengths": strengths} | token).status_code == 302
        assert Application.objects.get().assessment.strengths == strengths


def test_c3_finds_an_application_started_twice(office, ida, monkeypatch):
    """Positive control: without the key of the page, its own key and the child's name, each click starts."""
    monkeypatch.setattr(views, "answered_once", lambda request, respond: respond())
    monkeypatch.setattr(applications, "_own_key", lambda key, by: applications.uuid.uuid4())
    monkeypatch.setattr(applications, "_known_to", lambda *a, **k: None)

    led = start_often(browser_of(UserFactory()), pages=1, times=AT_ONCE)

    assert len(led[0]) == AT_ONCE == Application.objects.count()


def test_an_answer_saved_in_the_moment_of_sending_is_among_the_facts_of_the_rules(office):
    StaffFactory(role="intake-worker", office=office)
    family = FamilyFactory(household__county=office.county)
    application = answer(start(family))
    sending = threading.Thread(target=lambda: in_threads(send, [application], threads=1))

    with transaction.atomic():
        fill(application, {"medicaid": {"medicaid": "pending"}}, by=family.user)
        sending.start()
        wait_until_somebody_waits()
    sending.join(30)

    assert Determination.objects.get().facts["coverage"]["medicaid"] == "pending"


def wait_until_somebody_waits():
    waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _turn in range(200):
        with connection.cursor() as cursor:
            cursor.execute(waits)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits for the answer to be saved")
