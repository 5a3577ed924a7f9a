"""The access table, written by hand: every address, every method, who is answered how.

To add an address: one line here, with who may; and, if it is about a new kind of thing, one builder in
`objects.py`. Everybody not named is answered as if the thing did not exist.
"""

from __future__ import annotations

from tests.access import sends
from tests.access.accounts import accounts
from tests.access.rules import ANY_NUMBER, EVERYONE, SIGNED_IN, Page, Reach, Rule, post

# Cases by where they are served.
OFFICE = "mateo second_home neighbor grown placed"
REGION = f"{OFFICE} nearby"
NEW_MEXICO = f"{REGION} faraway transferred closed"
CASELOAD = "mateo second_home grown placed"
MISSISSIPPI = "mississippi"

STAFF_OF_A_CHILD: Reach = {
    "ida": OFFICE,
    "cleo": CASELOAD,
    "sam": REGION,
    "prue": NEW_MEXICO,
    "mo": MISSISSIPPI,
    "sue": MISSISSIPPI,
}
# Without the clinic coordinator, who sees the child and not the home.
STAFF_OF_A_HOME: Reach = {**STAFF_OF_A_CHILD, "max": NEW_MEXICO}
COORDINATORS: Reach = {
    "cleo": CASELOAD,
    "sam": REGION,
    "prue": NEW_MEXICO,
    "mo": MISSISSIPPI,
    "sue": MISSISSIPPI,
}
SUPERVISORS: Reach = {"sam": REGION, "prue": NEW_MEXICO, "sue": MISSISSIPPI}

# What is told of the child itself: both parents who live apart, the youth, and who serves the child.
FAMILY_OF_A_CHILD: Reach = {
    "rosa": "mateo second_home",
    "ben": "mateo second_home",
    "fern": "faraway",
    "dana": "mississippi",
    "tess": "grown",
    "rex": "placed",
    "gail": "placed",
}
CHILD_FACTS: Reach = {**FAMILY_OF_A_CHILD, **STAFF_OF_A_HOME, "carla": REGION}

# What one home tells: its own adults only. Joe and Bio keep their own home, though not the child.
OWN_HOME: Reach = {
    "rosa": "mateo",
    "ben": "second_home",
    "fern": "faraway",
    "dana": "mississippi",
    "tess": "grown",
    "joe": "grown",
    "bio": "placed",
}
HOME_FACTS: Reach = {**OWN_HOME, **STAFF_OF_A_HOME}
CONTACTS: Reach = {**{k: v for k, v in OWN_HOME.items() if k != "tess"}, **STAFF_OF_A_HOME}
ADDRESSES: Reach = HOME_FACTS

# Where a child is placed: the agency, and staff who may see such addresses.
PLACEMENT: Reach = {"rex": "placed", "gail": "placed", **STAFF_OF_A_HOME}
PLACEMENT_ADDRESS: Reach = {"gail": "placed", **COORDINATORS}

# Whom a child's page shows as theirs to change: not the resource parent.
MAY_APPLY: Reach = {k: v for k, v in FAMILY_OF_A_CHILD.items() if k != "rex"}
MAY_SIGN: Reach = {k: v for k, v in MAY_APPLY.items() if k != "gail"}  # her order is not shown yet
EDITS_A_CHILD: Reach = {**MAY_APPLY, **STAFF_OF_A_CHILD}
CHANGES_HOME: Reach = {
    "rosa": "mateo",
    "ben": "second_home",
    "fern": "faraway",
    "dana": "mississippi",
    "tess": "grown",
    **STAFF_OF_A_CHILD,
}
# Joe and Bio change how they are reached, though their home is no longer the child's.
CONTACTS_CHANGED: Reach = {**CHANGES_HOME, "joe": "grown", "bio": "placed"}
CONTACTS_CHANGED = {k: v for k, v in CONTACTS_CHANGED.items() if k != "tess"}
# Who signs for a placed child is the agency, once its order is shown.
SIGNED_FOR = {case for case in [*NEW_MEXICO.split(" "), MISSISSIPPI] if case != "placed"}
COORDINATORS_OF_SIGNERS: Reach = {
    who: " ".join(case for case in cases.split(" ") if case in SIGNED_FOR)
    for who, cases in COORDINATORS.items()
}
# Only a grown child lets others in: a parent who may sign for a child is refused.
SIGN_OR_SEE: Reach = CHILD_FACTS
SEES_CHILD_AS_STAFF: Reach = {**STAFF_OF_A_HOME, "carla": REGION}

TABLE: list[Page] = [
    # The frame.
    Page("home", get=Rule(SIGNED_IN, answers=(200, 302))),
    Page("ui:set_language", post=post(EVERYONE, sends=lambda w, o: {"language": "es"})),
    Page("ui:leave", get=Rule(EVERYONE), post=post(EVERYONE)),
    Page("ui:stay", post=post(SIGNED_IN, answers=(200, 302))),
    Page("ui:expired", get=Rule(EVERYONE)),
    Page("ui:gallery", get=Rule(EVERYONE), post=post(EVERYONE, answers=(200, 422))),
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
    Page("families:who_looked", about="child", get=Rule(CHILD_FACTS)),
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
    *accounts(STAFF_OF_A_CHILD, {**CONTACTS_CHANGED, **STAFF_OF_A_HOME}),
]
