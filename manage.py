#!/usr/bin/env python
"""Django's commands for the portal."""

import os
import sys

# These create or change tables, or go around their history; the web's own login may not.
OWNER_COMMANDS = {
    "migrate",
    "makemigrations",
    "sqlmigrate",
    "squashmigrations",
    "flush",
    "test",
    "seed_scale",
}


def main() -> None:
    """Run one command, as the database login that it needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_portal.settings.dev")
    if OWNER_COMMANDS.intersection(sys.argv[1:2]):
        os.environ.setdefault("PORTAL_DB_LOGIN", "owner")

    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from cms_portal.database.logins import unreachable

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if not unreachable(error):
            raise
        sys.exit(unreachable(error))


if __name__ == "__main__":
    main()
