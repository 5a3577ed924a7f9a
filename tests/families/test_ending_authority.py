"""When an adult's right over a child ends they have it in writing, where a letter is safe."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms_portal.families import stopping
from cms_portal.notifications import mailing
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from tests.access.sends import day
from tests.factories import AuthorityFactory, BlockFactory
from tests.factories.dates import days_from_today, today

pytestmark = pytest.mark.django_db
TASK = "tell_authority_ended"


def end(row, by, *, may_write=True, on=None):
    return stopping.end_authority(
        row=row, on=on or today(), reason="the court’s order", may_write=may_write, by=by
    )


def test_nobody_writes_to_an_adult_who_is_blocked(rosa, ben, ida):
    BlockFactory(child=rosa.child, user=ben.user)

    end(ben.authority, ida)

    assert not Message.objects.exists()
    assert not Task.objects.filter(kind=TASK).exists()


def test_nobody_writes_to_an_adult_whose_block_begins_later(rosa, ben, ida):
    BlockFactory(child=rosa.child, user=ben.user, starts_on=days_from_today(3))
    end(ben.authority, ida)
    assert not Message.objects.exists()


def test_the_form_says_whose_right_over_whom_it_ends(ben, signed_in, ida):
    page = signed_in(ida).get(reverse("families:end_authority", args=[ben.authority.pk]))

    adult, child = str(ben.guardian), ben.child.called
    words = page.content.decode()
    assert f"End what {adult} may do for {child}" in words
    assert f"{adult} sees nothing of {child} here" in words


def test_where_a_letter_is_not_safe_a_worker_decides_how(ben, ida):
    end(ben.authority, ida, may_write=False)

    assert not Message.objects.exists()
    assert Task.objects.get(kind=TASK).due_on == today()


def test_who_keeps_another_right_over_the_child_hears_nothing(ben, ida):
    AuthorityFactory(guardian=ben.guardian, child=ben.child, starts_on=days_from_today(10))
    ending = ben.guardian.authorities.order_by("pk").first()
    end(ending, ida, on=days_from_today(10))
    assert not Message.objects.exists()


def test_a_right_that_was_over_before_ends_without_a_second_letter(ben, ida):
    end(ben.authority, ida)
    ben.authority.refresh_from_db()
    end(ben.authority, ida)
    assert Message.objects.count() == 1


def test_the_page_asks_whether_a_letter_is_safe(ben, ida, signed_in):
    page = reverse("families:end_authority", args=[ben.authority.pk])
    sent = {"reason": "the court’s order"} | day("ends_on", today())

    assert signed_in(ida).post(page, sent).status_code == 422
    assert signed_in(ida).post(page, sent | {"may_write": "yes"}).status_code == 302
    assert Message.objects.get().to_guardian == ben.guardian


def test_the_letter_says_no_reason_nor_the_other_parent_and_stands_alone(rosa, ben, ida):
    end(ben.authority, ida)

    letter = Message.objects.get()
    assert (letter.to_guardian, letter.child) == (ben.guardian, None)
    assert "Mateo" in letter.text
    for hidden in ("Rosa", "12 Calle de Rosa", "court’s order"):
        assert hidden not in f"{letter.text} {letter.address} {letter.body}"


def test_the_letter_can_be_mailed_after_the_right_is_over(ben, ida):
    end(ben.authority, ida)

    batch = mailing.print_letters(
        letters=Message.objects.to_print(),
        dated_on=today(),
        by=ida,
        at=Message.objects.get().queued_at,
    )

    assert batch is not None
