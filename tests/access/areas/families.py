"""A family's own record, and staff's page of it."""

from __future__ import annotations

from tests.access import sends
from tests.access.reaches import (
    CHANGES_HOME,
    CHILD_FACTS,
    CONTACTS_CHANGED,
    COORDINATORS,
    COORDINATORS_OF_SIGNERS,
    EDITS_A_CHILD,
    HOME_FACTS,
    MAY_SIGN,
    PRIVACY,
    SEES_CHILD_AS_STAFF,
    SIGN_OR_SEE,
    STAFF_OF_A_CHILD,
    STAFF_OF_A_HOME,
    SUPERVISORS,
)
from tests.access.rules import ANY_NUMBER, SIGNED_IN, Page, Rule, post

PAGES = [
    # A family's own record.
    Page("families:household", get=Rule(SIGNED_IN), looks=ANY_NUMBER),
    Page(
        "families:contact",
        about="guardian",
        get=Rule(CONTACTS_CHANGED, seen=STAFF_OF_A_HOME),
        post=post(CONTACTS_CHANGED, seen=STAFF_OF_A_HOME, sends=sends.contact),
    ),
    Page(
        "families:address",
        about="household",
        get=Rule(CHANGES_HOME, seen=HOME_FACTS),
        post=post(CHANGES_HOME, seen=HOME_FACTS, sends=sends.address),
    ),
    Page(
        "families:hide_address",
        about="household",
        get=Rule(CHANGES_HOME, seen=HOME_FACTS),
        post=post(CHANGES_HOME, seen=HOME_FACTS, sends=sends.substitute),
    ),
    Page("families:household_record", about="household", get=Rule(STAFF_OF_A_HOME)),
    Page(
        "families:add_adult",
        about="household",
        get=Rule(STAFF_OF_A_CHILD, seen=STAFF_OF_A_HOME),
        post=post(STAFF_OF_A_CHILD, seen=STAFF_OF_A_HOME, sends=sends.contact),
    ),
    Page("families:child", about="child", get=Rule(CHILD_FACTS, answers=(200, 302))),
    Page("families:who_looked", about="child", get=Rule({**CHILD_FACTS, **PRIVACY})),
    Page(
        "families:change_child",
        about="child",
        get=Rule(EDITS_A_CHILD, seen=CHILD_FACTS),
        post=post(EDITS_A_CHILD, seen=CHILD_FACTS, sends=sends.child),
    ),
    Page(
        "families:move",
        about="child_and_program",
        get=Rule({**MAY_SIGN, **COORDINATORS_OF_SIGNERS}, seen=CHILD_FACTS),
        post=post({**MAY_SIGN, **COORDINATORS_OF_SIGNERS}, seen=CHILD_FACTS, sends=sends.move),
    ),
    Page("families:let_in", about="let_in", post=post({"tess": "grown"}, seen=SIGN_OR_SEE)),
    Page("families:stop_seeing", about="granted", post=post({"tess": "grown"}, seen=SIGN_OR_SEE)),
    # Staff's page of a child, and what they record there.
    Page("families:child_record", about="child", get=Rule(SEES_CHILD_AS_STAFF)),
    Page(
        "families:record_authority",
        about="child",
        get=Rule(STAFF_OF_A_CHILD, seen=SEES_CHILD_AS_STAFF),
        post=post(STAFF_OF_A_CHILD, seen=SEES_CHILD_AS_STAFF, sends=sends.authority),
    ),
    Page(
        "families:block",
        about="child",
        get=Rule(COORDINATORS, seen=SEES_CHILD_AS_STAFF),
        post=post(COORDINATORS, seen=SEES_CHILD_AS_STAFF, sends=sends.block),
    ),
    Page(
        "families:assign",
        about="child",
        get=Rule(SUPERVISORS, seen=SEES_CHILD_AS_STAFF),
        post=post(SUPERVISORS, seen=SEES_CHILD_AS_STAFF, sends=sends.assignment),
    ),
    Page(
        "families:custody",
        about="child",
        get=Rule(SUPERVISORS, seen=SEES_CHILD_AS_STAFF),
        post=post(SUPERVISORS, seen=SEES_CHILD_AS_STAFF, sends=sends.custody, answers=(302, 422)),
    ),
    Page(
        "families:end_authority",
        about="authority",
        get=Rule(STAFF_OF_A_CHILD),
        post=post(STAFF_OF_A_CHILD, sends=sends.end),
    ),
    Page(
        "families:end_block",
        about="block",
        get=Rule(COORDINATORS),
        post=post(COORDINATORS, sends=sends.end),
    ),
]
