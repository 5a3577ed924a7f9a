"""A3: no form changes a row of another family, whatever ids are sent with it."""

from __future__ import annotations

import pytest

from cms_portal.families.models import Household
from intake.views import taking
from tests.access.areas import intake
from tests.access.swapped_ids import try_swapped_ids
from tests.access.table import pages_of, parts
from tests.access.walk import Walker

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("foreign", ["faraway", "mississippi"])
@pytest.mark.parametrize(("area", "group"), parts("POST"))
def test_no_row_of_another_family_changes(area, group, foreign, world):
    pages = [page for page in pages_of(area, group) if page.post]

    swapped = try_swapped_ids(Walker(world, pages), world.cases[foreign])

    assert swapped.changed == []
    assert swapped.pages


def test_a_page_that_takes_any_home_is_found(world, monkeypatch):
    """The planted fault: an application for one child in the home of another."""
    monkeypatch.setattr(taking, "_homes", lambda child, user, program: Household.objects.all())
    (page,) = [page for page in intake.PAGES if page.name == "intake:take_for_known"]

    swapped = try_swapped_ids(Walker(world, [page]), world.cases["faraway"])

    assert any("intake_application" in what and "is new" in what for what in swapped.changed)
