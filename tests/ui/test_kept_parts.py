"""What is drawn once for everybody holds nothing of anybody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

KEPT = re.compile(r"{% cache (?P<key>.*?) %}(?P<part>.*?){% endcache %}", re.DOTALL)
INCLUDED = re.compile(r'{% include "(.*?)" with (.*?) %}')
OF_ONE_REQUEST = re.compile(r"csrf|user|request|form\b|messages|page\.path|page\.ends_at|\bnext\b")
TAG = re.compile(r"{[{%].*?[%}]}")
WORDS = re.compile(r"translate|_\(|\.name|\.agency")
PARTS = [
    (path.name, *found.group("key", "part"))
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    for found in KEPT.finditer(path.read_text())
]


def whole(part: str) -> str:
    """Return a part with the components it includes."""
    templates = Path(settings.BASE_DIR / "templates")
    return part + "".join((templates / name).read_text() for name, _given in INCLUDED.findall(part))


def test_the_kept_parts_are_found():
    assert len(PARTS) >= 7


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part[0]}-{part[1]}")
def test_a_kept_part_holds_nothing_of_one_request(part):
    _name, _key, drawn = part

    assert not OF_ONE_REQUEST.search(" ".join(TAG.findall(whole(drawn))))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part[0]}-{part[1]}")
def test_a_kept_part_with_words_is_kept_for_each_language(part):
    _name, key, drawn = part

    assert "LANGUAGE_CODE" in key or not WORDS.search(whole(drawn))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part[0]}-{part[1]}")
def test_a_kept_part_about_a_program_is_kept_for_each(part):
    _name, key, drawn = part

    assert "page.program.code" in key or "program" not in whole(drawn)


@pytest.mark.parametrize(("found", "wrong"), [("{% csrf_token %}", True), ("{{ label }}", False)])
def test_a_token_in_a_kept_part_would_be_found(found, wrong):
    assert bool(OF_ONE_REQUEST.search(found)) == wrong


@pytest.mark.django_db
def test_each_program_and_language_has_its_own_frame(client: Client):
    frames = {}
    for code in ("nm-cms", "ms-cmp"):
        for language in ("en", "es"):
            client.cookies.clear()
            page = client.get(f"/{code}/", headers={"accept-language": language}).content.decode()
            frames[code, language] = page[page.index("site-footer") :]

    assert len(set(frames.values())) == len(frames)
    assert translation.get_language() == "en"
