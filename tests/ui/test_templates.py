"""Rules every template of the portal keeps, whoever writes it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
INCLUDE = re.compile(r"{% include \"(components/[\w/]+\.html)\"([^%]*)%}")
# Parts of the frame, which read the page around them, and say so in their first line.
FRAME = re.compile(r"Reads [\w, ]+ from the page around it|Reads page and csrf_token")
FORBIDDEN = {
    # Data for a script is not run, so the policy lets it pass.
    "an inline script": re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", re.I),
    "an inline style": re.compile(r"<style|\sstyle\s*=", re.I),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "a script address": re.compile(r"javascript:", re.I),
    "the safe filter": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
    "an address of another host": re.compile(r"(?:src|href|action)=[\"']https?://", re.I),
}


def name_of(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR / "templates"))


def faults_of(text: str) -> list[str]:
    return [fault for fault, pattern in FORBIDDEN.items() if pattern.search(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_needs_more_than_our_content_policy_allows(path):
    assert faults_of(path.read_text()) == []


@pytest.mark.parametrize(
    "planted",
    [
        "<script>alert(1)</script>",
        '<p style="color:red">',
        "<a onclick='x()'>",
        '<a href="javascript:x">',
        "{{ name|" + "safe }}",
        '<img src="https://elsewhere.example/x.png">',
    ],
)
def test_a_planted_fault_is_found(planted):
    assert faults_of(planted)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_components_see_only_what_they_are_given(path):
    for component, arguments in INCLUDE.findall(path.read_text()):
        target = settings.BASE_DIR / "templates" / component
        assert target.exists(), component
        reads_around = FRAME.search(target.read_text())
        assert reads_around or arguments.rstrip().endswith("only"), component


@pytest.mark.parametrize(
    "path", sorted((settings.BASE_DIR / "templates/components").glob("*.html")), ids=name_of
)
def test_every_component_says_what_it_takes(path):
    assert "{#" in path.read_text().splitlines()[0]


def test_our_script_reaches_for_nothing_the_policy_forbids():
    script = (settings.BASE_DIR / "static/js/portal.js").read_text()
    for word in (
        "eval(",
        "innerHTML",
        ".style",
        "localStorage",
        "sessionStorage",
        "document.cookie",
    ):
        assert word not in script
