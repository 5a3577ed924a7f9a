"""The pages of a review: the family asks and follows it, supervisors take it up, a committee answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms_portal.audit.models import AccessEvent
from cms_portal.audit.tracking import save_tracked
from intake.actions import appeal_reviews, applications
from intake.appeal_states import AppealState
from intake.appealing import refusals_of
from intake.models import Appeal, AppealPart
from tests.access.sends import day
from tests.documents.files import photo, upload
from tests.factories import FamilyFactory, SecondHomeFactory, StaffFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import MS, today
from tests.intake.refusing import WHY, answer, ask, mailed, members, refuse, screen, with_committee


def page_of(notice):
    return reverse("intake:appeal_ask", args=[notice.application.number, notice.pk])


def told(notice, **more):
    facts = {
        "narrative": WHY,
        "name": "Rosa Baca",
        "address": "PO Box 12",
        "phones": "505-555-0134",
    }
    return {"services": [one.pk for one in refusals_of(notice)]} | facts | more


def at(name, appeal):
    return reverse(f"intake:{name}", args=[appeal.number])


def test_neither_another_home_nor_a_helper_asks_for_or_reads_a_review(
    notice, application, rosa, hal, signed_in
):
    other = SecondHomeFactory(child=rosa.child).user
    applications.let_help(application=application, helper=hal, on=today(), by=rosa.user)
    appeal = ask(notice, rosa.user)

    for somebody in (other, hal):
        answered = signed_in(somebody).post(page_of(notice), told(notice))
        assert answered.status_code in (403, 404)
        for name in ("appeal", "appeal_add", "appeal_withdraw"):
            assert signed_in(somebody).get(at(name, appeal)).status_code == 404
    assert Appeal.objects.count() == 1


def test_a_member_without_a_seat_does_not_know_of_it(appeal, prue, signed_in):
    stranger, *_others = members()
    assert signed_in(stranger).get(at("appeal", appeal)).status_code == 404
    assert not signed_in(stranger).get(reverse("intake:appeals")).context["rows"]


def test_a_member_reads_the_review_and_no_more_of_the_family(
    appeal, application, prue, committee, signed_in
):
    with_committee(appeal, committee, prue)
    browser = signed_in(committee[0])

    assert browser.get(at("appeal", appeal)).status_code == 200
    for name, key in [
        ("intake:review", application.number),
        ("families:child_record", application.child_id),
        ("intake:decision", application.number),
    ]:
        assert browser.get(reverse(name, args=[key])).status_code == 404


@pytest.mark.parametrize("missing", ["services", "narrative", "name", "address", "phones"])
def test_what_a_request_needs_is_asked_for_and_what_was_typed_stays(
    notice, rosa, signed_in, missing
):
    page = signed_in(rosa.user).post(page_of(notice), told(notice, **{missing: ""}))

    assert page.status_code == 422
    assert not Appeal.objects.exists()
    if missing != "narrative":
        assert WHY in page.content.decode()


def test_a_family_asks_with_a_paper_and_follows_it(notice, rosa, signed_in):
    browser = signed_in(rosa.user)
    assert "The last day to ask is" not in browser.get(page_of(notice)).content.decode()
    mailed(notice)
    assert "The last day to ask is" in browser.get(page_of(notice)).content.decode()

    sent = browser.post(page_of(notice), told(notice, papers=[upload(photo())]))

    appeal = Appeal.objects.get()
    assert sent["Location"] == at("appeal", appeal)
    assert (appeal.received_on, appeal.channel) == (today(), "portal")
    page = browser.get(sent["Location"]).content.decode()
    assert WHY in page
    assert "File 1" in page
    decision = browser.get(reverse("intake:decision", args=[notice.application.number]))
    assert at("appeal", appeal) in decision.content.decode()
    assert browser.get(page_of(notice))["Location"] == at("appeal", appeal)


def test_the_second_tab_is_told_that_what_it_sent_was_added(notice, rosa, signed_in):
    signed_in(rosa.user).post(page_of(notice), told(notice))
    second = signed_in(rosa.user).post(
        page_of(notice), told(notice, narrative="My hours were cut."), follow=True
    )

    assert "What came now was added to it." in second.content.decode()
    assert "My hours were cut." in second.content.decode()


def test_a_bad_file_costs_nobody_the_day(notice, rosa, signed_in):
    files = [upload(photo()), upload(b"MZ not a paper", "paper.exe")]
    sent = signed_in(rosa.user).post(page_of(notice), told(notice, papers=files))

    appeal = Appeal.objects.get()
    assert sent["Location"] == at("appeal_add", appeal)
    assert AppealPart.objects.get().document.files.count() == 1
    page = signed_in(rosa.user).get(sent["Location"]).content.decode()
    assert "is not a photo or a PDF" in page
    assert "We have your request." in page


def test_after_the_last_day_the_page_says_so_and_still_sends(notice, rosa, signed_in):
    mailed(notice, days_ago=60)
    page = signed_in(rosa.user).get(page_of(notice)).content.decode()
    assert "You can still send it" in page

    signed_in(rosa.user).post(page_of(notice), told(notice))

    assert Appeal.objects.get().is_late


def test_an_answered_refusal_offers_no_second_review(
    appeal, notice, application, rosa, prue, committee, signed_in
):
    with_committee(appeal, committee, prue)
    answer(appeal, committee[0], "upheld")
    browser = signed_in(rosa.user)

    decision = browser.get(reverse("intake:decision", args=[application.number]))
    assert page_of(notice) not in decision.content.decode()
    assert browser.post(page_of(notice), told(notice)).status_code == 302
    assert Appeal.objects.count() == 1
    assert "last word" in browser.get(at("appeal", appeal)).content.decode()


def test_a_family_sends_what_was_asked_and_takes_it_back(appeal, rosa, prue, signed_in):
    screen(appeal, prue)
    appeal_reviews.ask_family(
        appeal=appeal,
        words="The last pay stub.",
        due_on=today() + timedelta(days=14),
        by=prue,
        at=timezone.now(),
    )
    browser = signed_in(rosa.user)
    assert "The last pay stub." in browser.get(at("appeal", appeal)).content.decode()
    assert browser.post(at("appeal_add", appeal), {"words": ""}).status_code == 422

    browser.post(at("appeal_add", appeal), {"words": "Here.", "papers": [upload(photo())]})
    browser.post(at("appeal_withdraw", appeal), {"words": ""})

    assert AppealPart.objects.get().question.words == "The last pay stub."
    appeal.refresh_from_db()
    assert appeal.state == AppealState.WITHDRAWN
    assert "You took it back" in browser.get(at("appeal", appeal)).content.decode()
    assert browser.post(at("appeal_add", appeal), {"words": "More."}).status_code == 302
    assert AppealPart.objects.count() == 1


def test_a_letter_is_written_down_by_its_postmark(notice, ida, signed_in):
    notice = mailed(notice)
    with time_machine.travel(timezone.now() + timedelta(days=34), tick=False):
        came = day("received_on", today()) | day("postmarked_on", today() - timedelta(days=4))
        wrong = told(notice, channel="fax") | came
        assert signed_in(ida).post(page_of(notice), wrong).status_code == 422

        signed_in(ida).post(page_of(notice), told(notice, channel="mail") | came)

        appeal = Appeal.objects.get()
        assert appeal.asked_on == today() - timedelta(days=4)
        assert not appeal.is_late
        assert appeal.due_on == today() + timedelta(days=60)


def test_new_mexico_wants_it_written_and_mississippi_takes_a_call(
    notice, mississippi, signed_in, ida
):
    call = told(notice, channel="phone") | day("received_on", today())
    assert signed_in(ida).post(page_of(notice), call).status_code == 422

    dana, _office = mississippi
    sent = SentApplicationFactory(family=dana)
    mo = sent.worker
    refused = refuse(sent, mo, StaffFactory(role="program-supervisor", program=MS))
    call = told(refused, channel="phone") | day("received_on", today(MS))
    signed_in(mo).post(page_of(refused), call)

    appeal = Appeal.objects.get()
    assert appeal.channel == "phone"
    page = signed_in(mo).get(at("appeal", appeal)).content.decode()
    assert "are a default until they are confirmed" in page
    assert "Program administrator" in page


def test_screening_to_the_answer_by_the_forms(appeal, rosa, prue, committee, signed_in):
    boss = signed_in(prue)
    no_reason = {"is_timely": "no", "is_complete": "yes", "takes_up": "yes", "words": ""}
    assert boss.post(at("appeal_screen", appeal), no_reason).status_code == 422
    boss.post(at("appeal_screen", appeal), no_reason | {"words": "They were in the hospital."})
    few = {"members": [committee[0].pk]}
    assert boss.post(at("appeal_committee", appeal), few).status_code == 422
    boss.post(at("appeal_committee", appeal), {"members": [one.pk for one in committee]})
    boss.post(at("appeal_hand_over", appeal))

    services = list(appeal.services.all())
    signed = {"signed_name": "Ruth Salas", "facts_used": "", "words": ""}
    reader = signed_in(committee[0])
    assert reader.post(at("appeal_answer", appeal), signed).status_code == 422
    for row in services:
        signed[f"service-{row.pk}-answer"] = "reversed"
        signed[f"service-{row.pk}-reasons"] = "The new pay stubs are under the line."
    reader.post(at("appeal_answer", appeal), signed)

    appeal.refresh_from_db()
    assert (appeal.state, appeal.signed_name) == (AppealState.DECIDED, "Ruth Salas")
    late = signed_in(committee[1]).post(at("appeal_answer", appeal), signed)
    assert late["Location"] == at("appeal", appeal)
    signed_in(prue).post(at("appeal_close", appeal))
    page = signed_in(rosa.user).get(at("appeal", appeal)).content.decode()
    assert "The decision is changed to yes" in page


def test_the_overdue_are_on_top_of_the_queue(office, ida, sam, prue, signed_in, appeal):
    late = one_more(office, ida, sam, received_on=today() - timedelta(days=61))

    page = signed_in(prue).get(reverse("intake:appeals"))

    shown = [row["cells"] for row in page.context["shown"]]
    assert [cells[1]["text"] for cells in shown] == [late.number, appeal.number]
    assert [cells[5]["hint"] for cells in shown] == ["1 day late", "60 days left"]
    assert AccessEvent.objects.filter(page="intake:appeals", actor=prue).count() == 2


def one_more(office, worker, second, **told):
    """Return a review that another family of the office asked for."""
    family = FamilyFactory(household__county=office.county)
    refused = refuse(SentApplicationFactory(family=family), worker, second)
    return ask(refused, family.user, **told)


@pytest.mark.slow
def test_a_longer_queue_asks_the_database_no_more(office, ida, sam, prue, signed_in):
    browser, url = signed_in(prue), reverse("intake:appeals")
    asked, open_ones, finished = [], [], []
    for wanted in (3, 30):
        asked += [one_more(office, ida, sam) for _n in range(wanted - len(asked))]
        open_ones.append(queries_of(browser, url))
    for few in (asked[:3], asked[3:]):
        for appeal in few:
            screen(appeal, prue, takes_up=False, words="It asks about another program.")
        finished.append(queries_of(browser, url + "?finished=1"))

    assert open_ones[0] == open_ones[1]
    assert finished[0] == finished[1]


def queries_of(browser, url):
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


def test_a_protected_home_shows_no_address_to_who_may_not_see_it(
    appeal, rosa, prue, ida, committee, signed_in
):
    rosa.household.address_is_confidential = True
    save_tracked(rosa.household, by=prue, reason="order of protection")
    with_committee(appeal, committee, prue)

    assert "PO Box 12" not in signed_in(ida).get(at("appeal", appeal)).content.decode()
    assert "PO Box 12" not in signed_in(committee[0]).get(at("appeal", appeal)).content.decode()
    assert "PO Box 12" in signed_in(prue).get(at("appeal", appeal)).content.decode()
