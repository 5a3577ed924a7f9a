"""A notice says what was decided, from when to when, why, and how to have it looked at again."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cms_portal import programs
from cms_portal.families import actions as families
from cms_portal.notifications import mailing
from cms_portal.notifications.deadlines import REPLY_BY, text_of
from cms_portal.notifications.letters import pdf_of
from eligibility.models import Outcome
from intake.actions import applications, decisions, notices
from intake.cases import service_cases
from intake.models import Enrollment, Notice
from intake.notices import preview, ready_to_tell
from tests.factories import AddressFactory, the_portal
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import NM, today
from tests.intake.deciding import countersign, decide, decide_everything


@pytest.fixture
def told(application, ida, sam):
    """Every service decided and told, payment refused among them."""
    AddressFactory(household=application.household)
    decide_everything(application, ida, sam)
    return notices.tell_family(application=application, by=ida, at=timezone.now())


def words(message):
    reader = PdfReader(io.BytesIO(pdf_of([message])))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_a_refusal_is_not_told_before_a_second_person_stands_behind_it(application, ida, sam):
    case = next(c for c in service_cases(application) if c.key == "medical_payment")
    no = decide(
        application, case.key, Outcome.NOT_AVAILABLE, ida, code="exception", words="Medicaid pays."
    )

    assert ready_to_tell(application, today(NM)) == []
    countersign(application, no, sam)
    assert [one.case.key for one in ready_to_tell(application, today(NM))] == ["medical_payment"]


def test_even_a_refusal_that_the_rules_say_needs_a_second_person(mississippi, ida):
    family, _office = mississippi
    sent = SentApplicationFactory(family=family, medicaid={"medicaid": "enrolled"})
    decision = decide(sent, "coverage_help", Outcome.NOT_AVAILABLE, ida)

    assert decision.needs_countersign


def test_nobody_sends_a_notice_they_have_not_read(application, ida, sam):
    decide(application, "care_coordination", Outcome.AVAILABLE, ida)
    seen = notices.decisions_in(ready_to_tell(application, today(NM)))
    decide(application, "diagnostic_services", Outcome.AVAILABLE, ida)

    with pytest.raises(notices.NotAsRead):
        notices.tell_family(application=application, by=ida, at=timezone.now(), seen=seen)
    assert not Notice.objects.exists()


def test_the_page_shows_the_notice_as_it_will_go_out(application, ida, sam, signed_in):
    decide_everything(application, ida, sam)
    browser = signed_in(ida)
    url = reverse("intake:tell_family", args=[application.number])
    page = browser.get(url)

    sent = browser.post(url, {"seen": page.context["form"].initial["seen"]})

    assert sent.status_code == 302
    notice = Notice.objects.get()
    shown = page.context["message"]
    assert shown.text == notice.message.text
    assert browser.get(reverse("intake:notice_as_letter", args=[application.number])).url
    assert REPLY_BY not in page.content.decode()


def test_the_preview_is_kept_nowhere(application, ida, sam):
    decide_everything(application, ida, sam)
    shown = preview(application, ready_to_tell(application, today(NM)))

    assert shown.pk is None
    assert "We have decided" in words(shown)
    assert not Notice.objects.exists()


def test_a_no_says_why_where_the_rule_stands_and_until_when_to_ask(told):
    message = told.message
    no = message.text.partition("## Not this time")[2].partition("## What we used")[0]
    refused = [line for line in told.lines.all() if line.decision.outcome == "not_available"]

    assert refused
    assert no.count("Where the rule stands:") >= len(refused)
    assert message.reply_days == 30
    mailing.print_letters(letters=[message], dated_on=today(NM), by=the_portal(), at=timezone.now())
    message.refresh_from_db()
    told.refresh_from_db()
    review_by = told.review_by
    assert review_by >= today(NM) + timedelta(days=30)
    assert f"{review_by:%B} {review_by.day}, {review_by.year}" in words(message)


def test_a_yes_alone_gives_no_time_to_ask_for_a_review(application, ida):
    decide(application, "care_coordination", Outcome.AVAILABLE, ida)
    notice = notices.tell_family(application=application, by=ida, at=timezone.now())

    assert notice.review_by is None
    assert "think we are wrong" not in notice.message.text


def test_each_program_says_how_a_refusal_is_looked_at_again(mississippi, rosa, ida, sam):
    family, _office = mississippi
    ms = SentApplicationFactory(family=family, medicaid={"medicaid": "enrolled"})
    nm = SentApplicationFactory(family=rosa, medicaid={"medicaid": "enrolled"})
    texts = []
    for sent, service in ((ms, "coverage_help"), (nm, "medical_payment")):
        refused = decide(sent, service, Outcome.NOT_AVAILABLE, ida)
        countersign(sent, refused, sam)
        notice = notices.tell_family(application=sent, by=ida, at=timezone.now())
        texts.append(text_of(notice.message))

    assert "postmark" in texts[1]
    assert "postmark" not in texts[0]
    assert all("within 60 days" in text for text in texts)


def test_a_yes_is_for_a_year_and_ends_with_the_birthday_that_ends_the_service(application, ida):
    decide(application, "care_coordination", Outcome.AVAILABLE, ida)
    line = notices.tell_family(application=application, by=ida, at=timezone.now()).lines.all().get()

    assert line.starts_on == today(NM)
    assert line.ends_on.year == today(NM).year + 1
    assert Enrollment.objects.get().services.get().ends_on == line.ends_on


def test_nobody_turns_twenty_one_in_the_program(application, ida):
    child = families.change_child(
        child=application.child,
        date_of_birth=today(NM).replace(year=today(NM).year - 20, month=1, day=2),
        by=ida,
        reason="corrected",
    )
    applications.ask_the_rules(application=application, by=ida, at=timezone.now())
    decide(application, "care_coordination", Outcome.AVAILABLE, ida)
    notices.tell_family(application=application, by=ida, at=timezone.now())

    service = Enrollment.objects.get().services.get()
    assert service.ends_on == child.birthday(21)


def test_a_family_nobody_may_write_to_is_told_on_its_page_and_the_office_reaches_it(
    application, ida, sam
):
    decide_everything(application, ida, sam)
    notice = notices.tell_family(application=application, by=ida, at=timezone.now())

    assert notice.message.state == "failed"
    assert notice.review_by is None


def test_the_family_reads_the_same_on_its_page_and_in_the_letter(told, rosa, signed_in):
    browser = signed_in(rosa.user)
    page = browser.get(reverse("intake:decision", args=[told.application.number]))
    letter = browser.get(reverse("notifications:message", args=[told.message.pk]))

    for line in told.lines.all():
        case = next(c for c in service_cases(told.application) if c.key == line.decision.service)
        assert case.name in page.content.decode()
        assert case.name in letter.content.decode()


def test_a_told_decision_is_not_signed_or_changed_again(told, sam):
    with pytest.raises(decisions.AlreadyDecided):
        decide(told.application, "care_coordination", Outcome.AVAILABLE, sam)


def test_two_people_who_tell_at_once_tell_once(told, sam):
    with pytest.raises(notices.NothingToTell):
        notices.tell_family(application=told.application, by=sam, at=timezone.now())
    assert Notice.objects.count() == 1
    assert programs.get(NM).clock("review_request_days") == 30
