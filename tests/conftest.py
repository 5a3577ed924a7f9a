"""The ground of all tests: a database made by its owner and used by the web's own login."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import TransactionTestCase

from cms_portal.database import DatabaseUnavailable, cache, ensure_running, status, stop
from cms_portal.database.life_cycle import is_idle
from cms_portal.database.logins import is_external
from cms_portal.ui.catalogues.compiling import compile_all
from tests.browser.chromium import FLAGS, chromium_path
from tests.logins import empty_tables, know_logins, use_login, vacuum_nothing

# Playwright's synchronous calls run an event loop, in which Django refuses its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
DATABASE_RAN_BEFORE = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    """Compile the Spanish, and remember whether the database ran, to leave it as it was found."""
    if not hasattr(config, "workerinput"):
        compile_all()
        config.stash[DATABASE_RAN_BEFORE] = is_external() or status() is not None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop a database that these tests started, unless somebody else began to use it."""
    if not config.stash.get(DATABASE_RAN_BEFORE, True) and is_idle():
        stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the machine's own Chromium."""
    return {**browser_type_launch_args, "executable_path": chromium_path(), "args": [*FLAGS]}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the database and log in as its owner, just before the test database is made."""
    try:
        ensure_running()
    except DatabaseUnavailable as error:
        pytest.exit(str(error), returncode=1)
    know_logins()
    use_login("owner")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Leave the making and dropping of the test database to the owner, the rest to the web."""
    with django_db_blocker.unblock():
        vacuum_nothing()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_tables)
        # By chance, one write in a thousand counts the cache; tests count what a page asks.
        patch.setattr(cache, "SWEPT_EVERY", sys.maxsize)
        use_login("app")
        yield
    use_login("owner")


@pytest.fixture
def signed_in(client):
    """Return a function that signs somebody in on the test's browser."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
