"""A state's server refuses what belongs on a developer's machine, in one line each."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.test import override_settings

from cms_portal.database.state import PROJECT
from cms_portal.launch import production_checks
from cms_portal.launch.production_checks import check_production, refuse_unfit
from tests.logins import as_login

KEY = "k7#mQ2v9Lp4xZ8wR1tY6uB3nC5jH0sD-fG_aE+iO=qWcVbNmT"
FIT = {
    "PRODUCTION": True,
    "DEBUG": False,
    "DEMO_MODE": False,
    "SECRET_KEY": KEY + KEY,
    "ALLOWED_HOSTS": ["portal.example"],
    "PUBLIC_ADDRESS": "https://portal.example",
    "FILE_SCANNER": "scanner.example:3310",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "PHONE_SENDER": "cms_portal.notifications.phone.HttpRelay",
    "PHONE_RELAY_URL": "https://relay.example",
}


@pytest.fixture
def fit(monkeypatch, tmp_path):
    """Settings and surroundings that a state could run on."""
    (tmp_path / "staticfiles.json").write_text("{}")
    monkeypatch.setenv("DATABASE_URL", "postgres://portal_app@database.example/portal")
    monkeypatch.setattr(production_checks, "find_unreviewed", lambda: iter(()))
    with override_settings(**FIT, STATIC_ROOT=tmp_path):
        yield


def refusals() -> list[str]:
    return [error.msg for error in check_production(None)]


def test_a_fit_server_is_not_refused(fit):
    assert refusals() == []


def test_a_developers_machine_is_not_asked():
    assert refusals() == []


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("DEBUG", True, "DEBUG is on"),
        ("DEMO_MODE", True, "Demo mode is on"),
        ("SECRET_KEY", "unset", "SECRET_KEY must be secret"),
        ("SECRET_KEY", "short-but-Random1", "SECRET_KEY must be secret"),
        ("SECRET_KEY", "ab" * 40, "SECRET_KEY must be secret"),
        ("SECRET_KEY", "django-insecure-" + KEY, "SECRET_KEY must be secret"),
        ("SECRET_KEY", "a-key-for-tests-only-" + KEY, "SECRET_KEY must be secret"),
        ("ALLOWED_HOSTS", ["localhost", "127.0.0.1"], "ALLOWED_HOSTS must name"),
        ("ALLOWED_HOSTS", ["portal.example", "*"], "ALLOWED_HOSTS must name"),
        ("PUBLIC_ADDRESS", "http://localhost:8000", "Links in messages would lead nowhere"),
        ("FILE_SCANNER", "", "Uploads would not be scanned"),
        ("PHONE_SENDER", "", "Nobody could sign in by phone"),
        ("PHONE_SENDER", "cms_portal.notifications.phone.OutboxOnly", "Nobody could sign in"),
        ("PHONE_RELAY_URL", "http://relay.example", "No text would leave"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "No mail would leave"),
    ],
)
def test_an_unfit_setting_is_refused_in_one_line(fit, setting, value, expected):
    with override_settings(**{setting: value}):
        (line,) = refusals()
    assert line.startswith(expected)
    assert "\n" not in line
    assert not (setting == "SECRET_KEY" and value in line), "the key itself is not shown"


def test_the_embedded_database_is_refused(fit, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    assert refusals() == [
        "The embedded database is for trying out. Set DATABASE_URL to a PostgreSQL server."
    ]


def test_texts_about_rights_that_no_translator_has_read_are_refused(fit, monkeypatch):
    monkeypatch.setattr(production_checks, "find_unreviewed", lambda: iter(["one", "two"]))
    (line,) = refusals()
    assert "has read 2 Spanish texts about rights and decisions" in line


@pytest.mark.django_db(transaction=True)
def test_the_webs_own_login_may_start(fit):
    refuse_unfit()


@pytest.mark.django_db(transaction=True)
def test_a_web_that_logs_in_as_the_owner_is_refused(fit, capsys):
    with as_login("owner"), pytest.raises(SystemExit):
        refuse_unfit()
    assert "owns the tables" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_a_web_without_its_static_files_is_refused(fit, settings, capsys):
    settings.STATIC_ROOT = settings.STATIC_ROOT / "elsewhere"
    with pytest.raises(SystemExit):
        refuse_unfit()
    assert "Run: manage.py collectstatic" in capsys.readouterr().err


def test_a_web_told_to_use_another_login_is_refused(fit, monkeypatch, capsys):
    monkeypatch.setenv("PORTAL_DB_LOGIN", "owner")
    with pytest.raises(SystemExit):
        refuse_unfit()
    assert "Unset PORTAL_DB_LOGIN" in capsys.readouterr().err


def test_a_server_with_nothing_set_says_all_that_is_missing_and_does_not_start():
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    answer = subprocess.run(
        [sys.executable, "-c", "import cms_portal.wsgi"],
        cwd=PROJECT,
        env={**kept, "DATABASE_URL": "postgres://portal_app@127.0.0.1:1/portal"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = answer.stderr.splitlines()
    assert answer.returncode == 1
    assert all(line.startswith("Not started: ") for line in lines), answer.stderr
    for word in (
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "FILE_SCANNER",
        "EMAIL_URL",
        "collectstatic",
        "does not answer",
    ):
        assert word in answer.stderr
