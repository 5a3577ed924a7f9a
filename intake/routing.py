"""Which office an application goes to, and which person there answers for it."""

from __future__ import annotations

from django.db.models import Count, Q

from cms_portal.access.roles import ROLES
from cms_portal.accounts.models import RoleGrant, RoleGrantQuerySet, User
from cms_portal.offices.models import Office, Region
from intake.models import Application


class NobodyThere(LookupError):
    """The program has no office with a worker who takes applications."""


def office_for(application: Application) -> Office:
    """Return the office nearest to the household's county where somebody takes applications today."""
    county = application.household.county
    offices = (
        Office.objects.serving(county)
        if county
        else Office.objects.filter(program=application.program, serves_program=True).order_by(
            "-is_central", "pk"
        )
    )
    staffed = set(_grants(application.program).values_list("office", flat=True))
    regions = set(_grants(application.program).values_list("region", flat=True)) - {None}
    for office in offices:
        if office.pk in staffed or office.region_id in regions:
            return office
    raise NobodyThere(application.program)


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
