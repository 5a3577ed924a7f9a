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
    STAFF_OF_A_CHILD,
    STAFF_OF_A_HOME,
    SUPERVISORS,
)
from tests.access.rules import ANY_NUMBER, NOBODY, SIGNED_IN, Page, Rule, post

MOVES = {**MAY_SIGN, **COORDINATORS_OF_SIGNERS}
# The form, what it is about, who may open and send it, who sees the thing and may not, what is sent.
FORMS = [
    # A family's own home, and staff in its place.
    ("contact", "guardian", CONTACTS_CHANGED, STAFF_OF_A_HOME, sends.contact),
    ("address", "household", CHANGES_HOME, HOME_FACTS, sends.address),
    ("hide_address", "household", CHANGES_HOME, HOME_FACTS, sends.substitute),
    ("add_adult", "household", STAFF_OF_A_CHILD, STAFF_OF_A_HOME, sends.contact),
    # The child.
    ("change_child", "child", EDITS_A_CHILD, CHILD_FACTS, sends.child),
    ("move", "child_and_program", MOVES, CHILD_FACTS, sends.move),
    # What staff record of rights and of who serves.
    ("record_authority", "child", STAFF_OF_A_CHILD, SEES_CHILD_AS_STAFF, sends.authority),
    ("block", "child", COORDINATORS, SEES_CHILD_AS_STAFF, sends.block),
    ("assign", "child", SUPERVISORS, SEES_CHILD_AS_STAFF, sends.assignment),
    ("custody", "child", SUPERVISORS, SEES_CHILD_AS_STAFF, sends.custody),
    ("end_authority", "authority", STAFF_OF_A_CHILD, NOBODY, sends.end_authority),
    ("end_block", "block", COORDINATORS, NOBODY, sends.end),
]
# Nobody takes custody of somebody who is of age or in custody already.
ANSWERS = {"custody": (302, 422)}
PAGES = [
    Page("families:household", get=Rule(SIGNED_IN), looks=ANY_NUMBER),
    Page("families:household_record", about="household", get=Rule(STAFF_OF_A_HOME)),
    Page("families:child", about="child", get=Rule(CHILD_FACTS, answers=(200, 302))),
    Page("families:child_record", about="child", get=Rule(SEES_CHILD_AS_STAFF)),
    Page("families:who_looked", about="child", get=Rule({**CHILD_FACTS, **PRIVACY})),
    # Only who signed a release takes it back.
    Page(
        "families:take_back",
        about="release",
        world="released",
        get=Rule({"rosa": "mateo"}),
        post=post({"rosa": "mateo"}),
    ),
    # Only a grown child lets others in: a parent who may sign for a child is refused.
    Page("families:let_in", about="let_in", post=post({"tess": "grown"}, seen=CHILD_FACTS)),
    Page("families:stop_seeing", about="granted", post=post({"tess": "grown"}, seen=CHILD_FACTS)),
    *(
        Page(
            f"families:{name}",
            about=about,
            get=Rule(who, seen=seen),
            post=post(who, seen=seen, sends=sent, answers=ANSWERS.get(name, (302,))),
        )
        for name, about, who, seen, sent in FORMS
    ),
]
