"""Whether a child is known already is found by names and birth date, through indexes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from cms_portal.families.models import Child
from tests.factories import ChildFactory

pytestmark = pytest.mark.django_db
LUCIA = {"first_name": "Lucia", "last_name": "PENA", "date_of_birth": date(2019, 5, 4)}


@pytest.mark.parametrize(
    ("misheard", "is_found"),
    [
        ({}, True),
        ({"first_name": "Lucy"}, True),
        ({"last_name": "Pérez"}, True),
        ({"date_of_birth": date(2019, 4, 5)}, True),
        ({"first_name": "Lucy", "last_name": "Pérez"}, False),
        ({"first_name": "Lucy", "date_of_birth": date(2019, 4, 5)}, False),
    ],
)
def test_one_of_names_and_birth_date_may_be_misheard_and_accents_do_not_count(misheard, is_found):
    child = ChildFactory(first_name="Lucía", last_name="Peña", date_of_birth=date(2019, 5, 4))

    assert (child in Child.objects.looking_like(**LUCIA | misheard)) is is_found


def test_the_search_among_all_children_reads_indexes_alone():
    with connection.cursor() as cursor:
        # Of so few rows as a test has, the database would rather read them all.
        cursor.execute("SET LOCAL enable_seqscan = off")

    plan = Child.objects.looking_like(**LUCIA).explain()

    assert "child_by_plain_name" in plan
    assert "child_by_birth_date" in plan
    assert "Seq Scan" not in plan
