"""What was typed and not sent comes back to the same person, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from cms_portal.accounts import keys
from cms_portal.accounts.models import UnsentForm
from tests.accounts.people import (
    ask_for_code,
    is_signed_in,
    newest_code,
    sign_in,
    type_code,
    type_pin,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NAME_PAGE = "/account/name/"


def end_session_while_typing(client, clock, typed):
    clock.shift(timedelta(hours=1))
    return client.post(NAME_PAGE, typed)


def test_what_was_typed_too_late_changes_nothing(client, rosa, clock):
    sign_in(client, rosa)

    response = end_session_while_typing(client, clock, {"name": "Rosa Nueva"})

    rosa.refresh_from_db()
    assert rosa.name == "Rosa Baca"
    assert response.url.startswith(reverse("account_login"))


def test_what_was_typed_comes_back_to_the_same_person(client, rosa, clock):
    sign_in(client, rosa)
    end_session_while_typing(client, clock, {"name": "Rosa Nueva"})

    ask_for_code(client, rosa.email, next=NAME_PAGE)
    type_code(client, newest_code())
    page = client.get(type_pin(client).url)

    assert 'value="Rosa Nueva"' in page.content.decode()
    assert "not sent yet" in page.content.decode()


def test_a_button_pressed_too_late_leads_back_to_the_page_it_stood_on(client, rosa, clock):
    sign_in(client, rosa)
    check = reverse("intake:check", args=["AAAA-BBBB"])
    clock.shift(timedelta(hours=1))

    response = client.post(
        reverse("intake:submit", args=["AAAA-BBBB"]),
        {"name": "Rosa Baca"},
        headers={"Referer": f"http://testserver{check}"},
    )

    assert UnsentForm.objects.get().path == check
    assert response.url.endswith(f"?next={check}")


def test_a_page_of_another_site_is_never_led_back_to(client, rosa, clock):
    sign_in(client, rosa)
    clock.shift(timedelta(hours=1))

    client.post(
        reverse("intake:submit", args=["AAAA-BBBB"]),
        {"name": "Rosa Baca"},
        headers={"Referer": "https://elsewhere.example/check/"},
    )

    assert UnsentForm.objects.get().path == "/"


def test_another_person_never_sees_what_was_typed(client, rosa, clock):
    sign_in(client, rosa)
    end_session_while_typing(client, clock, {"name": "CANARY-9281"})

    sign_in(client, UserFactory())
    pages = [client.get(path).content.decode() for path in (NAME_PAGE, reverse("account_home"))]

    assert not any("CANARY-9281" in page for page in pages)
    assert "CANARY-9281" not in str(dict(client.session))


def test_the_sign_in_page_does_not_show_what_was_typed(client, rosa, clock):
    sign_in(client, rosa)
    response = end_session_while_typing(client, clock, {"name": "CANARY-9281"})

    page = client.get(response.url).content.decode()

    assert "CANARY-9281" not in page
    assert "it is not sent yet" in page


def test_what_was_typed_is_kept_encrypted_and_for_two_hours(client, rosa, clock):
    sign_in(client, rosa)
    end_session_while_typing(client, clock, {"name": "CANARY-9281"})
    assert "CANARY" not in UnsentForm.objects.get().typed

    clock.shift(timedelta(hours=3))
    sign_in(client, rosa)

    assert "CANARY-9281" not in client.get(NAME_PAGE).content.decode()


def test_proofs_are_never_kept(client, rosa, clock):
    sign_in(client, rosa)
    typed = {"name": "x", "pin": "482917", "pin_again": "482917", "f-password": "p", "code": "1"}
    end_session_while_typing(client, clock, typed)

    sign_in(client, rosa)
    assert keys.decrypt(UnsentForm.objects.get().typed) == "name=x"


def test_once_sent_it_does_not_come_back(client, rosa, clock):
    sign_in(client, rosa)
    end_session_while_typing(client, clock, {"name": "Rosa Nueva"})
    sign_in(client, rosa)

    client.post(NAME_PAGE, {"name": "Rosa Otra"})

    assert not UnsentForm.objects.exists()
    assert 'value="Rosa Otra"' in client.get(NAME_PAGE).content.decode()


def test_giving_back_by_a_get_changes_no_table(client, rosa, clock, django_assert_max_num_queries):
    sign_in(client, rosa)
    end_session_while_typing(client, clock, {"name": "Rosa Nueva"})
    sign_in(client, rosa)
    client.get(NAME_PAGE)

    assert UnsentForm.objects.count() == 1
    assert 'value="Rosa Nueva"' in client.get(NAME_PAGE).content.decode()


def test_a_form_that_came_too_late_from_another_site_is_not_kept(rosa, clock):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(rosa)
    careful.get(reverse("account_home"))

    end_session_while_typing(careful, clock, {"name": "forged"})

    assert not UnsentForm.objects.exists()


def test_a_page_that_closes_itself_sends_what_was_typed_to_safety(client, rosa):
    sign_in(client, rosa)
    typed = {"name": "Rosa Nueva", "kept_path": NAME_PAGE, "csrfmiddlewaretoken": "x"}

    response = client.post(reverse("account_keep_typed"), typed)

    assert response.status_code == 204
    assert not is_signed_in(client)
    assert rosa.history.count() == 1
    sign_in(client, rosa)
    assert 'value="Rosa Nueva"' in client.get(NAME_PAGE).content.decode()


def test_a_page_that_comes_again_in_another_language_shows_what_was_typed(client, rosa):
    sign_in(client, rosa)
    typed = {"name": "Rosa Nueva", "kept_path": NAME_PAGE, "stay": "yes"}

    client.post(reverse("account_keep_typed"), typed)

    assert is_signed_in(client)
    assert 'value="Rosa Nueva"' in client.get(NAME_PAGE).content.decode()


def keep(client: Client, **typed: str) -> None:
    """Send what a page holds to safety, as it does before it is drawn anew."""
    client.post(reverse("account_keep_typed"), {**typed, "kept_path": NAME_PAGE, "stay": "yes"})


def kept() -> str:
    return keys.decrypt(UnsentForm.objects.get().typed)


def test_what_another_form_of_the_page_holds_outlives_the_form_that_is_sent(client, rosa):
    sign_in(client, rosa)
    keep(client, **{"therapy-words": "Twice a week", "hearing-words": "One ear"})

    client.post(NAME_PAGE, {"hearing-outcome": "available", "csrfmiddlewaretoken": "x"})

    assert kept() == "therapy-words=Twice+a+week"


def test_what_two_forms_of_a_page_hold_is_kept_one_after_the_other(client, rosa):
    sign_in(client, rosa)
    keep(client, **{"therapy-words": "Twice a week"})

    keep(client, **{"therapy-words": "Once a week", "hearing-words": "One ear"})
    keep(client, **{"hearing-words": "Both ears"})

    assert QueryDict(kept()).dict() == {
        "therapy-words": "Once a week",
        "hearing-words": "Both ears",
    }


def test_it_is_kept_also_when_the_session_was_over_by_then(client, rosa, clock):
    sign_in(client, rosa)
    clock.shift(timedelta(hours=1))

    response = client.post(
        reverse("account_keep_typed"), {"name": "Rosa Nueva", "kept_path": NAME_PAGE}
    )

    assert response.url == f"{reverse('account_login')}?next={NAME_PAGE}"
    assert UnsentForm.objects.get().path == NAME_PAGE


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example/", "javascript:1", "", "/a\0b"]
)
def test_it_is_kept_for_pages_of_ours_only(client, rosa, path):
    sign_in(client, rosa)

    client.post(reverse("account_keep_typed"), {"name": "x", "kept_path": path})

    assert UnsentForm.objects.get().path == "/"
