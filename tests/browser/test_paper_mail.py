"""Mail comes in: a worker takes it in, parts it, files it by keyboard, and what was asked is answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from intake.models import Envelope, InformationRequest
from intake.paper_states import EnvelopeState
from intake.states import RequestState
from tests.browser.visitor import DESK, Inspector, Visitor
from tests.intake.paper import scanned, sheet

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUBMIT = 'main form button[type="submit"]:not([name])'
# How wide the picture of each page is, once it is loaded; nothing where it is broken.
PICTURES = "() => [...document.querySelectorAll('.sheets__picture')].map((one) => one.naturalWidth)"


@pytest.mark.parametrize("script", [True, False])
def test_mail_is_taken_in_parted_filed_and_answers_what_was_asked(
    visit, inspector: Inspector, script: bool
):
    asked = InformationRequest.objects.get(
        application__child__first_name="Lucía", rule="covered_condition"
    )
    worker = visit(width=DESK, script=script)
    worker.sign_in("ida")
    worker.go(reverse("intake:take_in_paper"))
    take_in(worker, scanned(sheet("A doctor's letter"), sheet("")))
    envelope = Envelope.objects.latest("pk")
    assert envelope.state == EnvelopeState.TO_SORT
    if script:
        worker.page.wait_for_load_state("networkidle")
        assert worker.page.evaluate(PICTURES) == [371, 371]

    file_the_letter(worker, asked)
    asked.refresh_from_db()
    assert asked.state == RequestState.ANSWERED

    worker.keys.fill({"target": "aside"})
    worker.follow(SUBMIT)
    envelope.refresh_from_db()
    assert envelope.state == EnvelopeState.FILED
    assert worker.path == reverse("intake:inbox")

    worker.go(reverse("intake:envelope", args=[envelope.pk]))
    assert "Lucía" in worker.text()
    assert worker.complaints == []
    assert worker.keys.faults == []
    assert inspector.faults(worker) == []


def take_in(worker: Visitor, scan: bytes) -> None:
    """The first try names a day without its year; the second only mends that, and the scan is still here."""
    file: Any = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": scan}
    year = worker.page.locator('[name="received_on_year"]')
    this_year = year.input_value()
    year.fill("")
    worker.page.locator('input[name="papers"]').first.set_input_files(file)
    worker.follow(SUBMIT)
    assert worker.page.locator(".usa-error-message").count() == 1
    assert worker.page.get_by_label("scan.pdf").is_checked()
    worker.page.locator('[name="received_on_year"]').fill(this_year)
    worker.follow(SUBMIT)


def file_the_letter(worker: Visitor, asked: InformationRequest) -> None:
    worker.keys.fill({"pages": "1", "look_for": "Gallegos"})
    worker.follow('button[name="look"]')
    worker.keys.fill({"target": f"request-{asked.pk}"})
    worker.follow(SUBMIT)
