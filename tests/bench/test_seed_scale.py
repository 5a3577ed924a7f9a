"""Invented families in large numbers are whole: every row in its place, with history and evidence."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone, translation
from django.utils.formats import date_format

from carecoord.scale import seeding
from carecoord.scale.plans import Words
from carecoord.scale.seeding import Seeder
from cms_portal.accounts.actions import system_user
from cms_portal.accounts.models import User
from cms_portal.families.models import Authority, Child, Household
from cms_portal.notifications.models import Message
from cms_portal.offices import reference
from intake.models import Application, Enrollment, Signature
from tests.logins import as_login, empty_tables

pytestmark = pytest.mark.slow
CHILDREN = 61


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """Seed once for all tests here, committed, as the owner's login does."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), as_login("owner"):
        patch.setattr(seeding, "PATTERNS_PER_PROGRAM", 3)
        reference.load(by=system_user())
        yield seed(CHILDREN)
        empty_tables()


def seed(children: int, lot: int = 7) -> Counter[str]:
    return Seeder(
        children=children, seed=lot, now=timezone.now(), say=lambda name, count: None
    ).seed()


def test_a_states_server_refuses_invented_children(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="no state's server"):
        call_command("seed_scale", children=1)


@pytest.mark.django_db
def test_a_database_without_offices_is_told_what_to_load_first():
    with pytest.raises(CommandError, match="load_reference_data"):
        call_command("seed_scale", children=1)


def test_a_copied_row_has_its_history_and_its_evidence(seeded):
    for model in (Child, Household, Authority, Application, Signature, User):
        table = model._meta.db_table
        assert seeded[table] > 0
        assert seeded[model.history.model._meta.db_table] >= seeded[table]
        assert _evidence(table) >= seeded[table]
    child = Child.objects.latest("pk")
    opened = child.history.earliest("history_date", "history_id")
    assert opened.history_change_reason == "child's record opened"


def _evidence(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_evidence WHERE relation = %s AND operation = 'I'"
            " AND reason = %s AND actor_id = %s",
            [table, seeding.REASON, system_user("seeder").pk],
        )
        return cursor.fetchone()[0]


def test_nothing_of_the_family_that_was_copied_stays_in_a_copy(seeded):
    words = Words()
    own = [
        words.surname,
        words.street,
        words.zip_code,
        *words.firsts,
        *words.parents,
        *words.accounts,
        *words.sign_in_phones,
    ]

    assert _tables_with(Child.objects.latest("pk").last_name)  # the search finds what is there
    assert {word: _tables_with(word) for word in own} == {word: [] for word in own}


def _tables_with(word: str) -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(
                f'SELECT EXISTS (SELECT FROM "{table}" AS row WHERE row::text LIKE %s)',
                [f"%{word}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_a_copied_signature_proves_the_words_that_were_signed(seeded):
    for signature in Signature.objects.all():
        assert hashlib.sha256(signature.words.encode()).hexdigest() == signature.words_sha256
        assert signature.application.child.full_name in signature.words


def test_an_enrollment_is_of_the_days_that_its_letter_names(seeded):
    for enrollment in Enrollment.objects.select_related("application"):
        letter = Message.objects.get(notice__application=enrollment.application)
        with translation.override(letter.language):
            assert date_format(enrollment.last_day, "DATE_FORMAT") in letter.text
        assert enrollment.starts_on == enrollment.application.notices.get().sent_on


def test_enrollments_of_one_pattern_end_on_many_days(seeded):
    """Each of the six patterns has at most two children who are enrolled."""
    ends = set(Enrollment.objects.values_list("ends_on", flat=True))
    assert len(ends) > 2 * (2 * 3)


def test_a_family_is_served_by_the_office_of_its_county(seeded):
    for application in Application.objects.exclude(office=None):
        county = application.household.county
        assert county.program == application.program
        assert application.worker.role_grants.get().program == application.program


def test_a_parents_authority_ends_on_the_childs_own_birthday(seeded):
    for authority in Authority.objects.exclude(ends_on=None):
        assert authority.ends_on == authority.child.birthday(18)


def test_a_second_time_adds_as_many_again(seeded):
    assert Child.objects.count() == CHILDREN
    assert {"nm-cms", "ms-cmp"} == set(Child.objects.values_list("program", flat=True))

    seed(CHILDREN)

    assert Child.objects.count() == 2 * CHILDREN
