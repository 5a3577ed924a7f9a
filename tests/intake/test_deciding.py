"""A person decides each service; an override says why, and a refusal of payment needs a second person."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.notifications.models import Message
from eligibility.actions import CannotDecide
from eligibility.models import Outcome, ReasonCode, ServiceDecision
from intake.actions import applications, decisions, notices
from intake.cases import latest_determination, service_cases
from intake.models import Status
from intake.views.queue import days_left
from tests.factories import FamilyFactory, OfficeFactory, StaffFactory
from tests.factories.applications import SentApplicationFactory
from tests.intake.deciding import countersign, decide, decide_everything


def recommended(application):
    return {case.key: case.recommended for case in service_cases(application)}


def test_an_override_without_words_is_refused(application, ida):
    with pytest.raises(CannotDecide):
        decide(application, "care_coordination", Outcome.NOT_AVAILABLE, ida)


def test_a_decision_is_yes_or_no(application, ida):
    with pytest.raises(CannotDecide):
        decide(application, "care_coordination", Outcome.UNKNOWN, ida, words="perhaps")


def test_a_worker_of_another_office_cannot_decide(application, signed_in):
    stranger = StaffFactory(role="intake-worker", office=OfficeFactory())

    page = signed_in(stranger).post(
        reverse("intake:decide", args=[application.number, "care_coordination"]),
        {"care_coordination-outcome": "available", "care_coordination-reason_code": "agrees"},
    )

    assert page.status_code == 404
    assert not ServiceDecision.objects.exists()


def test_nobody_countersigns_their_own_decision(application, sam):
    decision = decide(
        application,
        "care_coordination",
        Outcome.NOT_AVAILABLE,
        sam,
        code=ReasonCode.EXCEPTION,
        words="No.",
    )

    with pytest.raises(CannotDecide):
        countersign(application, decision, sam)


def test_a_new_decision_leaves_the_old_countersignature_behind(application, ida, sam):
    said = {"code": ReasonCode.EXCEPTION, "words": "The family moved."}
    first = decide(application, "care_coordination", Outcome.NOT_AVAILABLE, ida, **said)
    countersign(application, first, sam)

    second = decide(application, "care_coordination", Outcome.NOT_AVAILABLE, ida, **said)

    assert second.replaces == first
    assert not second.is_final
    with pytest.raises(CannotDecide):
        countersign(application, first, sam)


def test_a_refusal_of_payment_needs_a_second_person_even_where_the_rules_agree(rosa, ida, sam):
    sent = SentApplicationFactory(family=rosa, medicaid={"medicaid": "enrolled"})
    assert recommended(sent)["medical_payment"] == Outcome.NOT_AVAILABLE

    decision = decide(sent, "medical_payment", Outcome.NOT_AVAILABLE, ida)

    assert decision.needs_countersign
    assert not decision.is_final


def test_the_family_is_told_nothing_before_a_service_is_decided(application, ida):
    with pytest.raises(notices.NothingToTell):
        notices.tell_family(application=application, by=ida, at=timezone.now())


def test_a_service_is_told_as_soon_as_it_is_decided_and_the_others_stay_open(application, ida):
    decide(application, "care_coordination", Outcome.AVAILABLE, ida)

    notice = notices.tell_family(application=application, by=ida, at=timezone.now())

    assert [line.decision.service for line in notice.lines.all()] == ["care_coordination"]
    application.refresh_from_db()
    assert application.status == Status.IN_REVIEW
    with pytest.raises(decisions.AlreadyDecided):
        decide(application, "care_coordination", Outcome.AVAILABLE, ida)
    with pytest.raises(notices.NothingToTell):
        notices.tell_family(application=application, by=ida, at=timezone.now())


def test_a_confirmed_listed_condition_opens_care_coordination(application):
    assert recommended(application)["care_coordination"] == Outcome.AVAILABLE


def test_the_family_reads_the_decision_and_its_reasons(application, ida, sam, rosa, signed_in):
    decide_everything(application, ida, sam)
    notices.tell_family(application=application, by=ida, at=timezone.now())

    page = signed_in(rosa.user).get(reverse("intake:decision", args=[application.number]))

    text = page.content.decode()
    application.refresh_from_db()
    assert application.status == Status.DECIDED
    for case in service_cases(application):
        if case.decision:
            assert case.name in text
            for reason in case.reasons_to_tell:
                assert reason.because.replace("’", "&#x27;").split("'")[0] in text
    assert Message.objects.filter(key="intake/decision_notice").count() == 1


def test_the_letter_says_what_the_person_wrote_and_no_open_question_beside_a_yes(rosa, ida, sam):
    application = SentApplicationFactory(family=rosa)
    said = {"code": ReasonCode.FAMILY_TOLD, "words": "Dr. Ruiz told us on the phone."}
    for case in service_cases(application):
        if case.is_asked:
            decided = decide(application, case.key, Outcome.AVAILABLE, ida, **said)
            if decided.needs_countersign:
                countersign(application, decided, sam)
    notices.tell_family(application=application, by=ida, at=timezone.now())

    letter = Message.objects.get(key="intake/decision_notice").text
    case = next(c for c in service_cases(application) if c.key == "care_coordination")
    told = letter[letter.index(f"{case.name}:") :].split("\n\n")[0]

    assert case.deciding_reasons
    assert "Dr. Ruiz told us on the phone." in told
    assert not any(reason.because in told for reason in case.deciding_reasons)


def test_a_decided_application_takes_no_more_decisions(application, ida, sam):
    decide_everything(application, ida, sam)
    notices.tell_family(application=application, by=ida, at=timezone.now())

    with pytest.raises(decisions.AlreadyDecided):
        decide(application, "care_coordination", Outcome.AVAILABLE, ida)


def test_the_worker_confirms_on_the_review_page(application, ida, signed_in):
    browser = signed_in(ida)
    url = reverse("intake:decide", args=[application.number, "care_coordination"])

    page = browser.post(
        url, {"care_coordination-outcome": "available", "care_coordination-reason_code": "agrees"}
    )

    assert page.status_code == 302
    assert ServiceDecision.objects.get().decided_by == ida
    application.refresh_from_db()
    assert application.status == Status.IN_REVIEW


def test_an_override_without_words_keeps_what_was_chosen(application, ida, signed_in):
    page = signed_in(ida).post(
        reverse("intake:decide", args=[application.number, "care_coordination"]),
        {"care_coordination-outcome": "not_available", "care_coordination-reason_code": "agrees"},
    )

    assert page.status_code == 422
    assert "say why in words" in page.content.decode()


def test_an_adult_without_cystic_fibrosis_is_still_given_an_answer(mississippi):
    from tests.factories.dates import MS, born

    family, _office = mississippi
    grown = FamilyFactory(
        program=MS,
        household__county=family.household.county,
        child__date_of_birth=born(22, MS),
        kind="own_applicant",
    )

    assert any(case.is_asked for case in service_cases(SentApplicationFactory(family=grown)))


def test_nobody_decides_on_facts_they_have_not_seen(application, ida, signed_in):
    shown = latest_determination(application).pk
    applications.ask_the_rules(application=application, by=ida, at=timezone.now())

    page = signed_in(ida).post(
        reverse("intake:decide", args=[application.number, "care_coordination"]),
        {
            "care_coordination-outcome": "available",
            "care_coordination-reason_code": "agrees",
            "care_coordination-seen": shown,
        },
    )

    assert page.status_code == 422
    assert "asked again" in page.content.decode()
    assert not ServiceDecision.objects.exists()


def test_who_has_read_what_the_rules_say_now_decides_with_one_press(application, ida, signed_in):
    shown = latest_determination(application).pk
    applications.ask_the_rules(application=application, by=ida, at=timezone.now())
    address = reverse("intake:decide", args=[application.number, "care_coordination"])
    sent = {"care_coordination-outcome": "available", "care_coordination-reason_code": "agrees"}
    page = signed_in(ida).post(address, sent | {"care_coordination-seen": shown})

    now = page.context["cases"]
    form = next(row["form"] for row in now if row["case"].key == "care_coordination")
    again = sent | {"care_coordination-seen": form["seen"].value()}

    assert signed_in(ida).post(address, again).status_code == 302
    assert ServiceDecision.objects.get().determination == latest_determination(application)


@pytest.mark.parametrize(
    ("days", "words"),
    [(-2, "2 days late"), (-1, "1 day late"), (0, "today"), (1, "1 day left"), (4, "4 days left")],
)
def test_the_queue_says_how_long_is_left_to_answer(days, words):
    assert days_left(days) == words
