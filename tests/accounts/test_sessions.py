"""Sessions end in time, and leave nothing behind in the browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts.actions import end_employment
from cms_portal.accounts.models import RoleGrant, SignIn
from cms_portal.audit.tracking import save_tracked
from tests.accounts.people import (
    is_signed_in,
    sign_in,
)
from tests.factories import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db

NAME_PAGE = "/account/name/"


def test_a_shared_computer_is_signed_out_after_ten_minutes(client, rosa, clock):
    sign_in(client, rosa, is_shared_computer="on")

    clock.shift(timedelta(minutes=11))

    assert client.get(reverse("account_home")).status_code == 302


@pytest.mark.parametrize(("kind", "minutes"), [("staff", 15), ("family", 30)])
def test_a_session_lasts_as_long_as_its_kind_allows(client, clock, kind, minutes):
    client.force_login(StaffFactory() if kind == "staff" else UserFactory())
    client.get(reverse("account_home"))

    clock.shift(timedelta(minutes=minutes - 1))
    assert client.get(reverse("account_home")).status_code == 200

    clock.shift(timedelta(minutes=minutes + 1))
    assert client.get(reverse("account_home")).status_code == 302


def test_staying_takes_one_click(client, rosa, clock):
    client.force_login(rosa)
    client.get(reverse("account_home"))
    for _ in range(3):
        clock.shift(timedelta(minutes=29))
        client.post(reverse("ui:stay"))

    assert client.get(reverse("account_home")).status_code == 200


def test_the_end_date_of_staff_bites_on_the_next_request(client):
    ida = StaffFactory()
    client.force_login(ida)
    assert client.get(reverse("account_home")).status_code == 200

    end_employment(user=ida, on=timezone.localdate(), by=ida, reason="left")

    assert client.get(reverse("account_home")).status_code == 302
    assert not is_signed_in(client)


def test_the_end_date_of_a_role_bites_on_the_next_request(client):
    ida = StaffFactory(role="program-supervisor")
    client.force_login(ida)
    assert client.get(reverse("sign_in_help")).status_code == 200

    grant = RoleGrant.objects.get(user=ida)
    grant.ends_on = timezone.localdate() - timedelta(days=1)
    save_tracked(grant, by=ida, reason="role ended")

    assert client.get(reverse("sign_in_help")).status_code == 403


def test_signed_in_pages_are_not_stored_and_signing_out_clears_the_browser(client, rosa):
    client.force_login(rosa)
    assert "no-store" in client.get(reverse("account_home"))["Cache-Control"]

    response = client.post(reverse("account_logout"))

    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in response["Cache-Control"]
    assert not is_signed_in(client)


def test_public_pages_may_be_stored(client):
    assert "Cache-Control" not in client.get(reverse("ui:expired"))


def test_signing_out_is_kept(client, rosa):
    sign_in(client, rosa)

    client.post(reverse("account_logout"))

    assert SignIn.objects.get().ended_at is not None


def test_signing_out_takes_a_post(client, rosa):
    client.force_login(rosa)

    client.get(reverse("account_logout"))

    assert is_signed_in(client)
