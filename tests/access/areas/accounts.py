"""Signing in, one's own account, and helping a family sign in.

What each step of signing in asks is proven by `tests/accounts`; here each page is asked out of turn.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from cms_portal.accounts.cards import give_card
from cms_portal.accounts.models import HowIdentified
from tests.access.objects import NO_SUCH_NUMBER, finds
from tests.access.reaches import CONTACTS_CHANGED, STAFF_OF_A_CHILD, STAFF_OF_A_HOME
from tests.access.rules import EVERYONE, SIGNED_IN, Page, Reach, Rule, all_of, post
from tests.access.world import Case
from tests.factories import UserFactory
from tests.factories.dates import days_from_today

SHOWS, GOES_ON = (200, 302), (200, 302, 400, 422)


@finds("card", pk=NO_SUCH_NUMBER)
def _card(case: Case) -> dict[str, Any] | None:
    """A card that the case's office gave to somebody without a record; asked in three cases."""
    offices = {"mateo": "santa_fe", "faraway": "hobbs", "mississippi": "jackson"}
    if case.name not in offices:
        return None
    printed = give_card(
        user=UserFactory(username=f"paper-{case.name}"),
        office=getattr(case.world, offices[case.name]),
        identified_by=HowIdentified.PHOTO_ID,
        on=days_from_today(0),
        by=case.world.people["ida"],
        at=timezone.now(),
    )
    return {"pk": printed.card.pk}


@finds("authenticator", pk=NO_SUCH_NUMBER)
def _authenticator(case: Case) -> dict[str, Any] | None:
    """A passkey of Ida's own, which is nobody else's to name or remove."""
    if case.name != "mateo":
        return None
    passkey = Authenticator(
        user=case.world.people["ida"], type=Authenticator.Type.WEBAUTHN, data={"name": "Key"}
    )
    passkey.save()
    return {"pk": passkey.pk}


CARDS: Reach = {
    "ida": "mateo",
    "sam": "mateo",
    "prue": "mateo faraway",
    "mo": "mississippi",
    "sue": "mississippi",
}


def _gives_ida_an_app(world: Any) -> dict[str, Any]:
    app = {"type": Authenticator.Type.TOTP, "data": {"secret": "not a real secret"}}
    Authenticator.objects.get_or_create(user=world.people["ida"], **app)
    return {}


HELPERS = all_of(*STAFF_OF_A_CHILD)
GIVES_CARDS: Reach = STAFF_OF_A_CHILD
KNOWS_THE_GUARDIAN: Reach = {**CONTACTS_CHANGED, **STAFF_OF_A_HOME}
PAGES = [
    *(
        Page(
            name,
            get=Rule(EVERYONE, answers=SHOWS),
            post=post(EVERYONE, answers=GOES_ON),
        )
        for name in (
            "account_login",
            "account_confirm_login_code",
            "account_pin",
            "account_staff_login",
            "mfa_authenticate",
            "mfa_login_webauthn",
            "account_logout",
            "account_signup",
            "account_signup_code",
            "account_signup_person",
            "account_reset_password",
            "account_reset_code",
            "account_reset_second",
            "account_reset_new",
        )
    ),
    *(
        Page(
            name,
            get=Rule(SIGNED_IN, answers=SHOWS),
            post=post(SIGNED_IN, answers=GOES_ON),
        )
        for name in (
            "account_name",
            "account_change_email",
            "account_change_phone",
            "account_contact_code",
            "account_change_password",
            "account_card",
            "account_reauthenticate",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "mfa_activate_totp",
            "mfa_add_webauthn",
        )
    ),
    *(
        Page(name, get=Rule(SIGNED_IN, answers=SHOWS))
        for name in ("account_home", "account_second_factor")
    ),
    # Only who has an app can remove it.
    Page(
        "mfa_deactivate_totp",
        arguments=_gives_ida_an_app,
        world="passkeys",
        get=Rule(all_of("ida")),
        post=post(all_of("ida"), answers=GOES_ON),
    ),
    Page("account_card_to_print", get=Rule(SIGNED_IN, answers=(410,))),
    Page("account_sign_out_elsewhere", post=post(SIGNED_IN)),
    Page("account_keep_typed", post=post(SIGNED_IN, answers=(204,))),
    Page(
        "account_remove_contact",
        arguments={"what": "phone"},
        get=Rule(SIGNED_IN, answers=SHOWS),
        post=post(SIGNED_IN, answers=GOES_ON),
    ),
    Page(
        "sign_in_help",
        get=Rule(HELPERS, seen=SIGNED_IN),
        post=post(HELPERS, seen=SIGNED_IN, sends={"name": "zq"}, answers=(200,)),
    ),
    Page(
        "sign_in_help_new",
        get=Rule(HELPERS, seen=SIGNED_IN),
        post=post(HELPERS, seen=SIGNED_IN, answers=(302, 422)),
    ),
    Page(
        "sign_in_help_guardian",
        about="guardian",
        get=Rule(GIVES_CARDS, seen=KNOWS_THE_GUARDIAN),
        post=post(GIVES_CARDS, seen=KNOWS_THE_GUARDIAN, answers=(302, 422)),
        looks=0,
    ),
    Page(
        "sign_in_help_card",
        about="card",
        get=Rule(CARDS),
        post=post(CARDS, answers=(302, 422)),
        looks=0,
    ),
    *(
        Page(
            name,
            about="authenticator",
            world="passkeys",
            get=Rule({"ida": "mateo"}, answers=SHOWS),
            post=post({"ida": "mateo"}, answers=GOES_ON),
            looks=0,
        )
        for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")
    ),
]
