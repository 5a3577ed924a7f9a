"""A family, and messages to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cms_portal.notifications import actions
from cms_portal.notifications.models import Message
from tests.factories import AddressFactory, Family, FamilyFactory, the_portal

# Every message can be rendered with this one key, whatever app brings more.
KEY = "notifications/sign_in_code"


@pytest.fixture
def family() -> Family:
    family = FamilyFactory()
    AddressFactory(household=family.household)
    return family


@pytest.fixture
def write(family) -> Callable[..., Message]:
    """Write to a family's guardian, by their own way unless told otherwise."""

    def queue(of: Family | None = None, **facts: object) -> Message:
        facts = {"key": KEY, "outside": {"code": "-"}, "by": the_portal()} | facts
        giver = of or family
        facts.setdefault("child", giver.child)
        return actions.queue(guardian=giver.guardian, **facts)

    return queue
