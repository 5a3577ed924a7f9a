"""What happens to a family's record: who lives where, who may do what, who serves the child."""

from cms_portal.families.actions.authority import (
    block,
    let_in,
    put_youth_in_charge,
    record_authority,
    record_custody,
    take_into_custody,
)
from cms_portal.families.actions.dated import NotAllowedHere, end
from cms_portal.families.actions.households import (
    add_child,
    add_guardian,
    change_child,
    change_guardian,
    change_household,
    hide_address,
    move_out,
    open_household,
    place_child,
    set_address,
)
from cms_portal.families.actions.marks import take_back_mark, tell_apart
from cms_portal.families.actions.merging import (
    confirm_merge,
    decline_merge,
    propose_merge,
    undo_merge,
    why_two_people,
)
from cms_portal.families.actions.moving import release_to_program
from cms_portal.families.actions.service import assign

__all__ = [
    "NotAllowedHere",
    "add_child",
    "add_guardian",
    "assign",
    "block",
    "change_child",
    "change_guardian",
    "change_household",
    "confirm_merge",
    "decline_merge",
    "end",
    "hide_address",
    "let_in",
    "move_out",
    "open_household",
    "place_child",
    "propose_merge",
    "put_youth_in_charge",
    "record_authority",
    "record_custody",
    "release_to_program",
    "set_address",
    "take_back_mark",
    "take_into_custody",
    "tell_apart",
    "undo_merge",
    "why_two_people",
]
