"""The access table, written by hand: every address, every method, who is answered how.

To add an address: one line here, with who may; and, if it is about a new kind of thing, one builder in
`objects.py`. Everybody not named is answered as if the thing did not exist.
"""

from __future__ import annotations

from tests.access.rules import EVERYONE, SIGNED_IN, Page, Reach, Rule, post

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

TABLE: list[Page] = [
    # The frame.
    Page("home", get=Rule(SIGNED_IN, answers=(200, 302))),
    Page("ui:set_language", post=post(EVERYONE, sends=lambda w, o: {"language": "es"})),
    Page("ui:leave", get=Rule(EVERYONE), post=post(EVERYONE)),
    Page(
        "ui:stay", get=Rule(SIGNED_IN, answers=(200, 302)), post=post(SIGNED_IN, answers=(200, 302))
    ),
    Page("ui:expired", get=Rule(EVERYONE)),
    Page("ui:gallery", get=Rule(EVERYONE), post=post(EVERYONE, answers=(200, 422))),
]
