"""Children, the households they live in, and what each adult may do for them, from a day until a day."""

from cms_portal.families.models.authority import CUSTODY, Authority, AuthorityKind, Block
from cms_portal.families.models.child import Child
from cms_portal.families.models.household import (
    Address,
    AddressKind,
    Guardian,
    Household,
    HouseholdMembership,
)
from cms_portal.families.models.merge import Merge, MergeMove, NotTheSame
from cms_portal.families.models.periods import (
    DatedQuerySet,
    ends_after_it_starts,
    in_force,
    never_twice,
)
from cms_portal.families.models.service import (
    Assignment,
    AssignmentKind,
    Release,
    ReleaseWithdrawal,
)
from cms_portal.families.models.words import (
    Channel,
    Ethnicity,
    InterpreterMode,
    Language,
    Race,
    Sex,
    WrittenLanguage,
)

__all__ = [
    "CUSTODY",
    "Address",
    "AddressKind",
    "Assignment",
    "AssignmentKind",
    "Authority",
    "AuthorityKind",
    "Block",
    "Channel",
    "Child",
    "DatedQuerySet",
    "Ethnicity",
    "Guardian",
    "Household",
    "HouseholdMembership",
    "InterpreterMode",
    "Language",
    "Merge",
    "MergeMove",
    "NotTheSame",
    "Race",
    "Release",
    "ReleaseWithdrawal",
    "Sex",
    "WrittenLanguage",
    "ends_after_it_starts",
    "in_force",
    "never_twice",
]
