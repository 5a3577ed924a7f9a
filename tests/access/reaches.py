"""Who reaches what, written by hand: persona → the cases on which they may; areas build on these."""

from __future__ import annotations

from tests.access.rules import Reach

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
# Who looked and who changed what, and nothing else of a record.
PRIVACY: Reach = {"pia": NEW_MEXICO}
# Who reads reviews for the committee sees the child's name in those they have a seat in.
COMMITTEE: Reach = {"rita": NEW_MEXICO}
# Hal helps with Rosa's application, and so reads the name in it and how she is reached.
CHILD_NAMES: Reach = {**CHILD_FACTS, "hal": "mateo", **PRIVACY, **COMMITTEE}

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
CONTACTS: Reach = {
    **{k: v for k, v in OWN_HOME.items() if k != "tess"},
    **STAFF_OF_A_HOME,
    "hal": "mateo",
}
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
SEES_CHILD_AS_STAFF: Reach = {**STAFF_OF_A_HOME, "carla": REGION}

# What one home tells of one child: not Joe, whose rights over Tess have ended, nor Bio. For the placed
# child the agency tells.
FAMILY_TELLS: Reach = {
    "rosa": "mateo",
    "ben": "second_home",
    "fern": "faraway",
    "dana": "mississippi",
    "tess": "grown",
    "gail": "placed",
}
HOME_TELLS: Reach = FAMILY_TELLS
