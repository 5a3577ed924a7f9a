"""The referrals of an office: what cannot wait on top, and each way to go on from one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms_portal.work.models import Task
from intake.models import Application, InformationCall, Referral
from intake.referral_states import ReferralStatus
from tests.factories import AssignmentFactory, FamilyFactory, OfficeFactory, StaffFactory
from tests.factories.dates import MS, NM, days_from_today
from tests.intake.referring import BIRTHDAY, another, refer

LIST = reverse("intake:referrals")
S = ReferralStatus


@pytest.fixture
def ida_in(signed_in, ida):
    return signed_in(ida)


@pytest.fixture
def referral(office, ida):
    return refer(office.county, at=timezone.now())


def at(name, referral):
    return reverse(f"intake:{name}", args=[referral.number])


def page(client, address):
    return client.get(address).content.decode()


def test_neither_another_office_nor_the_other_program_sees_it(signed_in, office, referral):
    elsewhere = StaffFactory(role="intake-worker", office=OfficeFactory())
    mississippi = StaffFactory(role="program-supervisor", program=MS)

    for stranger in (elsewhere, mississippi):
        client = signed_in(stranger)
        assert client.get(referral.get_absolute_url()).status_code == 404
        assert client.post(at("close_referral", referral)).status_code == 404
        assert "Marisol" not in page(client, LIST)


def test_a_social_worker_sees_all_of_the_office_and_a_supervisor_of_the_region(
    signed_in, office, referral
):
    for role, where in (
        ("social-worker", {"office": office}),
        ("supervisor", {"region": office.region}),
        ("program-supervisor", {"program": NM}),
    ):
        client = signed_in(StaffFactory(role=role, **where))
        assert "Marisol Prueba" in page(client, LIST)
        assert client.get(referral.get_absolute_url()).status_code == 200


def test_the_list_has_the_urgent_on_top_and_says_how_long_each_waits(ida_in, office):
    another(office.county, 1, at=timezone.now() - timedelta(days=3))
    another(office.county, 2, at=timezone.now(), urgency="medicine")
    shown = page(ida_in, LIST)

    assert shown.index("Child2 Other2") < shown.index("Child1 Other1")
    assert "3 days" in shown
    assert "Has no regular doctor" in shown
    assert "9 years old" in shown


def test_what_is_over_or_has_become_an_application_is_not_on_the_list(ida_in, office, referral):
    joined = refer(office.county, at=timezone.now())
    assert joined.status == S.JOINED
    assert page(ida_in, LIST).count("Marisol") == 1

    ida_in.post(at("close_referral", referral), {"reason": "declined"})
    assert "Marisol" not in page(ida_in, LIST)


def test_the_list_asks_as_often_for_thirty_as_for_three(ida_in, office):
    def asked(count):
        for number in range(count):
            another(office.county, number, at=timezone.now() + timedelta(seconds=count))
        ida_in.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert ida_in.get(LIST).status_code == 200
        return len(queries)

    few, many = asked(3), asked(30)
    assert few == many
    assert many <= 12 + 2


def test_a_try_is_kept_in_one_line(ida_in, referral):
    address = at("log_attempt", referral)
    wrong = ida_in.post(address, {"channel": "call", "outcome": "reached", "note": "Call back"})
    assert wrong.status_code == 422
    assert "Write with whom you spoke." in wrong.content.decode()
    assert "Call back" in wrong.content.decode()

    ida_in.post(address, {"channel": "call", "outcome": "no_answer", "note": "Call back"})
    referral.refresh_from_db()
    shown = page(ida_in, referral.get_absolute_url())
    assert referral.status == S.TRYING
    assert "Phone call: No answer" in shown
    assert "Tried on 1 of 3 days" in shown


@pytest.mark.parametrize("calling", ["ask", "call", "unsure"])
def test_a_worker_is_warned_before_a_call_that_could_harm(ida_in, office, calling):
    shown = page(ida_in, another(office.county, 1, calling=calling).get_absolute_url())

    assert ("Do not call the family." if calling == "ask" else "Leave no message.") in shown


def test_an_application_begins_with_what_the_referral_says_and_remembers_it(ida_in, referral):
    address = at("take_referred", referral)
    shown = page(ida_in, address)
    for told in ("Marisol", "Prueba", "Elena", "(505) 555-0122"):
        assert f'value="{told}"' in shown

    born = {f"date_of_birth_{part}": getattr(BIRTHDAY, part) for part in ("year", "month", "day")}
    ida_in.post(
        address,
        {
            "first_name": "Marisol",
            "last_name": "Prueba",
            "relation": "parent",
            "start_key": "5f0e6f43-5a1a-4f0b-9d0c-3f9ee3f9f6a1",
            "channel": "phone",
            "guardian_first_name": "Elena",
            "guardian_last_name": "Prueba",
            "phone": "505-555-0122",
            "spoken_language": "es",
            "written_language": "es",
            **born,
        },
    )
    application = Application.objects.get()
    referral.refresh_from_db()
    assert (referral.application, referral.child) == (application, application.child)
    assert referral.status == S.REACHED
    assert not Task.objects.open().filter(kind="intake.contact").exists()


def test_an_application_for_a_child_we_know_remembers_it_too(ida_in, office, ida, rosa, referral):
    AssignmentFactory(child=rosa.child, office=office, worker=ida)
    sent = {"household": rosa.household.pk, "referral": referral.number}
    ida_in.post(reverse("intake:take_for_known", args=[rosa.child.pk]), sent)

    referral.refresh_from_db()
    assert referral.child == rosa.child


def test_already_with_us_is_a_child_the_worker_may_see(ida_in, office, ida, referral):
    same = {"first_name": "Marisol", "last_name": "Prueba", "date_of_birth": BIRTHDAY}
    hidden = FamilyFactory(**{f"child__{name}": value for name, value in same.items()}).child
    address = at("already_served", referral)
    assert 'name="child"' not in page(ida_in, address)
    assert ida_in.post(address, {"child": hidden.pk}).status_code == 422

    AssignmentFactory(child=hidden, office=office, worker=ida)
    ida_in.post(address, {"child": hidden.pk})
    referral.refresh_from_db()
    assert (referral.status, referral.child) == (S.ALREADY_SERVED, hidden)


def test_two_workers_close_it_once_and_the_second_is_told(ida_in, referral):
    for _worker in range(2):
        last = ida_in.post(at("pass_on", referral), {"to": f"First Steps {_worker}"}, follow=True)

    referral.refresh_from_db()
    assert referral.passed_on_to == "First Steps 0"
    assert "Somebody closed this referral meanwhile." in last.content.decode()


def test_not_reached_is_closed_only_after_all_steps(ida_in, referral):
    response = ida_in.post(at("close_referral", referral), {"reason": "no_contact"})

    assert response.status_code == 422
    assert "First go through all steps" in response.content.decode()


def test_another_office_gets_the_referral_and_its_task(signed_in, ida_in, office, referral):
    there = OfficeFactory(region=office.region)
    worker = StaffFactory(role="intake-worker", office=there)
    ida_in.post(at("hand_over", referral), {"office": there.pk})

    referral.refresh_from_db()
    task = Task.objects.get()
    assert (referral.office, referral.worker) == (there, worker)
    assert (task.office, task.owner) == (there, worker)
    assert ida_in.get(referral.get_absolute_url()).status_code == 404


def test_an_office_of_the_other_program_is_no_choice(ida_in, referral):
    jackson = OfficeFactory(program=MS)

    assert ida_in.post(at("hand_over", referral), {"office": jackson.pk}).status_code == 422


def test_those_that_may_be_one_child_are_shown_and_joined_by_hand(ida_in, office, referral):
    other = refer(office.county, at=timezone.now(), first_name="Marisela", phone="+15055550177")
    assert other.joined_to is None
    assert referral.number in page(ida_in, other.get_absolute_url())

    ida_in.post(at("join_referral", other), {"to": referral.number})
    other.refresh_from_db()
    assert other.joined_to == referral
    assert other.number in page(ida_in, referral.get_absolute_url())


def test_a_caller_who_only_asks_is_one_line_without_a_name(ida_in, office, ida):
    address = reverse("intake:log_information")
    assert ida_in.post(address, {"topic": "", "spoken_language": "en"}).status_code == 422

    ida_in.post(
        address,
        {"topic": "insurance", "spoken_language": "es", "county": office.county.pk, "name": "R"},
    )
    call = InformationCall.objects.get()
    assert (call.office, call.county, call.on, call.by) == (
        office,
        office.county,
        days_from_today(0),
        ida,
    )


def test_the_history_of_a_referral_is_told_in_sentences(ida_in, referral):
    ida_in.post(at("log_attempt", referral), {"channel": "text", "outcome": "message_left"})
    shown = page(ida_in, referral.get_absolute_url())

    assert f"Referral {referral.number} came in." in shown
    assert "Ida Romero tried and did not reach the family yet." in shown


@pytest.mark.parametrize("name", ["log_attempt", "close_referral", "pass_on", "join_referral"])
@pytest.mark.parametrize("text", ["a\0b", "x" * 1_000_000, "\ufffd"])
def test_hostile_text_changes_nothing(ida_in, referral, name, text):
    data = dict.fromkeys(("channel", "outcome", "reached", "note", "reason", "to", "words"), text)

    assert ida_in.post(at(name, referral), data).status_code == 422
    assert Referral.objects.get().status == S.RECEIVED


def test_a_number_with_broken_bytes_is_a_page_that_does_not_exist(ida_in, office, ida, rosa):
    AssignmentFactory(child=rosa.child, office=office, worker=ida)
    assert ida_in.get("/referrals/%00/").status_code == 404
    sent = {"household": rosa.household.pk, "referral": "a\0"}
    known = reverse("intake:take_for_known", args=[rosa.child.pk])
    assert ida_in.post(known, sent).status_code == 404
