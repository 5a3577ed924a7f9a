"""Before new values are in force: who flips, both ways. And stored decisions come out again as they did."""

import shutil
import uuid
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from eligibility import comparing
from eligibility.actions import recommend
from eligibility.models import Determination
from eligibility.program_folders import PROGRAMS, rulebooks
from tests.factories import CountyFactory, FamilyFactory, UserFactory, the_portal
from tests.factories.dates import NM

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 21)
FACTS = {
    "program": NM,
    "on": DAY.isoformat(),
    "date_of_birth": "2015-03-01",
    "residence": {"state": "NM", "intends_to_stay": True},
    "conditions": [{"icd10": "J45.40", "status": "confirmed"}],
    "household": {"size": 4, "children_with_special_needs": 1},
    "coverage": {"medicaid": "denied"},
}


def stored(monthly: str, county: str) -> Determination:
    place = CountyFactory(program=NM, name=county)
    family = FamilyFactory(household__county=place, user=UserFactory())
    return recommend(
        child=family.child,
        household=family.household,
        case_key=uuid.uuid4(),
        facts=FACTS | {"income": [{"amount": monthly, "period": "monthly"}]},
        by=the_portal(),
        at=timezone.now(),
    )


def said(command: str, *options: str) -> str:
    out = StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def candidate(tmp_path):
    """The rulebooks, with a lower income limit."""
    folder = tmp_path / "programs"
    shutil.copytree(PROGRAMS, folder)
    figures = folder / "nm_cms" / "parameters" / "figures.yaml"
    figures.write_text(figures.read_text().replace("value: 200", "value: 150"))
    return folder


def test_a_preview_says_who_flips_by_service_and_county(candidate):
    stored("5000.00", "Taos")
    stored("1000.00", "Taos")

    told = said("preview_rulebook", "--candidate", str(candidate), "--on", "2026-11-21")

    assert "nm-cms  medical_payment  available -> not_available  Taos: 1" in told
    assert "2 asked" in told


def test_a_preview_of_the_rules_in_force_flips_nobody():
    stored("5000.00", "Taos")

    told = said("preview_rulebook", "--candidate", str(PROGRAMS), "--on", "2026-11-21")

    assert "1 asked, 0 answers flip" in told


def test_a_broken_candidate_is_one_clear_line(tmp_path):
    with pytest.raises(CommandError, match="the candidate cannot be used"):
        said("preview_rulebook", "--candidate", str(tmp_path))


def test_stored_determinations_come_out_again_as_they_did():
    stored("5000.00", "Taos")
    stored("9000.00", "Taos")

    assert "2 asked again, 0 of them made by other rules, 0 different" in said(
        "replay_determinations"
    )


def test_one_that_was_tampered_with_is_named():
    changed = stored("9000.00", "Taos")
    services = changed.services | {
        "medical_payment": changed.services["medical_payment"] | {"outcome": "available"}
    }
    changed.services = services

    told = comparing.replay([changed], rulebooks())

    assert [(one.determination, one.services) for one in told.differences] == [
        (changed.pk, ("medical_payment",))
    ]
    assert told.differences[0].same_rules
