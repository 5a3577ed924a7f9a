"""What the portal itself writes of a child names no illness in its plain version: asked of real letters."""

from __future__ import annotations

from django.utils import timezone

from cms_portal.notifications.deadlines import text_of
from cms_portal.notifications.wording import Health
from eligibility.models import Outcome
from intake.actions import notices
from intake.notices import name_to_tell
from tests.factories.dates import MS, NM
from tests.intake.deciding import countersign, decide

CANARY = "Canariasis"


def test_a_service_named_for_one_illness_is_marked_and_any_other_is_not():
    assert isinstance(name_to_tell(NM, "adult_cystic_fibrosis"), Health)
    assert isinstance(name_to_tell(MS, "newborn_hearing_follow_up"), Health)
    assert not isinstance(name_to_tell(NM, "care_coordination"), Health)


def test_a_notice_tells_a_reason_that_names_an_illness_in_its_full_version_alone(application, ida):
    decide(application, "care_coordination", Outcome.AVAILABLE, ida)
    message = notices.tell_family(application=application, by=ida, at=timezone.now()).message
    assert "asthma" in message.text.lower()
    assert message.plain_text
    assert "asthma" not in text_of(message, plain=True).lower()
    assert "J45" not in text_of(message, plain=True)


def test_a_worker_s_own_words_stay_out_of_the_plain_version(application, ida, sam):
    no = decide(
        application,
        "medical_payment",
        Outcome.NOT_AVAILABLE,
        ida,
        code="exception",
        words=f"Medicaid pays for {CANARY}.",
    )
    countersign(application, no, sam)
    message = notices.tell_family(application=application, by=ida, at=timezone.now()).message
    assert CANARY in message.text
    assert CANARY not in text_of(message, plain=True)
