from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from cms_portal.accounts.actions import system_user
from cms_portal.accounts.models import User
from cms_portal.offices import reference
from tests.logins import empty_tables


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Commit the reference data for the tests of one file, and sweep it away after them."""
    with django_db_blocker.unblock():
        reference.load(by=system_user())
    yield
    with django_db_blocker.unblock():
        empty_tables()


@pytest.fixture
def reference_data(_loaded: None, db: None) -> None:
    """Give a test the regions, counties and offices of both states."""


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], User]:
    """Sign somebody in, and return them."""

    def as_themselves(user: User) -> User:
        client.force_login(user)
        return user

    return as_themselves
