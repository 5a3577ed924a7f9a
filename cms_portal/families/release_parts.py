"""The parts of a family's own record that a release can name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms_portal.families.actions.households import change_child, change_guardian
from cms_portal.families.moving import MovablePart, Move

ABOUT = ("preferred_name", "sex", "race", "ethnicity", "tribe")
CONTACTS = (
    "phone",
    "email",
    "spoken_language",
    "written_language",
    "interpreter_language",
    "interpreter_mode",
    "preferred_channel",
    "safe_to_text",
    "safe_to_leave_voicemail",
    "safe_to_mail",
    "plain_letters",
    "best_time_to_call",
)


def copy_about(move: Move) -> None:
    """Copy what the family said of the child beyond name and birth date."""
    change_child(
        child=move.new_child,
        by=move.by,
        reason="released by the family",
        **{name: getattr(move.child, name) for name in ABOUT},
    )


def copy_contacts(move: Move) -> None:
    """Copy how the adult who signed is spoken to and safely reached."""
    change_guardian(
        guardian=move.new_guardian,
        by=move.by,
        reason="released by the family",
        **{name: getattr(move.guardian, name) for name in CONTACTS},
    )


PARTS = [
    MovablePart(
        "about",
        _("More about the child"),
        _("Name used at home, sex, and, if you told us, race, ethnicity and tribe."),
        copy_about,
    ),
    MovablePart(
        "contacts",
        _("How to reach you"),
        _("Phone, email, languages, interpreter, and what is safe. No address."),
        copy_contacts,
    ),
]
