"""The three logins, as Django's settings name them.

The owner migrates, the app serves, the auditor reads evidence. `PORTAL_DB_LOGIN` chooses one.
"""

from __future__ import annotations

import os
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from cms_portal.database.state import DATABASE, ROLES, ServerState

URL_VARIABLES = {
    "owner": "DATABASE_OWNER_URL",
    "app": "DATABASE_URL",
    "auditor": "DATABASE_AUDITOR_URL",
}
SCHEMES = ("postgres://", "postgresql://")
POSTGRESQL = "django.db.backends.postgresql"


def database_settings(login: str | None = None) -> dict[str, Any]:
    """Django's `DATABASES["default"]` for a login ("owner", "app", "auditor").

    Without one, `PORTAL_DB_LOGIN` chooses, and else it is "app". Starts nothing: before the
    embedded server's first start the settings are complete but no server answers to them.
    """
    login = login or os.environ.get("PORTAL_DB_LOGIN") or "app"
    if login not in ROLES:
        raise ImproperlyConfigured(f"PORTAL_DB_LOGIN must be one of {', '.join(ROLES)}.")
    settings = _external(login) if is_external() else _embedded(login)
    return {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | settings


def is_external() -> bool:
    """Whether somebody else runs the database server."""
    return bool(os.environ.get("DATABASE_URL"))


def role_name(login: str) -> str:
    """The database role behind a login."""
    return str(database_settings(login)["USER"])


def _external(login: str) -> dict[str, Any]:
    variable = URL_VARIABLES[login]
    if not os.environ.get(variable):
        variable = "DATABASE_URL"
    url = os.environ[variable]
    settings = environ.Env.db_url_config(url) if url.startswith(SCHEMES) else {}
    if not settings.get("NAME"):
        raise ImproperlyConfigured(
            f"{variable} must look like postgres://user:password@host:5432/name."
        )
    return dict(settings)


def _embedded(login: str) -> dict[str, Any]:
    state, role = ServerState.load(), ROLES[login]
    return {
        "ENGINE": POSTGRESQL,
        "NAME": DATABASE,
        "USER": role,
        "PASSWORD": state.passwords.get(role, ""),
        "HOST": "127.0.0.1",
        "PORT": state.port or 1,
        "OPTIONS": {"sslmode": "disable"},
    }


def unreachable(error: Exception) -> str:
    """One line for a person when no server answered at all; empty for any other error."""
    if getattr(error.__cause__, "pgcode", None) or getattr(error, "pgcode", None):
        return ""
    why = str(error).strip().splitlines()[0] if str(error).strip() else "it said nothing"
    remedy = "" if is_external() else " Start it with: python -m cms_portal.database start"
    return f"The database does not answer: {why}.{remedy}"
