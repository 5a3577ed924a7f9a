"""Many rows in one statement hold what each and all were given, and the defaults of the rest."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from cms_portal.audit.models import AccessEvent
from cms_portal.database.columns import insert_columns
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


def test_rows_hold_what_is_shared_and_what_is_their_own():
    rosa, tom = FamilyFactory(), FamilyFactory()
    asked, now = uuid.uuid4(), timezone.now()
    shared = {"at": now, "page": "home", "action": "list", "request_id": asked}
    programs = [rosa.child.program, tom.child.program]
    keys = {"child_id": [rosa.child.pk, tom.child.pk], "household_id": [rosa.household.pk, None]}

    insert_columns(AccessEvent, shared=shared, each={"program": programs, **keys})

    first, second = AccessEvent.objects.order_by("pk")
    assert (first.child, first.household) == (rosa.child, rosa.household)
    assert (second.child, second.household) == (tom.child, None)
    assert {(row.at, row.page, row.request_id) for row in (first, second)} == {(now, "home", asked)}
    assert (second.actor, second.reason, second.subject_type) == (None, "", "")


def test_a_name_with_quotes_and_braces_arrives_as_it_is():
    child, hostile = FamilyFactory().child, "'{\",\\}%s"
    shared = {"at": timezone.now(), "action": "list", "program": child.program}

    insert_columns(AccessEvent, shared=shared, each={"child_id": [child.pk], "page": [hostile]})

    assert AccessEvent.objects.get().page == hostile
