"""Starting an application: once, for one's own child, and without learning of anybody else's."""

import re
import uuid

from django.urls import reverse

from intake.actions import applications
from intake.models import Application, Channel
from tests.factories import FamilyFactory, SecondHomeFactory, StaffFactory
from tests.factories.applications import start
from tests.factories.dates import NM
from tests.intake.telling import tell_of_luz


def without_token(page):
    """The same page twice differs in the token of its forms, and in the address it came by."""
    text = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page.content)
    return re.sub(rb"/applications/[0-9A-Z-]+/", b"", text)


def test_a_stranger_cannot_tell_that_an_application_exists(rosa, office, signed_in):
    application = start(rosa)
    browser = signed_in(FamilyFactory(household__county=office.county).user)

    foreign = browser.get(reverse("intake:tasks", args=[application.number]))
    missing = browser.get(reverse("intake:tasks", args=["ZZZZ-ZZZZ"]))

    assert foreign.status_code == missing.status_code == 404
    assert without_token(foreign) == without_token(missing)


def test_the_other_parent_starts_their_own_and_never_learns_of_the_first(rosa, signed_in):
    first = start(rosa)
    other = SecondHomeFactory(child=rosa.child)

    second = start(other)

    assert second != first
    assert second.household == other.household
    page = signed_in(other.user).get(reverse("intake:tasks", args=[first.number]))
    assert page.status_code == 404


def test_a_family_has_one_open_application_for_a_child(rosa):
    assert start(rosa) == start(rosa)
    assert Application.objects.count() == 1


def test_the_same_page_sent_twice_opens_one_record(rosa):
    key = uuid.uuid4()

    def send_page():
        return applications.open_record_and_start(
            program="nm-cms",
            child={
                "first_name": "Luz",
                "last_name": "Baca",
                "date_of_birth": rosa.child.date_of_birth,
            },
            guardian={"first_name": "Rosa", "last_name": "Baca"},
            relation="parent",
            channel=Channel.WEB,
            start_key=key,
            on=rosa.authority.starts_on,
            by=rosa.user,
            user=rosa.user,
        )

    assert send_page() == send_page()
    assert rosa.household.memberships.count() == 2


def test_the_page_gone_back_to_takes_the_next_child_instead_of_naming_the_first(rosa, signed_in):
    browser = signed_in(rosa.user)
    typed = {
        "first_name": "Inés",
        "last_name": "Baca",
        "date_of_birth_month": "5",
        "date_of_birth_day": "4",
        "date_of_birth_year": "2019",
        "relation": "parent",
        "start_key": uuid.uuid4(),
    }
    address = reverse("intake:new_child", args=[NM])

    browser.post(address, typed)
    browser.post(address, typed)
    browser.post(address, typed | {"first_name": "Tomás"})

    told = Application.objects.order_by("pk").values_list("child__first_name", flat=True)
    assert list(told) == ["Inés", "Tomás"]


def test_nobody_finds_an_application_by_sending_the_key_of_its_page(rosa, office):
    key = uuid.uuid4()
    mine = applications.start(
        child=rosa.child,
        household=rosa.household,
        channel=Channel.WEB,
        start_key=key,
        by=rosa.user,
    )
    stranger = FamilyFactory(household__county=office.county)

    theirs = applications.start(
        child=stranger.child,
        household=stranger.household,
        channel=Channel.WEB,
        start_key=key,
        by=stranger.user,
    )

    assert theirs != mine
    assert theirs.child == stranger.child


def test_choosing_a_child_that_is_not_ones_own_is_an_error_on_the_page(rosa, office, signed_in):
    other = FamilyFactory(household__county=office.county)
    browser = signed_in(rosa.user)

    page = browser.post(
        reverse("intake:start", args=["nm-cms"]),
        {"who": other.child.pk, "start_key": uuid.uuid4()},
    )

    assert page.status_code == 422
    assert not Application.objects.filter(child=other.child).exists()


def test_a_new_child_is_told_of_and_the_first_page_opens(rosa, signed_in):
    page = tell_of_luz(signed_in(rosa.user))

    assert page.status_code == 302
    assert Application.objects.get(child__first_name="Luz").household == rosa.household


def test_thirty_february_is_a_sentence_at_the_field_and_what_was_typed_stays(rosa, signed_in):
    page = tell_of_luz(signed_in(rosa.user), date_of_birth_day="30")

    assert page.status_code == 422
    assert "February 2020 has 29 days" in page.content.decode()
    assert 'value="30"' in page.content.decode()


def test_staff_open_no_record_on_a_familys_page_whatever_their_role(office, signed_in):
    privacy = StaffFactory(role="privacy-officer", program=NM)

    page = tell_of_luz(signed_in(privacy))

    assert page.status_code == 403
    assert not Application.objects.exists()
