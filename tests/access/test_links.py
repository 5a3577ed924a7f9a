"""A link opens one thing, for one purpose, for a while, and leaves a note."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from cms_portal.access import links
from cms_portal.access.models import AccessLink, LinkPurpose
from cms_portal.audit.models import AccessEvent, Evidence
from tests.factories import AssignmentFactory, the_portal
from tests.logins import as_login

pytestmark = pytest.mark.django_db
HELP, RECEIPT = LinkPurpose.HELP, LinkPurpose.RECEIPT


@pytest.fixture
def now():
    return timezone.now()


def make(about, now, purpose=HELP, days=30):
    return links.make(
        purpose=purpose, about=about, expires_at=now + timedelta(days=days), by=the_portal()
    )


def test_nobody_can_guess_a_link(now):
    assignment = AssignmentFactory()
    token = make(assignment, now)

    assert links.find(HELP, token[:-1], now) is None
    assert links.find(HELP, "", now) is None
    assert links.find(HELP, "\0\ud800" * 40, now) is None
    assert links.find(HELP, "0" * 26, now) is None
    assert not AccessEvent.objects.exists()


def test_a_link_for_one_purpose_opens_nothing_else(now):
    token = make(AssignmentFactory(), now)

    assert links.find(RECEIPT, token, now) is None


def test_a_link_ends_at_its_moment(now):
    assignment = AssignmentFactory()
    token = make(assignment, now, days=1)

    assert links.find(HELP, token, now + timedelta(days=1)) is None
    assert links.find(HELP, token, now + timedelta(hours=23, minutes=59)) == assignment


def test_a_link_taken_back_opens_nothing_from_then_on(now):
    assignment, other = AssignmentFactory(), AssignmentFactory()
    tokens = [make(assignment, now), make(assignment, now, purpose=RECEIPT)]
    others = make(other, now)

    taken = links.revoke(
        about=assignment, at=now, by=the_portal(), reason="paper lost", purpose=HELP
    )

    assert taken == 1
    assert links.find(HELP, tokens[0], now) is None
    assert links.find(RECEIPT, tokens[1], now) == assignment
    assert links.find(HELP, others, now) == other
    assert links.revoke(about=assignment, at=now, by=the_portal(), reason="paper lost") == 1


def test_each_use_is_a_read_event(now):
    assignment = AssignmentFactory()
    token = make(assignment, now)

    links.find(HELP, token, now)
    links.find(HELP, token, now)

    events = AccessEvent.objects.filter(action=AccessEvent.Action.LINK, child=assignment.child)
    assert [event.subject_type for event in events] == ["access.accesslink"] * 2


def test_a_link_typed_from_paper_is_understood(now):
    assignment = AssignmentFactory()
    token = make(assignment, now)
    typed = f"{token[:5]} - {token[5:]}".upper().replace("0", "O").replace("1", "l")

    assert links.find(HELP, typed, now) == assignment


def test_tokens_are_long_and_never_alike(now):
    assignment = AssignmentFactory()
    tokens = {make(assignment, now) for _ in range(50)}

    assert len(tokens) == 50
    assert {len(token) for token in tokens} == {26}


def test_a_link_outlives_a_change_of_the_secret_key(now):
    assignment = AssignmentFactory()
    with override_settings(SECRET_KEY="the old key of this test"):
        token = make(assignment, now)

    assert links.find(HELP, token, now) is None
    with override_settings(SECRET_KEY_FALLBACKS=["the old key of this test"]):
        assert links.find(HELP, token, now) == assignment


@pytest.mark.django_db(transaction=True)
def test_the_token_is_kept_nowhere(now):
    token = make(AssignmentFactory(), now)

    kept = AccessLink.objects.get().token_hash
    with as_login("auditor"):
        trail = str(list(Evidence.objects.values_list("after", "before")))
    assert token not in trail
    assert kept not in trail
    assert token not in kept


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("link_revoked_by_somebody", "revoked_at = now()"),
        ("link_expires_after_it_was_made", "expires_at = made_at"),
        (
            "access_accesslink_token_hash",
            "token_hash = (SELECT min(token_hash) FROM access_accesslink)",
        ),
    ],
)
def test_the_database_refuses_a_link_nobody_could_answer_for(now, name, change):
    make(AssignmentFactory(), now)
    make(AssignmentFactory(), now)

    with (
        pytest.raises(IntegrityError, match=name),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE access_accesslink SET {change}")
