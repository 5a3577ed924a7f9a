"""Who was let to help for some weeks sees nothing once the child has died."""

from __future__ import annotations

from django.utils import timezone

from intake.actions import deaths
from intake.models import Helper
from tests.factories.dates import NM, today
from tests.intake.letting_help import let_in, page_of


def test_help_that_has_a_last_day_ends_as_well(draft, rosa, hal, ida, signed_in):
    let_in(draft, rosa, hal)

    deaths.record_death(
        child=draft.child, died_on=today(NM), told_by="Rosa Baca", by=ida, at=timezone.now()
    )

    assert not Helper.objects.on(today(NM)).exists()
    assert signed_in(hal).get(page_of(draft, "receipt")).status_code == 404
