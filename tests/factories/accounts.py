"""People who sign in."""

from __future__ import annotations

from typing import Any

import factory

from cms_portal.accounts import actions
from cms_portal.accounts.models import User, UserKind
from tests.factories.dates import NM, days_from_today


def the_portal() -> User:
    """Return the account by which test data is made, as a command makes demo data."""
    return actions.system_user()


class UserFactory(factory.Factory):
    """A family's account. `UserFactory(name="Rosa Baca", email=…)`."""

    class Meta:
        model = actions.open_account

    username = factory.Sequence("family-{}".format)
    name = factory.Sequence("Rosa Family{}".format)
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.test")
    kind = UserKind.FAMILY
    password = "a paper code of eight words"
    by = factory.LazyFunction(the_portal)


def _employ(*, role: str, program: str, office: Any, region: Any, by: User, **facts: Any) -> User:
    user = actions.open_account(kind=UserKind.STAFF, by=by, **facts)
    actions.grant_role(
        user=user,
        role=role,
        program=program,
        office=office,
        region=region,
        starts_on=days_from_today(-30, program),
        by=by,
    )
    return user


class StaffFactory(factory.Factory):
    """A staff member with one role: `StaffFactory(role="intake-worker", office=office)`.

    The program is the office's or the region's; say it for roles that reach a whole program.
    """

    class Meta:
        model = _employ

    username = factory.Sequence("staff-{}".format)
    name = factory.Sequence("Ida Staff{}".format)
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.test")
    password = "a long sentence that staff sign in with"
    role = "intake-worker"
    office = None
    region = None
    program = factory.LazyAttribute(
        lambda user: getattr(user.office or user.region, "program", None) or NM
    )
    by = factory.LazyFunction(the_portal)
