"""Nothing changed since last year: one page, a signature, a receipt."""

from __future__ import annotations

import pytest

from intake.models import Application, Enrollment, Status
from tests.browser.visitor import Inspector

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_renewal_without_changes_is_one_page(visit, inspector: Inspector):
    enrollment = Enrollment.objects.get(child__first_name="Zoe")
    mother = visit(width=320)
    mother.sign_in("dana")
    assert "Zoe" in mother.text()

    mother.follow(".next-step a")
    assert "sickle cell" in mother.text()
    mother.keys.fill({"name": "Dana Whitfield", "agrees": True})
    mother.follow('.sign button[type="submit"]')

    renewal = Application.objects.get(renews=enrollment)
    assert renewal.status == Status.SUBMITTED
    assert renewal.number in mother.text()
    assert mother.complaints == []
    assert mother.keys.faults == []
    assert inspector.faults(mother) == []
