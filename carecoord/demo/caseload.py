"""Cleo's caseload: forty children of the southwest, a few of whose applications wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from carecoord.demo import families as home
from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.families import actions as families
from cms_portal.families.models import AssignmentKind, AuthorityKind, Child
from cms_portal.offices.models import County, Office
from intake.actions import changes
from intake.changes import kind_of
from intake.journeys.filling import fill
from intake.models import Application

NM = home.NM
CHILDREN = 39  # with Ben's newborn, forty
FIRST_NAMES = [
    "Ana",
    "Bruno",
    "Carmen",
    "Diego",
    "Elisa",
    "Felipe",
    "Gloria",
    "Hugo",
    "Inés",
    "Jorge",
    "Karla",
    "Luis",
    "Marta",
]
LAST_NAMES = [
    "Aragón",
    "Benavidez",
    "Chee",
    "Domínguez",
    "Esquibel",
    "Franco",
    "Griego",
    "Herrera",
    "Yazzie",
]
COUNTIES = ["Doña Ana", "Luna", "Otero", "Sierra", "Grant", "Hidalgo"]
# Days since these families sent their application; the first is overdue.
SENT_DAYS_AGO = [47, 41, 30, 17, 9, 3, 1]
# The sixth of them has a condition that is on no list, which its doctor confirmed.
UNLISTED = 5
# And the fourth told of a change after its ten working days.
LATE = 3
CONDITIONS = ["type 1 diabetes", "asthma", "seizures", "cleft lip", "hole in the heart"]


HALF_FACE = {
    "text": "one side of the face is smaller",
    "icd10": "Q87.0",
    "status": "confirmed",
    "diagnosed_by": "Dr. Anita Kee, genetics clinic",
}


def make_caseload(staff: dict[str, User], now: datetime) -> list[tuple[Child, User]]:
    """Open the records, and give each child to Cleo on a day of the past year; return who they are."""
    opened = []
    office = Office.objects.filter(program=NM, city="Las Cruces", serves_program=True).earliest(
        "pk"
    )
    for number in range(CHILDREN):
        family = _family(number, staff["nora"])
        _give_to_cleo(family, office, number, staff)
        opened.append(family)
        if number < len(SENT_DAYS_AGO):
            application = apply_for(family, number, now, SENT_DAYS_AGO[number])
            if number == UNLISTED:
                home.with_code(application, staff["nora"], HALF_FACE)
            if number == LATE:
                _tell_late(application, family[1], now)
    return opened


def _family(number: int, by: User) -> tuple[Child, User]:
    """Open the account and the record of one invented family."""
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    last = LAST_NAMES[(number * 4 + number // 9) % len(LAST_NAMES)]
    parent = home.open_family_account(
        f"family-{number + 1}", f"{FIRST_NAMES[(number * 5 + 3) % len(FIRST_NAMES)]} {last}"
    )
    county = County.objects.get(program=NM, name=COUNTIES[number % len(COUNTIES)])
    household = families.open_household(program=NM, county=county, by=by)
    guardian = families.add_guardian(
        household=household,
        user=parent,
        first_name=parent.name.split()[0],
        last_name=last,
        by=by,
    )
    born = home.born(1 + number % 16, days=20 + number * 7)
    child = families.add_child(
        household=household,
        first_name=first,
        last_name=last,
        date_of_birth=born,
        starts_on=born,
        by=by,
    )
    families.record_authority(
        guardian=guardian, child=child, kind=AuthorityKind.PARENT, starts_on=born, by=by
    )
    return child, parent


def _give_to_cleo(
    family: tuple[Child, User], office: Office, number: int, staff: dict[str, User]
) -> None:
    child, _parent = family
    since = programs.get(NM).today() - timedelta(days=8 * number + 3)
    families.assign(
        child=child,
        household=child.memberships.get().household,
        office=office,
        worker=staff["cleo"],
        kind=AssignmentKind.PRIMARY,
        starts_on=since,
        reason="the family's county",
        by=staff["sam"],
    )


def apply_for(family: tuple[Child, User], number: int, now: datetime, days_ago: int) -> Application:
    """Let one of these families answer every page and send it, so many days ago."""
    child, parent = family
    application = home.start_for_known(parent, child)
    condition = {"text": CONDITIONS[number % len(CONDITIONS)], "status": "reported"}
    told = home.new_mexico_answers(
        COUNTIES[number % len(COUNTIES)],
        [condition],
        **{
            "language": {
                "spoken_language": "en",
                "written_language": "en",
                "needs_interpreter": "no",
            },
            "seizure-medicine": {"on_seizure_medication": "unsure"},
            "newborn": {
                "born_in_state": "yes",
                "hearing_screen": "passed",
                "hearing_risk_factors": "no",
                "bloodspot_screen": "in_range",
            },
        },
    )
    fill(application, told, by=parent)
    return home.send(application, parent, now - timedelta(days=days_ago))


def _tell_late(application: Application, parent: User, now: datetime) -> None:
    kind = kind_of(NM, "household")
    assert kind
    changes.report(
        application=application,
        kind=kind,
        became_aware_on=programs.get(NM).today() - timedelta(days=30),
        words="My mother lives with us now.",
        by=parent,
        at=now,
    )
