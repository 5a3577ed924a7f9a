"""Names as a search compares them: without accents, small and capital letters alike."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.lookups import TrigramSimilar
from django.db import connection
from django.db.models import CharField, TextField, Transform, Value
from django.db.models.functions import Concat

# PostgreSQL takes unaccent() for changeable, because its dictionary is looked up by name, and so
# indexes nothing by it. Here the dictionary is named in full; after editing it, REINDEX.
MAKE_FUNCTION = """
CREATE OR REPLACE FUNCTION portal_plain(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT upper(public.unaccent('public.unaccent'::regdictionary, name)) $$
"""

# "Most of its groups of three letters are the same": `last_name__plain__trigram_similar=…`.
CharField.register_lookup(TrigramSimilar)
TextField.register_lookup(TrigramSimilar)


@CharField.register_lookup
@TextField.register_lookup
class Plain(Transform):
    """A name as a search compares it, on both sides: `last_name__plain="Begay"`."""

    function = "portal_plain"
    lookup_name = "plain"
    bilateral = True


def plain_together(*columns: str) -> Any:
    """Return these columns as one plain text: what an index of groups of three letters is made of."""
    parts: list[Any] = []
    for column in columns:
        parts += [column, Value(" ")]
    return Plain(Concat(*parts[:-1], output_field=TextField()))


def ask_for_similarity(least: float) -> None:
    """Say, until the end of the transaction, how much of two texts must agree for `trigram_similar`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [f"{least:.2f}"]
        )
