"""The shared cache writes in one statement, and keeps what Django's own promises."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache, caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms_portal.database import cache as shared

pytestmark = pytest.mark.django_db


def test_what_is_there_is_not_added_again():
    assert cache.add("key", "first", 60)
    assert not cache.add("key", "second", 60)
    assert cache.get("key") == "first"


def test_what_has_run_out_is_added_anew():
    cache.set("key", "old", -1)

    assert cache.add("key", "new", 60)
    assert cache.get("key") == "new"


def test_setting_replaces_the_value_and_its_end():
    cache.set("key", {"n": 1}, -1)
    cache.set("key", {"n": 2}, 60)

    assert cache.get("key") == {"n": 2}


def test_touching_prolongs_what_is_there_and_nothing_else():
    cache.set("key", "value", 1)

    assert cache.touch("key", 3600)
    assert not cache.touch("another", 3600)
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        assert cache.get("key") == "value"


def test_a_value_without_an_end_is_kept():
    cache.set("key", "value", None)

    assert cache.get("key") == "value"


@pytest.mark.parametrize("write", [cache.add, cache.set])
def test_a_write_is_one_statement(write, monkeypatch):
    monkeypatch.setattr(shared.random, "randrange", lambda most: most - 1)

    with CaptureQueriesContext(connection) as queries:
        write("key", "value", 60)

    assert len(queries) == 1


def test_a_full_table_is_swept_now_and_then(monkeypatch):
    monkeypatch.setattr(shared.random, "randrange", lambda most: 0)
    monkeypatch.setattr(caches["default"], "_max_entries", 2)
    for number in range(3):
        cache.set(f"old {number}", number, -1)

    cache.set("new", 1, 60)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_cache")
        assert cursor.fetchone() == (1,)
