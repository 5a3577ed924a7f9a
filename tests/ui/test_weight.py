"""What a family's phone has to fetch, counted from the built files."""

from __future__ import annotations

import re

import brotli
import pytest
from django.conf import settings

from cms_portal.ui.build import BUILT, build

FIRST_LOAD, NEXT_LOAD = 90 * 1024, 15 * 1024


@pytest.fixture(scope="module", autouse=True)
def _built():
    build()


def compressed(data: bytes) -> int:
    return len(brotli.compress(data, quality=5))


def size_of(address: str) -> int:
    """Return the bytes sent for one static file; fonts are compressed already."""
    name = address.removeprefix("/static/").partition("#")[0]
    built, own = BUILT / name, settings.BASE_DIR / "static" / name
    data = (built if built.exists() else own).read_bytes()
    return len(data) if name.endswith(".woff2") else compressed(data)


def files_of(html: str) -> set[str]:
    return {
        address.partition("#")[0]
        for address in re.findall(r"(?:src|href)=\"(/static/[^\"]+)\"", html)
    }


@pytest.mark.parametrize("address", ["/demo/gallery/?program=nm-cms", "/ended/", "/nothing-here/"])
@pytest.mark.urls("tests.ui.urls")
def test_the_first_page_a_family_loads_is_light(client, address):
    html = client.get(address).content

    files = files_of(html.decode())
    total = compressed(html) + sum(map(size_of, files))

    assert {"/static/css/portal.css", "/static/js/portal.js"} <= files
    assert total <= FIRST_LOAD, f"{total} bytes"


@pytest.mark.urls("tests.ui.urls")
def test_the_next_page_brings_only_its_own_words(client):
    assert compressed(client.get("/demo/gallery/?program=nm-cms").content) <= NEXT_LOAD


def test_the_styles_name_nothing_that_is_not_there():
    for sheet in (BUILT / "css").glob("*.css"):
        text = sheet.read_text()
        assert "sourceMappingURL" not in text
        for address in re.findall(r"url\(\"?(\.\./[^\")]+)", text):
            assert (BUILT / "css" / address).resolve().exists(), address


def test_only_the_assets_the_styles_name_are_copied():
    assert len([path for path in BUILT.rglob("*") if path.is_file()]) <= 20
    assert [path.name for path in BUILT.rglob("*.woff2")] == ["Latin-Merriweather-Bold.woff2"]
