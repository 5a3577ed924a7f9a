"""D1: the web or the database dies at any moment of a family's form: nothing called saved is lost.

A real server over a database of its own. A seed says whom it hits, on which page, and how many
milliseconds after the page was sent.
"""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import psycopg2
import pytest
from django.http import HttpResponse

from cms_portal.database import database_settings, ensure_running
from cms_portal.database.state import PROJECT
from cms_portal.launch import services, steps
from intake.journeys.filling import rows
from tests.access.answers import form_fields
from tests.factories.applications import NEW_MEXICO
from tests.machine.conftest import own_server
from tests.reliability.visitor import CUT_OFF, Answer, Visitor

__all__ = ["own_server"]

RUNS, ALL_RUNS = 10, 200
SEED = int(os.environ.get("KILL_SEED", "7"))
LATEST_BLOW = 0.15
LONGEST_WAIT = 90
NEW_CHILD = "/nm-cms/apply/new-child/"
OPEN_ACCOUNT = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from cms_portal.accounts import actions
rosa = actions.open_family_account(name="Rosa Baca", by=actions.system_user(), pin="words of a PIN")
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(rosa.pk), rosa.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "cms_portal.accounts.backends.AccountBackend"
session.save()
print(session.session_key)
"""
COUNTS = {
    "applications": "SELECT count(*) FROM intake_application",
    "children": "SELECT count(*) FROM families_child",
    "assessments": "SELECT count(*) FROM intake_assessment",
    "conditions": "SELECT count(*) FROM intake_reportedcondition",
    "incomes": "SELECT count(*) FROM intake_incomeline",
}
ONE_OF_EACH = {
    "households": "SELECT count(*) FROM families_household",
    "guardians": "SELECT count(*) FROM families_guardian",
    "addresses in force": "SELECT count(*) FROM families_address WHERE ends_on IS NULL",
}


def manage(*command: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=PROJECT,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.fixture
def portal(own_server: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A portal of its own, with the offices, and one family signed in."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "cms_portal.settings.dev")
    monkeypatch.setattr(steps, "LOGS", tmp_path)
    ensure_running()
    manage("migrate", "--verbosity=0", PORTAL_DB_LOGIN="owner")
    manage("load_reference_data")
    session = manage("shell", "--no-imports", "-c", OPEN_ACCOUNT).split()[-1]
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    web = services.web(port)
    web.start()
    rosa = Visitor(port, {"sessionid": session})
    wait_for_a_page(rosa)
    yield SimpleNamespace(web=web, rosa=rosa, postmaster=own_server.postmaster)
    web.stop()


def wait_for_a_page(visitor: Visitor) -> None:
    until = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until:
        try:
            if visitor.get(NEW_CHILD).status == 200:
                return
        except CUT_OFF:
            pass
        time.sleep(0.2)
    raise AssertionError("the portal did not come back")


def strike(portal: Any, victim: str) -> None:
    """Kill without a warning, as an operating system out of memory does."""
    if victim == "web":
        os.killpg(portal.web.process.pid, signal.SIGKILL)
    else:
        os.kill(portal.postmaster(), signal.SIGKILL)


def bring_back(portal: Any, victim: str) -> None:
    if victim == "web":
        portal.web.process.wait()
        portal.web.start()
    else:
        ensure_running()
    wait_for_a_page(portal.rosa)


def child(run: int, page: Answer) -> dict[str, Any]:
    return {
        "first_name": f"Mateo{run}",
        "last_name": "Baca",
        "date_of_birth_month": 1,
        "date_of_birth_day": 1 + run % 28,
        "date_of_birth_year": 2015 + run // 28,
        "relation": "parent",
        "start_key": form_of(page)["start_key"],
    }


# Pages that other answers of these close, and the one that takes files.
NOT_ASKED = ("papers", "pool", "medicaid-card", "liability-details")


def answers_of(run: int, county: str) -> dict[str, dict[str, Any]]:
    """Return what the family tells in one run, page by page: nothing as it told before."""
    told = {"street": f"{run} Calle Larga", "city": f"Town {run}", "zip_code": "87501"}
    pay = {"whose": f"job {run}", "amount": f"{100 + run}.00", "period": "monthly"}
    return NEW_MEXICO | {
        "address": {"county": county, **told},
        "contact": NEW_MEXICO["contact"] | {"phone": f"505-555-01{run % 100:02}"},
        "conditions": rows("conditions", {"text": f"asthma {run}", "status": "reported"}),
        "household": {"household_size": 2 + run % 30, "children_with_special_needs": 1 + run % 2},
        "income": rows("income", pay),
        "about": {"strengths": f"sings {run}", "anything_else": f"and draws {run}"},
    }


def form_of(page: Answer) -> dict[str, str]:
    return {name: plain(value) for name, value in form_fields(HttpResponse(page.text)).items()}


def as_sent(page: Answer, told: dict[str, Any]) -> dict[str, Any]:
    """Return answers as a browser sends them: with the keys of the rows that the page shows already."""
    shown = form_fields(HttpResponse(page.text))
    rows_shown = {k: v for k, v in shown.items() if k.endswith(("-row", "-INITIAL_FORMS")) and v}
    return told | rows_shown | {"csrfmiddlewaretoken": page.token}


def plain(value: Any) -> str:
    """Return an answer as it is, however the page draws it: 505-555-0134 is (505) 555-0134."""
    return re.sub(r"[^\w@-]", "", str(value)).replace("-", "") if value is not None else ""


class Form:
    """One run: a family fills in the whole form, and something dies under it once."""

    def __init__(self, portal: Any, run: int, lot: random.Random):
        self.portal, self.rosa, self.run, self.lot = portal, portal.rosa, run, lot
        self.saved: dict[str, dict[str, str]] = {}
        self.faults: list[str] = []

    def fill(self, victim: str) -> None:
        first = self._start()
        number = first.split("/")[2]
        told = answers_of(self.run, self._county(number))
        keys = [key for key in told if key not in NOT_ASKED]
        struck = self.lot.choice(keys)
        for key in keys:
            path = f"/applications/{number}/pages/{key}/"
            if key == struck:
                self._send_and_strike(path, told[key], victim)
            else:
                self._send(path, told[key])
        self.faults += self.lost()

    def _start(self) -> str:
        page = self.rosa.get(NEW_CHILD)
        sent = child(self.run, page) | {
            "start_key": form_fields(HttpResponse(page.text))["start_key"]
        }
        answer = self.rosa.post(NEW_CHILD, sent | {"csrfmiddlewaretoken": page.token})
        assert answer.status == 302, answer.text[:500]
        return answer.location

    def _county(self, number: str) -> str:
        page = self.rosa.get(f"/applications/{number}/pages/address/")
        return re.findall(r'<option value="(\d+)"', page.text)[0]

    def _send(self, path: str, told: dict[str, Any]) -> None:
        page = self.rosa.get(path)
        answer = self.rosa.post(path, as_sent(page, told))
        assert answer.status == 302, f"{path}: {answer.status} {answer.text[:300]}"
        self._note(path, told)

    def _note(self, path: str, told: dict[str, Any]) -> None:
        """A page of rows shows afterwards how many it has; that is no answer."""
        self.saved[path] = {k: plain(v) for k, v in told.items() if not k.endswith("_FORMS")}

    def _send_and_strike(self, path: str, told: dict[str, Any], victim: str) -> None:
        page = self.rosa.get(path)
        sent = as_sent(page, told)
        blow = threading.Timer(self.lot.uniform(0, LATEST_BLOW), strike, [self.portal, victim])
        blow.start()
        try:
            is_saved = self.rosa.post(path, sent).status == 302
        except CUT_OFF:
            is_saved = False
        blow.join()
        bring_back(self.portal, victim)
        if is_saved:
            self._note(path, told)
        else:
            self._look_for_half_a_page(path, told, form_of(page))
        self.faults += self.lost()
        again = self.rosa.post(path, sent)
        assert again.status == 302, f"{path} sent again: {again.status}"
        self._note(path, told)

    def _look_for_half_a_page(
        self, path: str, told: dict[str, Any], before: dict[str, str]
    ) -> None:
        now = form_of(self.rosa.get(path))
        names = [name for name in told if not name.endswith("_FORMS")]
        sent = {name: plain(told[name]) for name in names}
        held = {name: now.get(name, "") for name in names}
        if held not in (sent, {name: before.get(name, "") for name in names}):
            self.faults.append(f"half a page at {path}: {held}")

    def lost(self) -> list[str]:
        """Return each answer that was called saved and is not shown any more."""
        found = []
        for path, told in self.saved.items():
            shown = form_of(self.rosa.get(path))
            found += [
                f"lost at {path}: {k}" for k, value in told.items() if shown.get(k, "") != value
            ]
        return found


def count(query: str) -> int:
    """Ask the portal's database as its owner."""
    settings = database_settings("owner")
    login = {key.lower(): settings[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    with closing(psycopg2.connect(dbname=settings["NAME"], **login)) as link:
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0] if cursor.description else cursor.rowcount


@pytest.mark.parametrize(
    "runs",
    [
        pytest.param(RUNS, marks=pytest.mark.slow),
        pytest.param(ALL_RUNS, marks=pytest.mark.full),
    ],
)
def test_d1_nothing_called_saved_is_lost_halved_or_doubled(portal, runs):
    lot, faults = random.Random(SEED), []
    for run in range(runs):
        form = Form(portal, run, lot)
        form.fill(victim=("web", "database")[run % 2])
        faults += [f"run {run}: {fault}" for fault in form.faults]

    assert faults == []
    assert {what: count(query) for what, query in COUNTS.items()} == dict.fromkeys(COUNTS, runs)
    assert {what: count(query) for what, query in ONE_OF_EACH.items()} == dict.fromkeys(
        ONE_OF_EACH, 1
    )

    # Positive control: an answer that goes missing after it was called saved is found.
    assert count("UPDATE intake_assessment SET strengths = ''") == runs
    assert any("strengths" in fault for fault in form.lost())
