"""The world that is asked about, built once for a module."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests.access.world import World


@pytest.fixture(scope="module")
def one_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Everybody and everything, at one instant: an answer that differs by the clock tells nothing."""
    logging.disable(
        logging.CRITICAL
    )  # a line for each of thousands of requests is most of the work
    with (
        django_db_blocker.unblock(),
        time_machine.travel(datetime.now(UTC), tick=False),
        transaction.atomic(),
    ):
        yield World()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(one_world: World, db: None) -> World:
    """The world as it was made; `db` undoes what a test does to it."""
    one_world.forget()
    return one_world
