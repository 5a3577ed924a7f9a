"""What the database itself refuses about papers, whoever asks."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "table", "change"),
    [
        ("paper_withdrawn_by_somebody", "document", "withdrawn_at = now()"),
        ("refused_with_a_reason", "documentfile", "state = 'refused'"),
        ("refused_with_a_reason", "documentfile", "refused_because = 'locked'"),
        ("file_checked_at_a_time", "documentfile", "checked_at = NULL"),
        ("file_checked_at_a_time", "documentfile", "state = 'quarantined'"),
        ("available_file_of_a_known_type", "documentfile", "content_type = 'text/html'"),
        (
            "documents_documentfile_stored_as",
            "documentfile",
            "stored_as = (SELECT max(stored_as) FROM documents_documentfile)",
        ),
    ],
)
def test_the_database_keeps_a_paper_whole(give, constraint, table, change):
    give()
    give()

    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as sql,
    ):
        sql.execute(f"UPDATE documents_{table} SET {change}")
