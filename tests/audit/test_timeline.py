"""History is for reading: who, what, from what, to what, why, in sentences."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from cms_portal.audit import timeline
from cms_portal.audit.actions import note_access
from cms_portal.audit.models import AccessEvent
from cms_portal.audit.tracking import save_tracked
from cms_portal.families import actions
from tests.factories import (
    AddressFactory,
    AssignmentFactory,
    FamilyFactory,
    GuardianFactory,
    OfficeFactory,
    StaffFactory,
    the_portal,
)
from tests.factories.dates import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return OfficeFactory(name="Santa Fe")


@pytest.fixture
def ida(office):
    return StaffFactory(office=office, name="Ida Romero")


def sentences(*rows, viewer=None, **options):
    viewer = viewer or the_portal()
    return [entry.sentence for entry in timeline.entries(rows, viewer, **options)]


def test_one_change_is_one_sentence(ida):
    guardian = GuardianFactory(phone="+15055550101", first_name="Rosa", last_name="Baca")
    actions.change_guardian(guardian=guardian, phone="+15055550102", by=ida, reason="she called us")

    newest = timeline.entries([guardian], ida)[0]
    assert newest.sentence == (
        "Ida Romero changed Rosa Baca: phone from “(505) 555-0101” to “(505) 555-0102”."
    )
    assert newest.reason == "she called us"


def test_several_changes_are_listed_below_their_sentence(ida):
    guardian = GuardianFactory()
    actions.change_guardian(
        guardian=guardian, safe_to_text=True, spoken_language="nv", by=ida, reason=""
    )

    newest = timeline.entries([guardian], ida)[0]
    assert [(change.label, change.before, change.after) for change in newest.changes] == [
        ("spoken language", "English", "Diné (Navajo)"),
        ("text messages are safe", "no", "yes"),
    ]


def test_a_row_saved_as_it_was_is_not_told(ida):
    guardian = GuardianFactory()
    save_tracked(guardian, by=ida, reason="nothing new")

    assert len(timeline.entries([guardian], ida)) == 1


def test_who_looked_stands_among_the_changes(ida):
    family = FamilyFactory(child__first_name="Mateo")
    note_access(by=ida, page="families:child", child=family.child, subject=family.child)
    note_access(
        by=None,
        page="receipt",
        child=family.child,
        subject=family.child,
        action=AccessEvent.Action.LINK,
    )

    assert sentences(family.child) == [
        "Somebody with a link used a link to the record of Mateo.",
        "Ida Romero looked at the record of Mateo.",
        "The portal added the record of Mateo.",
    ]
    assert len(sentences(family.child, looks=False)) == 1


def test_an_address_is_told_as_changed_but_shown_only_with_the_right(ida, office):
    family = FamilyFactory()
    AssignmentFactory(child=family.child, office=office)
    address = AddressFactory(household=family.household, street="12 Calle Secreta")
    actions.hide_address(
        household=family.household, starts_on=today(), by=ida, reason="the family asked"
    )
    cleo = StaffFactory(role="program-supervisor")

    assert "Calle Secreta" not in str(timeline.entries([address], ida))
    assert any(c.is_hidden for e in timeline.entries([address], ida) for c in e.changes)
    assert "12 Calle Secreta" in str(timeline.entries([address], cleo))


def test_an_app_may_say_it_in_its_own_words(ida, office):
    family = FamilyFactory(child__first_name="Mateo")
    assignment = AssignmentFactory(child=family.child, office=office, worker=ida)

    assert sentences(assignment) == ["The portal gave Mateo to Ida Romero, Santa Fe."]


def test_a_timeline_is_read_in_a_fixed_number_of_queries(django_assert_max_num_queries):
    few = [GuardianFactory() for _ in range(3)]
    many = [GuardianFactory() for _ in range(30)]
    viewer = the_portal()

    for rows in (few, many):
        with django_assert_max_num_queries(3):
            timeline.entries(rows, viewer)


def test_the_page_piece_shows_reason_and_moment_in_both_languages(ida):
    guardian = GuardianFactory()
    actions.change_guardian(
        guardian=guardian, safe_to_text=True, first_name="<b>Rosa", by=ida, reason="she called"
    )
    told = timeline.entries([guardian], ida)

    for language in ("en", "es"):
        with translation.override(language):
            page = render_to_string("audit/_timeline.html", {"entries": told})
        assert "she called" in page
        assert "<b>" not in page
