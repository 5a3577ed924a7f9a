"""Staff's pages of likely duplicates: offered, compared, joined by one or two people, parted again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms_portal.audit.models import AccessEvent
from cms_portal.families import actions
from cms_portal.families.models import Merge, NotTheSame
from cms_portal.work.models import Task
from tests.factories import (
    AssignmentFactory,
    BlockFactory,
    ChildFactory,
    FamilyFactory,
    OfficeFactory,
)
from tests.families.merging import join, twice

pytestmark = pytest.mark.django_db
REASON = {"reason": "The mother says both are Mateo."}


@pytest.fixture
def pair(office):
    return twice(office)


@pytest.fixture
def apart(pair, office):
    """A pair of two homes without a common guardian."""
    pair.loser = FamilyFactory(
        child__first_name="Matteo",
        child__last_name="Baca",
        child__date_of_birth=pair.winner.date_of_birth,
    ).child
    AssignmentFactory(child=pair.loser, office=office)
    return pair


def at(name, *keys):
    return reverse(f"families:{name}", args=[getattr(key, "pk", key) for key in keys])


def both(pair):
    return pair.winner, pair.loser


def said(pair, **more):
    keep = {"keep_first_name": str(pair.winner.pk)}
    return {"stays": str(pair.winner.pk)} | keep | REASON | more


def test_a_family_has_none_of_these_pages(pair, signed_in):
    browser = signed_in(pair.family.user)
    merge = join(pair, pair.family.user)

    for address in (
        at("alike", pair.winner),
        at("join", *both(pair)),
        at("tell_apart", *both(pair)),
        at("merge", merge),
        at("undo_merge", merge),
        at("duplicates"),
    ):
        assert browser.get(address).status_code in (403, 404)
    assert "likely" not in browser.get(at("child", pair.winner)).content.decode()


def test_who_does_not_look_alike_does_not_exist_out_of_reach(pair, ida, signed_in):
    stranger = ChildFactory(first_name="Olga", last_name="Yazzie")
    AssignmentFactory(child=stranger, office=OfficeFactory())

    assert signed_in(ida).get(at("join", pair.winner, stranger)).status_code == 404
    assert signed_in(ida).post(at("tell_apart", pair.winner, stranger)).status_code == 404


def test_the_record_says_how_many_look_like_it_and_leads_there(pair, ida, signed_in):
    browser = signed_in(ida)

    record = browser.get(at("child_record", pair.winner)).content.decode()
    assert "1 record is likely the same child" in record
    alike = browser.get(at("alike", pair.winner)).content.decode()
    assert "same birth date; first name differs by one letter; same last name; same phone" in alike
    looked = AccessEvent.objects.get(child=pair.loser)
    assert (looked.actor, looked.action) == (ida, AccessEvent.Action.SEARCH)


def test_both_records_stand_side_by_side_and_words_say_what_differs(pair, ida, signed_in):
    page = signed_in(ida).get(at("join", *both(pair))).content.decode()

    assert page.count("Differs") == 1
    assert "Matteo" in page
    assert "It takes a second person" not in page


def test_of_a_record_out_of_reach_only_name_birth_date_and_office_show(apart, ida, signed_in):
    far = OfficeFactory(name="Far Office")
    AssignmentFactory(child=apart.loser, office=far)
    guardian = apart.loser.authorities.get().guardian

    page = signed_in(ida).get(at("join", *both(apart))).content.decode()

    assert "Far Office" in page
    assert guardian.last_name not in page
    assert "Propose to join them" in page


def test_who_proposed_reads_on_of_a_record_out_of_reach_name_and_birth_date(apart, ida, signed_in):
    AssignmentFactory(child=apart.loser, office=OfficeFactory())
    told = said(apart, stays=str(apart.loser.pk))
    signed_in(ida).post(at("join", *both(apart)), told)
    merge = Merge.objects.get()
    guardian = apart.loser.authorities.get().guardian

    page = signed_in(ida).get(at("merge", merge)).content.decode()

    assert (merge.winner, merge.is_waiting) == (apart.loser, True)
    assert "Matteo" in page
    assert guardian.last_name not in page
    assert at("child_record", apart.winner) in page


def test_one_person_joins_two_records_of_one_guardian_and_parts_them(pair, ida, signed_in):
    browser = signed_in(ida)

    answer = browser.post(at("join", *both(pair)), said(pair, keep_first_name=str(pair.loser.pk)))

    merge = Merge.objects.get()
    assert (answer.status_code, answer.url) == (302, merge.get_absolute_url())
    pair.winner.refresh_from_db()
    assert (merge.is_in_force, pair.winner.first_name) == (True, "Matteo")
    assert "Part the two records again" in browser.get(answer.url).content.decode()
    assert browser.post(at("undo_merge", merge), REASON).status_code == 302
    assert browser.get(at("child_record", pair.loser)).status_code == 200


def test_what_stands_in_the_way_is_said_on_the_page(pair, ida, signed_in):
    actions.tell_apart(one=pair.winner, other=pair.loser, kind="twins", by=ida)

    answer = signed_in(ida).post(at("join", *both(pair)), said(pair))

    assert answer.status_code == 422
    assert "Ida Romero said that these are two children" in answer.content.decode()


def test_without_a_common_guardian_a_second_person_confirms(apart, ida, sam, signed_in):
    assert signed_in(ida).post(at("join", *both(apart)), said(apart)).status_code == 302
    merge = Merge.objects.get()
    assert merge.is_waiting
    assert Task.objects.open().about(merge).exists()
    assert signed_in(ida).post(at("confirm_merge", merge)).status_code == 403

    browser = signed_in(sam)
    assert "Confirm: join the two records" in browser.get(at("merge", merge)).content.decode()
    assert browser.post(at("confirm_merge", merge)).status_code == 302

    merge.refresh_from_db()
    assert (merge.is_in_force, merge.done_by) == (True, sam)
    assert not Task.objects.open().about(merge).exists()
    assert signed_in(ida).get(at("undo_merge", merge)).status_code == 403


def test_nobody_confirms_what_they_proposed(apart, sam, signed_in):
    merge = join(apart, sam)

    assert signed_in(sam).post(at("confirm_merge", merge)).status_code == 403
    with pytest.raises(actions.NotAllowedHere, match="another person"):
        actions.confirm_merge(merge=merge, by=sam)


def test_who_does_not_reach_both_does_not_confirm(apart, ida, sam, signed_in):
    merge = join(apart, ida)
    AssignmentFactory(child=apart.loser, office=OfficeFactory())

    assert signed_in(sam).post(at("confirm_merge", merge)).status_code == 403


def test_a_worker_whom_a_block_keeps_from_one_of_the_two_sees_neither_pair_nor_proposal(
    apart, ida, signed_in
):
    merge = join(apart, ida)
    mark = actions.tell_apart(one=apart.winner, other=ChildFactory(), kind="twins", by=ida)
    BlockFactory(child=apart.loser, user=ida)
    BlockFactory(child=mark.second, user=ida)

    for address in (at("merge", merge), at("join", *both(apart))):
        assert signed_in(ida).get(address).status_code == 404
    assert signed_in(ida).post(at("take_back_mark", mark)).status_code == 404


def test_a_declined_proposal_changes_nothing_and_can_be_made_again(apart, ida, sam, signed_in):
    merge = join(apart, ida)

    assert signed_in(sam).post(at("decline_merge", merge), REASON).status_code == 302
    assert signed_in(sam).post(at("decline_merge", merge), REASON).status_code == 422

    merge.refresh_from_db()
    assert merge.declined_by == sam
    assert not Task.objects.open().about(merge).exists()
    assert join(apart, ida).is_waiting


def test_twins_are_noted_and_the_note_is_taken_back(pair, ida, signed_in):
    browser = signed_in(ida)

    browser.post(at("tell_apart", *both(pair)), {"kind": "twins", "reason": ""})
    alike = browser.get(at("alike", pair.winner)).content.decode()
    assert "Twins, or more born together" in alike
    assert "Compare" not in alike

    browser.post(at("take_back_mark", NotTheSame.objects.get()))
    assert "Compare" in browser.get(at("alike", pair.winner)).content.decode()


def test_the_pages_of_the_joined_record_lead_to_the_other(pair, ida, elsewhere, signed_in):
    join(pair, ida)

    for name in ("child_record", "who_looked", "record_authority", "change_child", "alike"):
        answer = signed_in(ida).get(at(name, pair.loser))
        assert (answer.status_code, answer.url) == (302, at(name, pair.winner))
        assert signed_in(elsewhere).get(at(name, pair.loser)).status_code == 404
    answer = signed_in(ida).post(at("change_child", pair.loser), {})
    assert (answer.status_code, answer.url) == (302, at("child", pair.winner))
    family = signed_in(pair.family.user).get(at("child", pair.loser))
    assert (family.status_code, family.url) == (302, at("child", pair.winner))


def test_who_confirms_finds_what_waits_what_looks_alike_and_what_was_joined(
    pair, office, ida, sam, signed_in
):
    other = twice(office)
    join(other, ida)

    page = signed_in(sam).get(at("duplicates")).content.decode()

    assert "joined on" in page
    assert at("join", pair.loser, pair.winner) in page or at("join", *both(pair)) in page
    assert signed_in(ida).get(at("duplicates")).status_code == 403


def test_the_looks_at_the_joined_record_are_still_told(pair, ida, signed_in):
    browser = signed_in(ida)
    browser.get(at("child_record", pair.loser))
    join(pair, ida)

    page = browser.get(at("who_looked", pair.winner)).content.decode()

    assert "Ida Romero looked at the record of" in page
