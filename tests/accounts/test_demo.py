"""The demo's people: one click each, in demo mode and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.urls import reverse

from cms_portal.accounts import demo
from cms_portal.accounts.models import SignIn
from tests.factories import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_outside_demo_mode_the_addresses_do_not_exist():
    ask = (
        "import django; django.setup(); from django.urls import Resolver404, resolve\n"
        "try: resolve('/demo/'); resolve('/demo/sign-in/')\n"
        "except Resolver404: print('Resolver404')"
    )
    environment = {**os.environ, "DEMO_MODE": "0"}
    environment["DJANGO_SETTINGS_MODULE"] = "cms_portal.settings.dev"

    answer = subprocess.run(
        [sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "Resolver404"


def test_a_click_never_signs_in_somebody_who_is_not_of_the_demo(client):
    UserFactory(username="somebody-real")

    response = client.post(reverse("demo:sign_in"), {"persona": "somebody-real"})

    assert response.status_code == 404
    assert "_auth_user_id" not in client.session


def test_signing_in_takes_a_post(client):
    UserFactory(username="rosa")

    assert client.get(reverse("demo:sign_in"), {"persona": "rosa"}).status_code == 405


def test_the_page_lists_who_is_there_by_state(client):
    UserFactory(username="rosa", name="Rosa Baca")
    StaffFactory(username="mo", name="Mo Ames")

    response = client.get(reverse("demo:people"))

    groups = {
        key: [person.slug for person in people] for key, _, people in response.context["groups"]
    }
    assert groups == {"families": ["rosa"], "mississippi": ["mo"]}


def test_one_click_signs_in_and_leads_home(client):
    rosa = UserFactory(username="rosa")

    response = client.post(reverse("demo:sign_in"), {"persona": "rosa"})

    assert response.status_code == 302
    assert response.url == reverse("home")
    assert client.session["_auth_user_id"] == str(rosa.pk)
    assert SignIn.objects.get().user == rosa


def test_a_second_click_changes_who_is_signed_in(client):
    UserFactory(username="rosa")
    ida = StaffFactory(username="ida")
    client.post(reverse("demo:sign_in"), {"persona": "rosa"})

    client.post(reverse("demo:sign_in"), {"persona": "ida"})

    assert client.session["_auth_user_id"] == str(ida.pk)


@pytest.mark.parametrize("slug", sorted(demo.SLUGS))
def test_everybody_of_the_product_table_is_known(slug):
    assert any(slug == person.slug for _, _, people in demo.GROUPS for person in people)
