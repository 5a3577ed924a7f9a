"""Staff sign in with a password and a second factor, and reach nothing before it."""

from __future__ import annotations

from contextlib import suppress
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from cms_portal.accounts.middleware import SecondFactorMiddleware
from cms_portal.accounts.models import RoleGrant
from cms_portal.audit.tracking import save_tracked
from tests.accounts.apps import code_now, give_app
from tests.accounts.people import (
    PASSPHRASE,
    STAFF_PASSWORD,
    ask_for_code,
    is_signed_in,
    newest_code,
    sign_in_staff,
    type_code,
    type_pin,
)
from tests.factories import StaffFactory
from tests.factories.dates import days_from_today

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict")]

SETTING_UP = SecondFactorMiddleware.OPEN | SecondFactorMiddleware.TO_SET_UP


@pytest.fixture
def ida():
    return StaffFactory(username="ida", email="ida@example.test")


def patterns(resolver: URLResolver, namespace: str = ""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        else:
            yield f"{namespace}{entry.name}"


def addresses():
    """Every address of the portal that takes no argument, with its name."""
    for name in patterns(get_resolver()):
        with suppress(NoReverseMatch):
            yield name, reverse(name)


def reached(client: Client) -> set[str]:
    """Return the names of the pages that show, and not only lead elsewhere."""
    return {name for name, path in addresses() if client.get(path).status_code == 200}


def test_a_wrong_password_opens_nothing(client, ida):
    assert sign_in_staff(client, ida, "not the password").status_code == 422
    assert not is_signed_in(client)


def test_a_family_cannot_sign_in_on_the_staff_page(client, rosa):
    assert sign_in_staff(client, rosa, PASSPHRASE).status_code == 422
    assert not is_signed_in(client)


def test_f3_without_a_second_factor_staff_reach_only_its_set_up(client, ida):
    sign_in_staff(client, ida)
    assert is_signed_in(client)

    pages = reached(client)

    assert pages <= SETTING_UP
    assert "account_second_factor" in pages


def test_f3_finds_a_door_left_open(client, ida, monkeypatch):
    """Positive control: the walk sees it when the middleware lets a page through."""
    monkeypatch.setattr(
        SecondFactorMiddleware, "OPEN", SecondFactorMiddleware.OPEN | {"account_home"}
    )
    sign_in_staff(client, ida)

    assert "account_home" in reached(client) - SETTING_UP


def test_f3_every_other_address_and_method_leads_to_the_set_up(client, ida, rf):
    """Asks the middleware about each address there is, also those about one row."""
    names = set(patterns(get_resolver()))
    middleware = SecondFactorMiddleware(lambda request: HttpResponse())
    led = set()
    for name in names:
        for method in ("get", "post"):
            request = getattr(rf, method)("/")
            request.user, request.session = ida, {}
            request.resolver_match = SimpleNamespace(view_name=name)
            answer = middleware.process_view(request, None, None, None)
            if answer is not None:
                assert answer.url == reverse("account_second_factor")
                led.add(name)

    assert len(names) > 50
    assert names - led == SETTING_UP


def test_password_alone_does_not_sign_in_somebody_who_has_an_app(client, ida):
    give_app(ida)

    response = sign_in_staff(client, ida)

    assert response.url == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_password_and_app_sign_in(client, ida):
    secret = give_app(ida)
    sign_in_staff(client, ida)

    response = client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})

    assert response.url == reverse("home")
    assert client.get(reverse("account_home")).status_code == 200


def test_a_code_of_the_app_works_once_for_as_long_as_it_is_taken(client, ida):
    secret = give_app(ida)
    code = code_now(secret)
    sign_in_staff(client, ida)
    client.post(reverse("mfa_authenticate"), {"code": code})
    other = Client()
    sign_in_staff(other, ida)

    other.post(reverse("mfa_authenticate"), {"code": code})

    assert not is_signed_in(other)


def test_a_session_from_before_the_app_must_use_it(client, ida):
    sign_in_staff(client, ida)
    give_app(ida)

    assert client.get(reverse("account_home")).url == reverse("mfa_reauthenticate")


def test_somebody_without_a_second_factor_sets_one_up_and_goes_on(client, ida):
    sign_in_staff(client, ida)
    assert client.get(reverse("home")).url == reverse("account_second_factor")
    client.post(reverse("account_reauthenticate"), {"password": STAFF_PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

    assert client.get(reverse("account_home")).status_code == 200


def test_setting_one_up_asks_for_the_password_again(client, ida):
    sign_in_staff(client, ida)

    response = client.get(reverse("mfa_activate_totp"))

    assert response.url.startswith(reverse("account_reauthenticate"))


def test_the_last_second_factor_of_staff_stays(client, ida):
    secret = give_app(ida)
    sign_in_staff(client, ida)
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    client.post(reverse("account_reauthenticate"), {"password": STAFF_PASSWORD})

    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=ida).exists()


def test_by_an_emailed_code_staff_still_need_password_and_app(client, ida):
    """The way in while somebody floods the staff page with wrong passwords."""
    secret = give_app(ida)
    ask_for_code(client, ida.email)
    assert type_code(client, newest_code()).url == reverse("account_pin")
    assert type_pin(client, STAFF_PASSWORD).url == reverse("mfa_authenticate")

    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})

    assert is_signed_in(client)


def test_a_second_factor_of_another_account_does_not_count(client, ida):
    """The note of it in the session carries the account, so a shared browser brings no shortcut."""
    other = StaffFactory()
    secret = give_app(other)
    sign_in_staff(client, other)
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    client.force_login(ida)

    assert client.get(reverse("account_home")).url == reverse("account_second_factor")


@pytest.mark.parametrize(
    ("starts", "ends"), [(-1, None), (0, None), (1, None), (-1, 0), (-1, 1), (0, 0), (0, 1)]
)
def test_a_role_is_in_force_in_a_list_where_it_is_for_its_person(ida, starts, ends):
    grant = ida.role_grants.get()
    grant.starts_on = days_from_today(starts)
    grant.ends_on = None if ends is None else days_from_today(ends)
    save_tracked(grant, by=ida, reason="other days")

    assert RoleGrant.objects.current().filter(pk=grant.pk).exists() is grant.is_in_force
    assert grant.is_in_force is (starts <= 0 and (ends is None or ends > 0))
