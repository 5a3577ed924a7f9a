"""The invented staff, and which of them answers for a county."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta

from carecoord.scale.names import FIRST_NAMES, LARGE_COUNTIES, LAST_NAMES
from cms_portal import programs
from cms_portal.accounts import actions as accounts
from cms_portal.accounts.models import User, UserKind
from cms_portal.families.models import Household
from cms_portal.offices.models import County, Office, Region
from intake import routing
from intake.models import Application

NM, MS = "nm-cms", "ms-cmp"
# Children for whom one more worker of a kind is hired; every office or region has at least one of each.
CHILDREN_PER_COORDINATOR = 250
CHILDREN_PER_INTAKE_WORKER = 1_500
CHILDREN_PER_SUPERVISOR = 20_000


@dataclass(frozen=True)
class Place:
    """A county, the office it is served by, and one worker there of each kind."""

    county: County
    office: Office
    intake_worker: User
    coordinator: User
    supervisor: User


@dataclass(frozen=True)
class Team:
    """Who may stand for whom at one office."""

    county: County
    office: Office
    intake_workers: list[User]
    coordinators: list[User]
    supervisors: list[User]

    def place(self, lot: random.Random) -> Place:
        """Draw one worker of each kind."""
        return Place(
            county=self.county,
            office=self.office,
            intake_worker=lot.choice(self.intake_workers),
            coordinator=lot.choice(self.coordinators),
            supervisor=lot.choice(self.supervisors),
        )


def hire(lot: random.Random, children: dict[str, int], by: User) -> None:
    """Open the staff accounts that so many children of each program need."""
    nm, ms = children.get(NM, 0), children.get(MS, 0)
    offices = list(Office.objects.open_to_families().filter(program=NM))
    for office in offices:
        _hire(lot, "intake-worker", office, _share(nm, offices, CHILDREN_PER_INTAKE_WORKER), by)
        _hire(lot, "social-worker", office, _share(nm, offices, CHILDREN_PER_COORDINATOR), by)
    regions = list(Region.objects.filter(program=MS))
    for region in regions:
        count = _share(ms, regions, CHILDREN_PER_COORDINATOR)
        _hire(lot, "regional-coordinator", region, count, by)
    for program, number in children.items():
        _hire(lot, "program-supervisor", program, _share(number, [1], CHILDREN_PER_SUPERVISOR), by)


def _share(children: int, places: list, per_worker: int) -> int:
    return max(1, round(children / len(places) / per_worker))


def _hire(
    lot: random.Random, role: str, where: Office | Region | str, count: int, by: User
) -> None:
    program = where if isinstance(where, str) else where.program
    before = User.objects.filter(username__startswith=f"{role}-").count()
    for number in range(before + 1, before + count + 1):
        user = accounts.open_account(
            username=f"{role}-{number}",
            # A middle number keeps one worker's name from being another's, and from being a word.
            name=f"{lot.choice(FIRST_NAMES)} {lot.choice(LAST_NAMES)} {role[0].upper()}{number}",
            kind=UserKind.STAFF,
            language="en",
            by=by,
        )
        accounts.grant_role(
            user=user,
            role=role,
            program=program,
            office=where if isinstance(where, Office) else None,
            region=where if isinstance(where, Region) else None,
            starts_on=programs.get(program).today() - timedelta(days=400),
            by=by,
        )


def teams_of(program: str) -> list[tuple[Team, int]]:
    """Return each county's team with how many families live there, compared to others."""
    staff = _staff(program)
    found = []
    for county in County.objects.filter(program=program).select_related("region"):
        office = routing.office_for(
            Application(program=program, household=Household(program=program, county=county))
        )
        there = [
            *staff.get(("office", office.pk), []),
            *staff.get(("region", office.region_id), []),
        ]
        intake = [user for role, user in there if role != "social-worker"]
        serving = [user for role, user in there if role != "intake-worker"]
        supervisors = [user for _role, user in staff["program", None]]
        team = Team(county, office, intake, serving, supervisors)
        found.append((team, LARGE_COUNTIES.get(county.name, 1)))
    return found


def _staff(program: str) -> dict[tuple[str, int | None], list[tuple[str, User]]]:
    """Return the invented staff by where they work: an office, a region, or the whole program."""
    found: dict[tuple[str, int | None], list[tuple[str, User]]] = {}
    users = User.objects.filter(role_grants__program=program).prefetch_related("role_grants")
    for user in users.order_by("pk").distinct():
        grant = user.role_grants.all()[0]
        if not user.username.startswith(f"{grant.role}-"):
            continue
        kind = "office" if grant.office_id else "region" if grant.region_id else "program"
        where = (kind, grant.office_id or grant.region_id)
        found.setdefault(where, []).append((grant.role, user))
    return found
