"""Which office an application goes to, and which person there answers for it."""

from __future__ import annotations

from django.db.models import Count, Q

from cms_portal.access.roles import ROLES
from cms_portal.accounts.models import RoleGrant, RoleGrantQuerySet, User
from cms_portal.offices.models import County, Office, OfficeQuerySet, Region
from intake.models import Application


class NobodyThere(LookupError):
    """The program has no office with a worker who takes applications."""


def office_for(application: Application) -> Office:
    """Return the office nearest to the household's county where somebody takes applications today."""
    return office_near(application.household.county, application.program)


def office_near(county: County | None, program: str) -> Office:
    """Return the staffed office nearest to a county; of an unknown one, the central one if staffed."""
    staffed = set(_grants(program).values_list("office", flat=True))
    regions = set(_grants(program).values_list("region", flat=True)) - {None}
    for office in _nearest_first(county, program):
        if office.pk in staffed or office.region_id in regions:
            return office
    raise NobodyThere(program)


def office_and_worker(county: County | None, program: str) -> tuple[Office, User | None]:
    """Return who answers for what the public sends: an office even where nobody works just now."""
    try:
        office = office_near(county, program)
    except NobodyThere:
        nearest = _nearest_first(county, program).first()
        if nearest is None:
            raise
        return nearest, None
    return office, worker_for(office)


def _nearest_first(county: County | None, program: str) -> OfficeQuerySet:
    if county is not None:
        return Office.objects.serving(county)
    return Office.objects.filter(program=program, serves_program=True).order_by("-is_central", "pk")


def office_in(region: Region | None, program: str) -> Office:
    """Return the first office of a region, or, for a worker of the whole program, its central one."""
    offices = Office.objects.filter(program=program, serves_program=True)
    if region is not None:
        offices = offices.filter(region=region)
    office = offices.order_by("-is_central", "pk").first()
    if office is None:
        raise NobodyThere(region)
    return office


def worker_for(office: Office) -> User:
    """Return the worker of an office with the fewest applications waiting."""
    there = _grants(office.program).filter(
        Q(office=office) | Q(office__isnull=True, region=office.region)
    )
    worker = (
        User.objects.filter(pk__in=there.values("user"))
        .annotate(
            waiting=Count(
                "assignments", filter=Q(assignments__kind="intake", assignments__ends_on=None)
            )
        )
        .order_by("waiting", "pk")
        .first()
    )
    if worker is None:
        raise NobodyThere(office.program)
    return worker


def _grants(program: str) -> RoleGrantQuerySet:
    takes = [slug for slug, role in ROLES.items() if role.takes_applications]
    return RoleGrant.objects.current().filter(program=program, role__in=takes)
