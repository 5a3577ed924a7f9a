"""Staff accounts are opened and ended by two commands, with a name to answer for each."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from cms_portal.accounts.management.commands import open_staff_account
from cms_portal.accounts.models import RoleGrant, User
from tests.accounts.people import STAFF_PASSWORD, is_signed_in, sign_in_staff
from tests.factories import OfficeFactory, RegionFactory, UserFactory

pytestmark = pytest.mark.django_db

WHO = {"name": "Ida Romero", "email": "ida@example.org"}


@pytest.fixture(autouse=True)
def typed(monkeypatch) -> list[str]:
    """What is typed where a password is asked for, again and again."""
    answers = [STAFF_PASSWORD, STAFF_PASSWORD]
    monkeypatch.setattr(open_staff_account, "getpass", lambda _ask: answers.pop(0))
    return answers


def hire(**facts: str | date) -> None:
    given = {"role": "program-supervisor", "program": "nm-cms", **WHO, **facts}
    call_command("open_staff_account", "ida", **given)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"role": "intake-worker"}, "needs --office"),
        ({"role": "intake-worker", "office": "nowhere"}, "needs --office"),
        ({"role": "supervisor"}, "needs --region"),
        ({"name": ""}, "needs --name"),
        ({"email": "no address"}, "email"),
        ({"ends_on": date(2020, 1, 1)}, "end before it begins"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_and_nothing_is_left(wrong, says):
    with pytest.raises(CommandError, match=says):
        hire(**wrong)
    assert not User.objects.filter(username="ida").exists()


def test_an_office_of_the_other_program_is_none(typed):
    jackson = OfficeFactory(program="ms-cmp")
    with pytest.raises(CommandError, match="needs --office"):
        hire(role="intake-worker", office=jackson.slug)


@pytest.mark.parametrize("passwords", [["short", "short"], [STAFF_PASSWORD, "another one, longer"]])
def test_a_weak_or_mistyped_password_opens_nothing(typed, passwords):
    typed[:] = passwords
    with pytest.raises(CommandError):
        hire()
    assert not User.objects.filter(username="ida").exists()


def test_a_family_account_becomes_no_staff_account():
    UserFactory(username="ida")
    with pytest.raises(CommandError, match="no staff account"):
        hire()
    assert not RoleGrant.objects.exists()


@pytest.mark.usefixtures("strict")
def test_who_was_hired_signs_in_and_sets_up_a_second_proof(client):
    hire()

    sign_in_staff(client, User.objects.get(username="ida"))

    assert is_signed_in(client)
    assert client.get(reverse("home")).url == reverse("account_second_factor")
    assert RoleGrant.objects.get().history.get().history_user.username == "system"


def test_a_second_role_goes_to_the_same_account():
    hire()
    northeast = RegionFactory(program="nm-cms")

    hire(role="clinic-coordinator", region=northeast.slug)

    assert User.objects.filter(username="ida").count() == 1
    assert {grant.role for grant in RoleGrant.objects.all()} == {
        "program-supervisor",
        "clinic-coordinator",
    }


def test_an_ended_account_is_out_with_the_next_click(client):
    hire()
    ida = User.objects.get(username="ida")
    client.force_login(ida)

    call_command("end_staff_account", "ida", reason="left the agency")

    client.get(reverse("account_home"))
    assert not is_signed_in(client)
    assert ida.history.first().history_change_reason == "left the agency"


@pytest.mark.parametrize(("hour", "is_open"), [(6, True), (7, False)])
def test_an_account_lasts_until_midnight_of_its_offices_not_of_the_server(
    client, time_machine, hour, is_open
):
    hire()
    call_command("end_staff_account", "ida", on=date(2030, 3, 2), reason="leaves the agency")
    time_machine.move_to(datetime(2030, 3, 2, hour, 59 if is_open else 0, tzinfo=UTC))
    client.force_login(User.objects.get(username="ida"))

    client.get(reverse("account_home"))

    assert is_signed_in(client) is is_open


def test_only_a_staff_account_is_ended():
    UserFactory(username="rosa")
    with pytest.raises(CommandError, match="no staff account"):
        call_command("end_staff_account", "rosa", reason="a mistake")
    assert User.objects.get(username="rosa").ends_on is None
