"""What a browser sends with each POST of the table: a whole and valid form for the case in hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from cms_portal.families.models import AssignmentKind, AuthorityKind
from tests.factories.dates import MS, today

Data = dict[str, Any]


def day(name: str, on: date) -> Data:
    """Return a date as its three boxes send it."""
    return {
        f"{name}_month": str(on.month),
        f"{name}_day": str(on.day),
        f"{name}_year": str(on.year),
    }


def _today_of(case: Any) -> date:
    return today(case.child.program) if case else today()


def contact(world: Any, case: Any) -> Data:
    return {
        "first_name": "Rosa",
        "last_name": "Baca",
        "phone": "505-555-0134",
        "email": "rosa@example.test",
        "preferred_channel": "email",
        "safe_to_text": "no",
        "safe_to_leave_voicemail": "yes",
        "safe_to_mail": "yes",
        "best_time_to_call": "after 3",
        "spoken_language": "es",
        "written_language": "es",
        "interpreter_language": "",
        "interpreter_mode": "",
    }


def address(world: Any, case: Any) -> Data:
    return {
        "kind": "mailing",
        "street": "PO Box 12",
        "unit": "",
        "city": "Santa Fe",
        "state": "NM",
        "zip_code": "87501",
        "directions": "",
    }


def substitute(world: Any, case: Any) -> Data:
    return {"street": "PO Box 99", "city": "Santa Fe", "state": "NM", "zip_code": "87504"}


def child(world: Any, case: Any) -> Data:
    facts = {
        "preferred_name": "Teo",
        "sex": "male",
        "race": ["white"],
        "ethnicity": "",
        "tribe": "",
    }
    names = {"first_name": "Mateo", "middle_name": "", "last_name": "Baca"}
    born = case.child.date_of_birth if case else today()
    return facts | names | day("date_of_birth", born)


def move(world: Any, case: Any) -> Data:
    there = "nm-cms" if case and case.child.program == MS else MS
    county = {"nm-cms": world.santa_fe, MS: world.jackson}[there].county
    signer = case.guardian.pk if case else 0
    if case and case.name == "grown":
        signer = world.people["tess"].guardians.get().pk
    return {
        "guardian": str(signer),
        "county": str(county.pk),
        "parts": ["about", "contacts"],
        "signed_name": "Rosa Baca",
    }


def authority(world: Any, case: Any) -> Data:
    kind = AuthorityKind.COURT_GUARDIAN
    return {
        "guardian": str(_adult(world, case)),
        "kind": kind.value,
        "paper": "",
        "reason": "the court's order",
    } | day("starts_on", _today_of(case))


def block(world: Any, case: Any) -> Data:
    return {
        "guardian": str(_adult(world, case)),
        "paper": "",
        "reason": "the court's order",
    } | day("starts_on", _today_of(case))


def _adult(world: Any, case: Any) -> int:
    """An adult of the child's home; of the placed child, who cares for it."""
    if case is None:
        return 0
    if case.name == "placed":
        return int(world.people["rex"].guardians.get().pk)
    return int(case.guardian.pk)


def assignment(world: Any, case: Any) -> Data:
    office = world.jackson if case and case.child.program == MS else world.hobbs
    return {
        "kind": AssignmentKind.PRIMARY.value,
        "office": str(office.pk),
        "worker": "",
        "reason": "the family moved",
    } | day("starts_on", _today_of(case))


def custody(world: Any, case: Any) -> Data:
    return {
        "kind": AuthorityKind.STATE_CUSTODY.value,
        "agency_first_name": "Gail",
        "agency_last_name": "Agency",
        "resource_first_name": "Rex",
        "resource_last_name": "Resource",
        "reason": "the court's order",
    } | day("starts_on", _today_of(case))


def end_authority(world: Any, case: Any) -> Data:
    return end(world, case) | {"may_write": "yes"}


def end(world: Any, case: Any) -> Data:
    return {"reason": "the court's order"} | day("ends_on", _today_of(case))
