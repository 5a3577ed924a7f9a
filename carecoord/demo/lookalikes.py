"""Two records of one child, opened by mistake, and twins: what the search for duplicates offers."""

from __future__ import annotations

from carecoord.demo import families as home
from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.families import actions as families
from cms_portal.families.models import AssignmentKind, AuthorityKind, Guardian
from cms_portal.offices.models import County, Office

NM = home.NM


def open_look_alikes(staff: dict[str, User]) -> None:
    """Santa Fe: the grandmother of Rosa's Mateo called, and his name was misheard; and the Trujillo twins."""
    ida = staff["ida"]
    grandmother = _adult("Amparo", "Gallegos", "+15055550134", ida)
    relative, parent = AuthorityKind.RELATIVE_WITHOUT_PAPERS, AuthorityKind.PARENT
    _child(grandmother, relative, ida, first_name="Matteo", last_name="Gallegos", age=9)
    mother = _adult("Elena", "Trujillo", "+15055550186", ida)
    for name in ("Marisol", "Mariano"):
        _child(mother, parent, ida, first_name=name, last_name="Trujillo", age=4)


def _adult(first: str, last: str, phone: str, by: User) -> Guardian:
    county = County.objects.get(program=NM, name="Santa Fe")
    household = families.open_household(program=NM, county=county, by=by)
    return families.add_guardian(
        household=household, first_name=first, last_name=last, phone=phone, by=by
    )


def _child(guardian: Guardian, kind: str, by: User, *, age: int, **names: str) -> None:
    household, today = guardian.household, programs.get(NM).today()
    county = County.objects.get(program=NM, name="Santa Fe")
    child = families.add_child(
        household=household, date_of_birth=home.born(age), starts_on=today, by=by, **names
    )
    families.record_authority(guardian=guardian, child=child, kind=kind, starts_on=today, by=by)
    families.assign(
        child=child,
        household=household,
        office=Office.objects.serving(county).earliest("pk"),
        kind=AssignmentKind.INTAKE,
        starts_on=today,
        reason="the family's county",
        by=by,
    )
