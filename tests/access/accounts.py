"""The part of the access table about signing in, one's own account, and helping a family sign in."""

from __future__ import annotations

from typing import Any

from tests.access.rules import (
    EVERYONE,
    FAMILY,
    NO_SUCH_NUMBER,
    SIGNED_IN,
    STAFF,
    Page,
    Reach,
    Rule,
    all_of,
    post,
)

HELPERS = ("ida", "cleo", "sam", "prue", "mo", "sue")
AT_THE_DESK = all_of(*HELPERS)
NOT_AT_THE_DESK = all_of(*(set(FAMILY + STAFF) - set(HELPERS)))
# Mateo's mother has a card of ida's office.
HOLDERS_OF_CARDS: Reach = dict.fromkeys(["ida", "sam", "prue"], "mateo")


def _identified(world: Any, case: Any) -> dict[str, Any]:
    office = world.jackson if case and case.child.program == "ms-cmp" else world.santa_fe
    return {"identified_by": "photo_id", "note": "", "office": str(office.pk)}


def _new_person(world: Any, case: Any) -> dict[str, Any]:
    return {"name": "Luz Vigil", "language": "es", **_identified(world, case)}


def given(**data: str) -> Any:
    return lambda world, case: data


def accounts(guardian_ok: Reach, guardian_seen: Reach) -> list[Page]:
    """Return the part of the table; who serves a home is said there."""
    # Steps that nobody is at lead back to the first page; so does signing in for whoever has.
    start, lead = Rule(EVERYONE, answers=(200, 302)), Rule(EVERYONE, answers=(302,))
    posted = post(EVERYONE, sends=given(identifier="nobody@example.test"))
    # A change asks for the PIN first.
    confirm = Rule(SIGNED_IN, answers=(302,))
    return [
        Page("account_login", get=start, post=posted),
        Page("account_confirm_login_code", get=lead, post=post(EVERYONE)),
        Page("account_pin", get=lead, post=post(EVERYONE)),
        Page(
            "account_staff_login",
            get=start,
            post=post(
                EVERYONE, sends=given(identifier="ida", password="a guess"), answers=(302, 422)
            ),
        ),
        Page("mfa_authenticate", get=lead, post=post(EVERYONE)),
        Page("mfa_login_webauthn", get=lead, post=post(EVERYONE)),
        Page("account_logout", get=start, post=post(EVERYONE)),
        Page("account_signup", get=start, post=posted),
        Page("account_signup_code", get=lead, post=post(EVERYONE)),
        Page("account_signup_person", get=lead, post=post(EVERYONE)),
        Page("account_reset_password", get=start, post=posted),
        Page("account_reset_code", get=lead, post=post(EVERYONE)),
        Page("account_reset_second", get=lead, post=post(EVERYONE)),
        Page("account_reset_new", get=lead, post=post(EVERYONE)),
        Page("account_home", get=Rule(SIGNED_IN)),
        Page("account_name", get=Rule(SIGNED_IN), post=post(SIGNED_IN, sends=given(name="N"))),
        Page("account_change_email", get=confirm, post=post(SIGNED_IN)),
        Page("account_change_phone", get=confirm, post=post(SIGNED_IN)),
        Page("account_change_password", get=confirm, post=post(SIGNED_IN)),
        Page("account_contact_code", get=confirm, post=post(SIGNED_IN)),
        Page(
            "account_remove_contact",
            arguments={"what": "email"},
            get=confirm,
            post=post(SIGNED_IN),
        ),
        Page("account_card", get=confirm, post=post(SIGNED_IN)),
        Page("account_card_to_print", get=Rule(SIGNED_IN, answers=(410,))),
        Page("account_sign_out_elsewhere", post=post(SIGNED_IN)),
        Page("account_keep_typed", post=post(SIGNED_IN, answers=(204,))),
        Page(
            "account_reauthenticate",
            get=Rule(SIGNED_IN),
            post=post(SIGNED_IN, sends=given(password="a guess"), answers=(200,)),
        ),
        Page("mfa_reauthenticate", get=confirm, post=post(SIGNED_IN)),
        Page("mfa_reauthenticate_webauthn", get=confirm, post=post(SIGNED_IN)),
        Page("account_second_factor", get=Rule(SIGNED_IN)),
        Page("mfa_activate_totp", get=confirm, post=post(SIGNED_IN)),
        # Nobody here has an app or a passkey: for everybody it is a missing one.
        Page("mfa_deactivate_totp"),
        Page("mfa_add_webauthn", get=confirm, post=post(SIGNED_IN)),
        Page(
            "mfa_edit_webauthn",
            arguments={"pk": NO_SUCH_NUMBER},
            get=confirm,
            post=post(SIGNED_IN),
        ),
        Page(
            "mfa_remove_webauthn",
            arguments={"pk": NO_SUCH_NUMBER},
            get=confirm,
            post=post(SIGNED_IN),
        ),
        Page(
            "sign_in_help",
            get=Rule(AT_THE_DESK, seen=NOT_AT_THE_DESK),
            post=post(AT_THE_DESK, seen=NOT_AT_THE_DESK, sends=given(name="a"), answers=(200,)),
        ),
        Page(
            "sign_in_help_new",
            get=Rule(AT_THE_DESK, seen=NOT_AT_THE_DESK),
            post=post(AT_THE_DESK, seen=NOT_AT_THE_DESK, sends=_new_person, answers=(302, 422)),
        ),
        Page(
            "sign_in_help_guardian",
            about="guardian",
            get=Rule(guardian_ok, seen=guardian_seen),
            post=post(guardian_ok, seen=guardian_seen, sends=_identified),
            looks=0,
        ),
        Page(
            "sign_in_help_card",
            about="card",
            get=Rule(HOLDERS_OF_CARDS),
            post=post(HOLDERS_OF_CARDS, sends=_identified),
            looks=0,
        ),
        Page("demo:people", get=Rule(EVERYONE)),
        Page("demo:sign_in", post=post(EVERYONE, sends=given(persona="rosa"))),
    ]
