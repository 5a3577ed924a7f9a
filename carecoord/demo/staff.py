"""Who works where in the demo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cms_portal import programs
from cms_portal.accounts import actions as accounts
from cms_portal.accounts.models import User, UserKind
from cms_portal.offices.models import Office, Region

NM, MS = "nm-cms", "ms-cmp"


@dataclass(frozen=True)
class Worker:
    """One staff member: where is an office's city, a region's slug, or nothing for the whole program."""

    slug: str
    name: str
    role: str
    program: str = NM
    city: str = ""
    region: str = ""


STAFF = [
    Worker("ida", "Ida Romero", "intake-worker", city="Santa Fe"),
    Worker("cleo", "Cleo Baca", "social-worker", city="Las Cruces"),
    Worker("nora", "Nora Begay", "intake-worker", city="Las Cruces"),
    Worker("carla", "Carla Montoya", "clinic-coordinator", region="northeast"),
    Worker("max", "Max Ortega", "medical-director"),
    Worker("sam", "Sam Trujillo", "program-supervisor"),
    Worker("prue", "Prue Archibeque", "program-supervisor"),
    Worker("rita", "Rita Salas", "review-committee"),
    Worker("omar", "Omar Tafoya", "review-committee"),
    Worker("gwen", "Gwen Pino", "review-committee"),
    Worker("ana", "Ana Lucero", "program-administrator"),
    Worker("pia", "Pia Sandoval", "privacy-officer"),
    Worker("mo", "Mo Jefferson", "regional-coordinator", MS, region="central"),
    Worker("lena", "Lena Carter", "regional-coordinator", MS, region="central"),
    Worker("sue", "Sue Hayes", "program-supervisor", MS),
]
# People who serve both programs have a grant in each; Sue looks at unlisted conditions besides.
ALSO = [
    ("pia", "privacy-officer", MS),
    ("ana", "program-administrator", MS),
    ("sue", "condition-reviewer", MS),
]


def hire_everybody(by: User) -> dict[str, User]:
    """Open the staff accounts with their roles; return them by slug."""
    hired = {}
    for worker in STAFF:
        hired[worker.slug] = accounts.open_account(
            username=worker.slug,
            name=worker.name,
            kind=UserKind.STAFF,
            language="en",
            by=by,
        )
        _grant(hired[worker.slug], worker, by)
    for slug, role, program in ALSO:
        _grant(hired[slug], Worker(slug, "", role, program), by)
    return hired


def _grant(user: User, worker: Worker, by: User) -> None:
    office = region = None
    if worker.city:
        office = Office.objects.filter(
            program=worker.program, city=worker.city, serves_program=True
        ).earliest("pk")
    if worker.region:
        region = Region.objects.get(program=worker.program, slug=worker.region)
    accounts.grant_role(
        user=user,
        role=worker.role,
        program=worker.program,
        office=office,
        region=region,
        starts_on=_last_year(worker.program),
        by=by,
    )


def _last_year(program: str) -> date:
    return programs.get(program).today() - timedelta(days=400)
