"""What the database itself refuses about messages, whoever asks."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cms_portal.notifications.actions import send_code
from cms_portal.notifications.models import Message
from tests.factories import ChildFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("message_of_one_household", "household_id = NULL"),
        ("message_of_one_household", "to_guardian_id = NULL"),
        ("message_of_one_household", "program = ''"),
        ("message_failed_with_a_reason", "state = 'failed'"),
        ("message_failed_with_a_reason", "error_code = 'busy'"),
        ("message_sent_at_a_time", "state = 'sent'"),
        ("message_sent_at_a_time", "sent_at = now()"),
        ("hint_is_no_letter", "hint_of_id = id"),
        ("letter_printed_by_somebody_for_a_day", "printed_at = now()"),
        ("letter_printed_by_somebody_for_a_day", "dated_on = now()"),
        ("letter_printed_by_somebody_for_a_day", "batch = gen_random_uuid()"),
        (
            "letter_printed_by_somebody_for_a_day",
            "channel = 'text', printed_at = now(), dated_on = now(), batch = gen_random_uuid(),"
            " printed_by_id = (SELECT min(id) FROM accounts_user)",
        ),
    ],
)
def test_the_database_keeps_a_message_whole(write, constraint, change):
    message = write()

    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as sql,
    ):
        sql.execute(f"UPDATE notifications_message SET {change} WHERE id = %s", [message.pk])


def test_a_code_belongs_to_no_child(family):
    code = send_code(
        user=None,
        address="a@b.test",
        code="1",
        channel="email",
        language="en",
        until=timezone.now(),
    )
    child = ChildFactory()

    with (
        pytest.raises(IntegrityError, match="message_of_one_household"),
        transaction.atomic(),
        connection.cursor() as sql,
    ):
        sql.execute(
            "UPDATE notifications_message SET child_id = %s WHERE id = %s", [child.pk, code.pk]
        )
    assert Message.objects.get().child is None
