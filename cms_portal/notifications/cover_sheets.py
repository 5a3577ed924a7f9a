"""The sheet that a family puts on top of the papers it mails or faxes: no name, only a code to read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.documents.cover_codes import drawn, in_groups


def sheet_of(code: str, program: programs.Program, sender: list[str]) -> dict[str, Any]:
    """Return what stands on a cover sheet, in the active language; `sender` are our address's lines."""
    return {
        "title": _("Cover sheet"),
        "lines": [
            _("Put this sheet on top of the papers that you mail, fax or bring to us."),
            _("It says what they are for, so that they get there at once. Your name is not on it."),
            _("Please leave the square clear, and use this sheet for these papers only."),
        ],
        "picture": drawn(code),
        "picture_says": _("A square code that our scanner reads"),
        "code": in_groups(code),
        "mail_to": _("Mail to:"),
        "address": [program.name, program.agency, *sender] if sender else [],
        "theme": program.theme,
    }
