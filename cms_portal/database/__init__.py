"""Where the database is, who logs in to it, and how the embedded one lives.

`DATABASE_URL` names a server that somebody else runs. Without it the portal runs a PostgreSQL of
its own, with its data in `.pgdata/` (or `PORTAL_PGDATA`):

    python -m cms_portal.database start | stop | status | url [--login owner|app|auditor]
"""

from cms_portal.database.errors import DatabaseUnavailable
from cms_portal.database.life_cycle import ensure_running, status, stop
from cms_portal.database.logins import database_settings

__all__ = ["DatabaseUnavailable", "database_settings", "ensure_running", "status", "stop"]
