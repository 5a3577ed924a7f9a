"""Tracked rows are saved one by one, with an actor and a reason, or not at all."""

from __future__ import annotations

import pytest
from django.test import override_settings

from cms_portal.audit import context
from cms_portal.audit.tracking import UnattributedChange, UntrackedWrite, save_tracked
from cms_portal.families.models import Child, Guardian
from tests.factories import ChildFactory, GuardianFactory, StaffFactory, the_portal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(first_name="X"),
        lambda rows: rows.delete(),
        lambda rows: rows._raw_delete("default"),
        lambda rows: rows.bulk_create([]),
        lambda rows: rows.bulk_update([], ["first_name"]),
        lambda rows: rows.update_or_create(first_name="X"),
    ],
)
@pytest.mark.parametrize("rows", [lambda: Guardian.objects, lambda: Guardian._base_manager])
def test_calls_that_history_does_not_see_are_refused(rows, write):
    with pytest.raises(UntrackedWrite):
        write(rows())


def test_a_relation_does_not_write_around_the_history():
    guardian, other = GuardianFactory(), GuardianFactory()

    with pytest.raises(UntrackedWrite):
        other.household.guardians.add(guardian)


def test_a_change_nobody_answers_for_is_refused():
    guardian = GuardianFactory()
    guardian.first_name = "X"

    with pytest.raises(UnattributedChange):
        guardian.save()


def test_history_cannot_be_skipped_or_switched_off():
    guardian = GuardianFactory()
    guardian.skip_history_when_saving = True
    with pytest.raises(UntrackedWrite):
        save_tracked(guardian, by=the_portal(), reason="")
    with override_settings(SIMPLE_HISTORY_ENABLED=False), pytest.raises(UntrackedWrite):
        save_tracked(GuardianFactory.build(), by=the_portal(), reason="")
    assert not hasattr(guardian, "save_without_historical_record")


def test_a_saved_row_keeps_who_why_and_in_which_request():
    import uuid

    guardian, ida, request = GuardianFactory(), StaffFactory(), uuid.uuid4()
    with context.within_request(request):
        save_tracked(guardian, by=ida, reason="she called")

    kept = guardian.history.first()
    assert (kept.history_user, kept.history_change_reason) == (ida, "she called")
    assert kept.request_id == request


def test_the_context_ends_with_its_block():
    ida = StaffFactory()
    with pytest.raises(RuntimeError), context.acting(by=ida, reason="x"):
        raise RuntimeError

    assert context.current().actor is None


def test_a_row_that_breaks_its_own_rules_is_not_saved():
    from django.core.exceptions import ValidationError

    child = ChildFactory()
    child.first_name = "x" * 81
    with pytest.raises(ValidationError):
        save_tracked(child, by=the_portal(), reason="")
    assert Child.objects.get(pk=child.pk).first_name != child.first_name
