"""Children, their homes, and the people who speak for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import factory

from cms_portal.accounts.models import User
from cms_portal.families import actions
from cms_portal.families.models import (
    AddressKind,
    AssignmentKind,
    Authority,
    AuthorityKind,
    Child,
    Guardian,
    Household,
)
from tests.factories.accounts import UserFactory, the_portal
from tests.factories.dates import NM, born, days_from_today
from tests.factories.offices import CountyFactory, OfficeFactory


class HouseholdFactory(factory.Factory):
    class Meta:
        model = actions.open_household

    program = NM
    county = factory.SubFactory(CountyFactory, program=factory.SelfAttribute("..program"))
    by = factory.LazyFunction(the_portal)


class GuardianFactory(factory.Factory):
    """An adult of a household, with an account unless `user=None`."""

    class Meta:
        model = actions.add_guardian

    household = factory.SubFactory(HouseholdFactory)
    user = factory.SubFactory(UserFactory)
    first_name = "Rosa"
    last_name = factory.Sequence("Baca{}".format)
    phone = "+15055550123"
    email = factory.Sequence("guardian-{}@example.test".format)
    by = factory.LazyFunction(the_portal)


class ChildFactory(factory.Factory):
    """A child of nine, living in `household`: `ChildFactory(date_of_birth=born(17))`."""

    class Meta:
        model = actions.add_child

    household = factory.SubFactory(HouseholdFactory)
    first_name = factory.Sequence("Mateo{}".format)
    last_name = factory.Sequence("Baca{}".format)
    date_of_birth = factory.LazyFunction(lambda: born(9, days=100))
    starts_on = factory.LazyAttribute(lambda child: child.date_of_birth)
    by = factory.LazyFunction(the_portal)


class AuthorityFactory(factory.Factory):
    """What an adult may do for a child: `AuthorityFactory(kind=AuthorityKind.RESOURCE_PARENT)`."""

    class Meta:
        model = actions.record_authority

    guardian = factory.SubFactory(GuardianFactory)
    child = factory.SubFactory(
        ChildFactory, household=factory.SelfAttribute("..guardian.household")
    )
    kind = AuthorityKind.PARENT
    starts_on = factory.LazyAttribute(lambda authority: authority.child.date_of_birth)
    by = factory.LazyFunction(the_portal)


class AddressFactory(factory.Factory):
    class Meta:
        model = actions.set_address

    household = factory.SubFactory(HouseholdFactory)
    kind = AddressKind.HOME
    street = factory.Sequence("{} Calle Larga".format)
    city = "Santa Fe"
    state = "NM"
    zip_code = "87501"
    starts_on = factory.LazyFunction(lambda: days_from_today(-30))
    by = factory.LazyFunction(the_portal)


class BlockFactory(factory.Factory):
    class Meta:
        model = actions.block

    child = factory.SubFactory(ChildFactory)
    user = factory.SubFactory(UserFactory)
    starts_on = factory.LazyFunction(lambda: days_from_today(0))
    reason = "a court order"
    by = factory.LazyFunction(the_portal)


class AssignmentFactory(factory.Factory):
    """An office serves a child: `AssignmentFactory(child=child, office=office, worker=ida)`."""

    class Meta:
        model = actions.assign

    child = factory.SubFactory(ChildFactory)
    office = factory.SubFactory(OfficeFactory, program=factory.SelfAttribute("..child.program"))
    kind = AssignmentKind.PRIMARY
    starts_on = factory.LazyAttribute(lambda new: days_from_today(0, new.child.program))
    reason = "the family's county"
    by = factory.LazyFunction(the_portal)


@dataclass(frozen=True)
class Family:
    """One adult with an account, their household, and one child they speak for."""

    user: User
    household: Household
    guardian: Guardian
    child: Child
    authority: Authority


class FamilyFactory(factory.Factory):
    """A family in one go: `FamilyFactory(program=MS, child__date_of_birth=born(17))`."""

    class Meta:
        model = Family

    class Params:
        program = NM
        kind = AuthorityKind.PARENT

    user = factory.SubFactory(UserFactory)
    household = factory.SubFactory(HouseholdFactory, program=factory.SelfAttribute("..program"))
    guardian = factory.SubFactory(
        GuardianFactory,
        household=factory.SelfAttribute("..household"),
        user=factory.SelfAttribute("..user"),
    )
    child = factory.SubFactory(ChildFactory, household=factory.SelfAttribute("..household"))
    authority = factory.SubFactory(
        AuthorityFactory,
        guardian=factory.SelfAttribute("..guardian"),
        child=factory.SelfAttribute("..child"),
        kind=factory.SelfAttribute("..kind"),
    )


class SecondHomeFactory(FamilyFactory):
    """The other parent of a child, who lives apart: `SecondHomeFactory(child=family.child)`."""

    class Params:
        program = factory.SelfAttribute("child.program")
        kind = AuthorityKind.JOINT_CUSTODY

    child = None

    @classmethod
    def _create(cls, model_class: type[Family], *args: Any, **facts: Any) -> Family:
        child, household = facts["child"], facts["household"]
        actions.place_child(
            child=child, household=household, starts_on=child.date_of_birth, by=the_portal()
        )
        return model_class(**facts)
