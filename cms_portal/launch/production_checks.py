"""What a state's server refuses to start with; each refusal is one line that says what to set.

Commands run these as system checks; the web process, for which Django runs none, calls
`refuse_unfit()`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError, OperationalError, connection

from cms_portal.database.logins import is_external, unreachable
from cms_portal.ui.catalogues.faults import find_unreviewed

SHORTEST_KEY, FEWEST_CHARACTERS = 50, 10
KNOWN_KEYS = ("django-insecure", "a-key-for-tests", "unset")
SILENT_MAIL = ("console", "dummy", "locmem", "filebased")
HTTP_RELAY = "cms_portal.notifications.phone.HttpRelay"
SILENT_PHONES = ("", "cms_portal.notifications.phone.OutboxOnly")
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "*"}


@register("production")
def check_production(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """One error for each thing that must not be so on a state's server."""
    if not settings.PRODUCTION:
        return []
    return [Error(line, id=f"portal.{name}") for name, line in _refusals(REFUSALS)]


def refuse_unfit() -> None:
    """End the process when the settings, or the database login, are not fit for a state."""
    if not settings.PRODUCTION:
        return
    if lines := [line for _, line in _refusals(REFUSALS | OF_THE_WEB)]:
        sys.stderr.writelines(f"Not started: {line}\n" for line in lines)
        sys.exit(1)


def _refusals(questions: dict[str, Callable[[], str]]) -> Iterator[tuple[str, str]]:
    for name, question in questions.items():
        if line := question():
            yield name, line


def _debug() -> str:
    return "DEBUG is on. Unset DEBUG." if settings.DEBUG else ""


def _demo() -> str:
    return "Demo mode is on: anybody could sign in. Unset DEMO_MODE." if settings.DEMO_MODE else ""


def _secret_key() -> str:
    key = settings.SECRET_KEY
    if key.startswith(KNOWN_KEYS) or len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS:
        return f"SECRET_KEY must be secret, random and at least {SHORTEST_KEY} characters long."
    return ""


def _hosts() -> str:
    if set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return ""
    return "ALLOWED_HOSTS must name the portal's public host names, separated by commas."


def _address() -> str:
    if settings.PUBLIC_ADDRESS.startswith("https://"):
        return ""
    return "Links in messages would lead nowhere. Set PUBLIC_ADDRESS to the portal's https address."


def _database() -> str:
    if is_external():
        return ""
    return "The embedded database is for trying out. Set DATABASE_URL to a PostgreSQL server."


def _scanner() -> str:
    if settings.FILE_SCANNER:
        return ""
    return "Uploads would not be scanned. Set FILE_SCANNER to host:port of a clamd service."


def _mail() -> str:
    if settings.EMAIL_BACKEND.split(".")[-2] not in SILENT_MAIL:
        return ""
    return "No mail would leave. Set EMAIL_URL to the state's mail server."


def _phone() -> str:
    if settings.PHONE_SENDER in SILENT_PHONES:
        return "Nobody could sign in by phone. Set PHONE_SENDER; see cms_portal/notifications/phone.py."
    if settings.PHONE_SENDER == HTTP_RELAY and not settings.PHONE_RELAY_URL.startswith("https://"):
        return "No text would leave. Set PHONE_RELAY_URL to the https address of the state's relay."
    return ""


def _texts() -> str:
    first = list(islice(find_unreviewed(), 1))
    if not first:
        return ""
    count = sum(1 for _ in find_unreviewed())
    return (
        f"No qualified translator has read {count} Spanish texts about rights and decisions; "
        "see: manage.py messages --unreviewed"
    )


def _static() -> str:
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return ""
    return "The styles and scripts are not in place. Run: manage.py collectstatic"


def _login() -> str:
    """Whether the web could change tables; the auditor's trail would then prove nothing."""
    if os.environ.get("PORTAL_DB_LOGIN", "app") != "app":
        return "The web must use the app's login. Unset PORTAL_DB_LOGIN."
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public'"
                " AND pg_has_role(current_user, tableowner, 'MEMBER'))"
            )
            owns_tables = cursor.fetchone()[0]
    except OperationalError as error:
        return unreachable(error) or str(error)
    except DatabaseError as error:
        return f"The database refused a question: {error}"
    finally:
        connection.close()
    if owns_tables:
        return "The login in DATABASE_URL owns the tables. Give the web a login that owns none."
    return ""


REFUSALS: dict[str, Callable[[], str]] = {
    "debug": _debug,
    "demo": _demo,
    "secret_key": _secret_key,
    "hosts": _hosts,
    "address": _address,
    "database": _database,
    "scanner": _scanner,
    "mail": _mail,
    "phone": _phone,
    "texts": _texts,
}
# Commands must run before these can be so.
OF_THE_WEB: dict[str, Callable[[], str]] = {"static": _static, "login": _login}
