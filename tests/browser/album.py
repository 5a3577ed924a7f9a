"""What `python -m tests.browser.pictures` takes pictures of: the main pages, with the demo's people."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from cms_portal.accounts.actions import choose_language
from cms_portal.accounts.demo import SLUGS
from cms_portal.accounts.models import User
from eligibility import diagnosis_codes
from tests.browser.life import begin_a_draft
from tests.browser.picture import Picture
from tests.browser.pictures import FOLDER, NAMES
from tests.browser.pictures_families import OF_FAMILIES
from tests.browser.pictures_public import PUBLIC
from tests.browser.pictures_seldom import SELDOM
from tests.browser.pictures_staff import OF_STAFF
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 375, 1280)
LANGUAGES = ("es", "en")
PICTURES = [*PUBLIC, *OF_FAMILIES, *OF_STAFF, *SELDOM]


def _wanted() -> list[Picture]:
    only = os.environ.get(NAMES, "").split()
    return [picture for picture in PICTURES if not only or picture.name in only]


def test_take_pictures(visit: Callable[..., Visitor]) -> None:
    folder = Path(os.environ[FOLDER])
    folder.mkdir(parents=True, exist_ok=True)
    begin_a_draft()
    diagnosis_codes.load()
    for persona, pictures in _by_persona(_wanted()):
        for language in LANGUAGES:
            window = visit(language=language)
            window.read_in(language)
            if persona:
                user = User.objects.get(username=persona)
                choose_language(user=user, language=language, by=user)
                _sign_in(window, user)
            for picture in pictures:
                _take(window, picture, folder, language)


def _by_persona(pictures: list[Picture]) -> Iterator[tuple[str, list[Picture]]]:
    for persona in dict.fromkeys(picture.persona for picture in pictures):
        yield persona, [picture for picture in pictures if picture.persona == persona]


def _sign_in(window: Visitor, user: User) -> None:
    """Choose one of the demo's people; of her families without a card, only the session is made."""
    if user.username in SLUGS:
        window.go("/demo/")
        window.page.locator(f'button[value="{user.username}"]').click()
        return
    browser = Client()
    browser.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": browser.cookies[name].value, "url": window.address}
    window.page.context.add_cookies([cookie])


def _take(window: Visitor, picture: Picture, folder: Path, language: str) -> None:
    for width in WIDTHS:
        window.page.set_viewport_size({"width": width, "height": 740})
        window.go(picture.address())
        if picture.do:
            picture.do(window.page)
        window.page.screenshot(
            path=folder / f"{picture.name}-{language}-{width}.png", full_page=True
        )
