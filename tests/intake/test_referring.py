"""Anybody may refer a child on one public page, and learns nothing from it."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction

from cms_portal import programs
from cms_portal.audit.models import Evidence
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from intake.models import Referral
from intake.referral_words import agreement
from tests.factories import ChildFactory, CountyFactory, OfficeFactory, the_portal
from tests.factories.dates import MS, NM, days_from_today
from tests.intake.referring import NEWBORN, REFER, link_in, newborn, refer, typed
from tests.welcome.test_bad_input import HOSTILE, as_sent

pytestmark = pytest.mark.usefixtures("office", "ida")


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    yield
    cache.clear()


def send(client, data, address=REFER):
    return client.post(address, data)


def without_its_own(page: str, *names: str) -> str:
    """Return an answer without what differs each time: the number, the link, the page's tokens."""
    page = re.sub(r"[2-9A-Z]{4}-[2-9A-Z]{4}|/referral-receipt/\w+/", "", page)
    return re.sub(r'value="[^"]*"', "", page)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"source": ""}, "Choose an answer for “You are…”."),
        ({"source": "hearing"}, "Choose one of the answers shown for “You are…”."),
        ({"referrer_name": ""}, "Write an answer for “Your name”."),
        ({"referrer_phone": "", "referrer_email": ""}, "Give a phone or an email of yours."),
        ({"first_name": ""}, "Write an answer for “Child’s first name”."),
        ({"born_on_year": "", "born_on_month": "", "born_on_day": ""}, "or about how old"),
        ({"phone": ""}, "Give a phone of the family, or another way to reach them."),
        ({"reasons": []}, "Choose an answer for “Why? Mark all that fit”."),
        ({"reasons": ["hearing"]}, "Choose one of the answers shown"),
        ({"calling": ""}, "Choose an answer for “Is it safe to call them?”."),
        ({"agrees": ""}, "Tick “Yes, the family agrees” to go on."),
        ({"agreed_by": ""}, "Write who of the family agreed."),
        ({"news_by": "email", "referrer_email": ""}, "We need this to write to you."),
        ({"county": "999999"}, "Choose one of the answers shown"),
        ({"zip_code": "12"}, "Write a ZIP code with 5 digits"),
        ({"urgency": "bored"}, "Choose one of the answers shown"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(client, wrong, sentence):
    response = send(client, typed(**wrong))
    page = response.content.decode()

    assert response.status_code == 422
    assert sentence in page
    assert "Her inhaler is empty." in page
    assert not Referral.objects.exists()


def test_a_county_of_the_other_state_is_not_taken(client):
    assert send(client, typed(CountyFactory(program=MS))).status_code == 422


def test_a_referral_goes_to_a_person_of_the_countys_office(client, office, ida):
    response = send(client, typed(office.county))

    referral, task = Referral.objects.get(), Task.objects.get()
    assert response.status_code == 200
    assert (referral.office, referral.worker) == (office, ida)
    assert (task.about, task.owner, task.due_on) == (referral, ida, referral.due_on)
    assert not task.is_urgent


def test_a_zip_code_alone_finds_the_county(client, office, ida):
    taos = CountyFactory(name="Taos", region=office.region)
    OfficeFactory(region=office.region, county=taos)

    send(client, typed(zip_code="87571"))

    assert Referral.objects.get().county == taos


def test_the_answer_is_the_same_for_a_child_we_know_and_one_we_do_not(client, office):
    unknown = send(client, typed(office.county)).content.decode()
    ChildFactory(first_name="Joaquín", last_name="Conocido")
    known = typed(office.county, first_name="Joaquin", last_name="Conocido", phone="505-555-0177")
    again = send(client, known).content.decode()
    joined = send(client, typed(office.county)).content.decode()

    assert without_its_own(again) == without_its_own(unknown)
    assert without_its_own(joined) == without_its_own(unknown)


def test_the_answer_names_nobody_and_nothing_of_health(client, office):
    page = send(client, typed(office.county)).content.decode()

    assert Referral.objects.get().number in page
    for told in ("Marisol", "Prueba", "inhaler", "0122"):
        assert told not in page


def test_the_words_the_family_agreed_to_are_kept_as_shown(client, office):
    send(client, typed(office.county))

    referral = Referral.objects.get()
    assert referral.agreed_words == agreement(programs.get(NM))
    assert (referral.agreed_by, referral.agreed_on) == ("Elena Prueba", days_from_today(0))


def test_only_a_newborn_program_refers_without_a_yes(client, office):
    assert send(client, newborn(), NEWBORN).status_code == 200
    assert Referral.objects.get().agreed is False
    with pytest.raises(IntegrityError, match="the_family_agreed_to"), transaction.atomic():
        refer(office.county, agreed_by="", agreed_words="", agreed_on=None)


def test_a_newborn_program_that_was_told_yes_says_so(client):
    send(client, newborn(agrees="on", agreed_by="Elena", may_tell_referrer="on"), NEWBORN)

    referral = Referral.objects.get()
    assert (referral.agreed_by, referral.may_tell_referrer) == ("Elena", True)


def test_a_family_that_refers_its_own_child_writes_its_name_once(client):
    send(client, typed(source="family", guardian_name="", phone="", agreed_by=""))

    referral = Referral.objects.get()
    assert referral.guardian_name == referral.agreed_by == "Nina Nurse"
    assert referral.phone == referral.referrer_phone


def test_without_a_birthday_the_age_is_enough(client):
    nothing = {"born_on_year": "", "born_on_month": "", "born_on_day": ""}
    send(client, typed(**nothing, age="7"))

    assert (Referral.objects.get().born_on, Referral.objects.get().age) == (None, 7)


def test_the_same_page_sent_twice_is_one_referral(client, office):
    page = typed(office.county)
    first, second = (send(client, page).content.decode() for _n in range(2))

    referral = Referral.objects.get()
    assert referral.number in first
    assert referral.number in second
    assert Task.objects.count() == 1
    for answered in (first, second):
        assert client.get(link_in(answered)).status_code == 200


def test_what_was_changed_and_sent_again_is_not_lost(client, office):
    page = typed(office.county)
    send(client, page)
    send(client, page | {"other_phone": "505-555-0199"})

    main, later = Referral.objects.order_by("pk")
    assert later.joined_to == main
    assert str(later.other_phone) == "+15055550199"


def test_too_many_from_one_connection_keep_what_they_typed(client, office):
    for number in range(30):
        data = typed(office.county, last_name=f"N{number}", phone=f"505-555-{1000 + number}")
        assert send(client, data).status_code == 200
    response = send(client, typed(office.county))

    assert response.status_code == 429
    assert "Her inhaler is empty." in response.content.decode()
    assert Referral.objects.count() == 30


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_in_any_field_gets_a_sentence_and_nothing_is_lost(client, office, text):
    for address, page in ((REFER, typed(office.county)), (NEWBORN, newborn())):
        for name in page:
            cache.clear()
            response = send(client, page | {name: as_sent(text)}, address)
            assert response.status_code in (200, 422), (name, response.status_code)
            if response.status_code == 422 and name != "referrer_name":
                assert "Nina Nurse" in response.content.decode(), name


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("way", "to"), [("email", "nina@example.test"), ("text", "+15055550111")])
def test_the_receipt_is_sent_without_anything_of_the_child_and_the_link_is_kept_nowhere(
    client, office, way, to
):
    page = send(client, typed(office.county, news_by=way)).content.decode()

    token = link_in(page).split("/")[2]
    message = Message.objects.get()
    assert message.address == to
    assert "Marisol" not in f"{message.subject} {message.body} {message.text}"
    assert "inhaler" not in f"{message.subject} {message.body} {message.text}"
    assert token not in f"{message.body} {message.text}"
    assert message.secret in (token, "")
    if way == "email" and mail.outbox:
        assert token in mail.outbox[0].body


@pytest.mark.django_db(transaction=True)
def test_the_token_of_a_receipt_is_in_no_evidence(client, office):
    from tests.logins import as_login

    page = send(client, typed(office.county)).content.decode()
    with as_login("auditor"):
        trail = str(list(Evidence.objects.values_list("after", "before")))
    assert link_in(page).split("/")[2] not in trail


def test_a_program_without_anybody_at_work_still_keeps_it(client):
    OfficeFactory(program=MS, county=CountyFactory(program=MS), is_central=True)
    referral = refer(None, program=MS)

    assert referral.worker is None
    assert Task.objects.get(program=MS).office == referral.office
    assert referral.history.get().history_user == the_portal()


def test_a_worker_who_writes_down_a_call_is_named_and_a_family_is_not(signed_in, office, ida, rosa):
    for user, name in ((ida, ida), (rosa.user, the_portal())):
        told = typed(office.county, last_name=f"By{user.pk}", phone=f"505-555-{1000 + user.pk}")
        assert send(signed_in(user), told).status_code == 200
        assert Referral.objects.latest("pk").history.get().history_user == name
