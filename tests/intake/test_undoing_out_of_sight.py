"""What was filed with a child whom a worker does not serve is not theirs to take back, and so to read."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms_portal.families import actions as families
from intake.models import Filing
from tests.documents.conftest import files_of_this_test  # noqa: F401
from tests.factories.dates import NM, today
from tests.intake.paper import came, read, scanned, sheet, words


@pytest.fixture
def filed(office, ida, asked, rosa):
    """A paper that its cover sheet filed with a child whom Ida's office serves no more."""
    for row in rosa.child.assignments.all():
        families.end(row=row, on=today(NM), by=ida, reason="served elsewhere")
    read(came(office, ida, scanned(sheet(code=asked.cover_code), sheet("a"))))
    return Filing.objects.get()


def test_it_stays_filed_and_its_pages_stay_shut(desk, filed):
    undo = reverse("intake:undo_filing", args=[filed.envelope_id, filed.pk])
    picture = reverse("intake:envelope_page", args=[filed.envelope_id, filed.pages[0]])

    assert undo not in words(desk.get(filed.envelope.get_absolute_url()))
    assert desk.post(undo).status_code == 404
    filed.refresh_from_db()
    assert filed.undone_at is None
    assert desk.get(picture).status_code == 404
