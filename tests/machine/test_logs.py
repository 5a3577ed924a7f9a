"""Logs say what happened and where, and nothing that a family typed."""

from __future__ import annotations

import io
import logging
import logging.config

import pytest

from cms_portal.settings.logs import logging_settings

CANARY = "canary-7f3a91"


@pytest.fixture
def log_lines():
    """Log through the portal's own formatter into a string."""
    settings = logging_settings(as_json=True)
    made = logging.config.DictConfigurator(settings).configure_formatter(
        settings["formatters"]["line"]
    )
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(made)
    yield handler, written


def _log(handler, name, message, **options):
    logger = logging.getLogger(name)
    logger.addHandler(handler)
    try:
        logger.error(message, **options)
    finally:
        logger.removeHandler(handler)


def test_an_exception_leaves_its_type_and_place_but_not_what_it_says(log_lines):
    handler, written = log_lines
    typed = CANARY
    try:
        raise ValueError(typed)
    except ValueError:
        _log(handler, "portal", "a page failed", exc_info=True)

    assert CANARY not in written.getvalue()
    assert '"error": "ValueError"' in written.getvalue()
    assert "test_logs.py" in written.getvalue()


def test_a_refused_request_leaves_no_path(log_lines):
    handler, written = log_lines

    _log(handler, "django.request", f"Not Found: /applications/{CANARY}/")

    assert CANARY not in written.getvalue()


def test_the_search_for_a_leak_finds_a_planted_one(log_lines):
    handler, written = log_lines

    _log(handler, "portal", CANARY)

    assert CANARY in written.getvalue()
