"""What the tests of accounts begin with."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.urls import get_resolver
from django.utils import timezone

from cms_portal.accounts.models import User
from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def phones_are_connected(settings: LazySettings) -> None:
    """Texts and calls go to the outbox."""
    settings.PHONE_SENDER = "cms_portal.notifications.phone.OutboxOnly"


@pytest.fixture
def strict(settings: LazySettings) -> Any:
    """As on a state's server: no demo mode. The addresses stay those of the tests."""
    assert get_resolver().url_patterns  # read once in a process, so before the mode changes
    settings.DEMO_MODE = False
    return settings


@pytest.fixture
def rosa() -> User:
    return UserFactory(
        username="rosa", name="Rosa Baca", email="rosa@example.test", phone="+15055550134"
    )


@pytest.fixture
def clock():
    """A clock that a test moves on."""
    with time_machine.travel(timezone.now(), tick=False) as moved:
        yield moved
