"""A family lets somebody help with one application; they see that, and nothing else."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.notifications.models import Message
from intake.actions import helping, notices
from intake.models import HelpInvitation
from tests.intake.deciding import decide_everything
from tests.intake.letting_help import ASKS, invite, let_in, page_of


def test_a_stranger_cannot_tell_that_an_application_can_be_helped_with(draft, hal, signed_in):
    assert signed_in(hal).get(page_of(draft)).status_code == 404
    assert signed_in(hal).post(page_of(draft), ASKS).status_code == 404


def test_a_helper_lets_nobody_else_help(draft, rosa, hal, signed_in):
    let_in(draft, rosa, hal)

    assert signed_in(hal).get(page_of(draft)).status_code == 403
    assert signed_in(hal).post(page_of(draft), ASKS).status_code == 403
    assert page_of(draft) not in signed_in(hal).get(draft.get_absolute_url()).content.decode()


def test_a_helper_neither_signs_nor_sends_nor_takes_back(draft, rosa, hal, signed_in):
    let_in(draft, rosa, hal)
    signed = {"name": "Hal Vigil", "agrees": "on"}

    assert signed_in(hal).post(page_of(draft, "submit"), signed).status_code == 403
    assert signed_in(hal).post(page_of(draft, "withdraw")).status_code == 403
    check = signed_in(hal).get(page_of(draft, "check")).content.decode()
    assert page_of(draft, "submit") not in check


def test_a_helper_does_not_read_the_decision_or_that_there_is_one(
    application, rosa, ida, sam, hal, signed_in
):
    let_in(application, rosa, hal)
    decide_everything(application, ida, sam)
    notices.tell_family(application=application, by=sam, at=timezone.now())

    receipt = signed_in(hal).get(page_of(application, "receipt")).content.decode()
    assert page_of(application, "decision") not in receipt
    assert signed_in(hal).get(page_of(application, "decision")).status_code == 403
    home = signed_in(hal).get(reverse("home")).content.decode()
    assert page_of(application, "decision") not in home
    assert (
        page_of(application, "decision")
        in signed_in(rosa.user).get(reverse("home")).content.decode()
    )


def test_inviting_says_the_same_whether_or_not_there_is_an_account(draft, rosa, hal, signed_in):
    told = []
    for contact in ("hal@example.test", "nobody@example.test"):
        page = signed_in(rosa.user).post(page_of(draft), ASKS | {"contact": contact})
        assert page.status_code == 200
        code = page.context["code"]
        told.append(page.content.decode().replace(code, "").replace(page.context["link"], ""))

    hidden = [words.split('name="csrfmiddlewaretoken"')[0] for words in told]
    assert hidden[0] == hidden[1]
    assert not Message.objects.exists()


def test_the_email_that_was_typed_is_kept_nowhere(draft, rosa):
    _asked, code = invite(draft, rosa.user, contact="hal@example.test")

    kept = str(HelpInvitation.objects.values()) + str(HelpInvitation.history.values())
    assert "hal@example.test" not in kept
    assert code not in kept


def test_asking_twice_asks_once_and_the_newest_code_counts(draft, rosa, hal, signed_in):
    first, old = invite(draft, rosa.user)
    second, code = invite(draft, rosa.user, name="hal")

    assert first == second
    assert signed_in(hal).get(reverse("intake:invited", args=[old])).status_code == 404
    assert signed_in(hal).get(reverse("intake:invited", args=[code])).status_code == 200


def test_no_more_than_five_help_at_a_time(draft, rosa, signed_in):
    for number in range(helping.MOST_HELPERS):
        invite(draft, rosa.user, name=f"Hal {number}")

    page = signed_in(rosa.user).post(page_of(draft), ASKS)

    assert page.status_code == 422
    assert HelpInvitation.objects.count() == helping.MOST_HELPERS


def test_inviting_has_an_end_for_one_day(draft, rosa, signed_in):
    asked = [signed_in(rosa.user).post(page_of(draft), ASKS).status_code for _n in range(21)]

    assert asked == [200] * 20 + [429]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"agrees": ""}, "agrees"), ({"contact": "hal"}, "contact"), ({"days": "900"}, "days")],
)
def test_what_was_told_wrong_is_asked_again(draft, rosa, signed_in, wrong, field):
    page = signed_in(rosa.user).post(page_of(draft), ASKS | wrong)

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not HelpInvitation.objects.exists()
