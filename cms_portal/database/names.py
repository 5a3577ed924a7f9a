"""Names as a search compares them: without accents, small and capital letters alike."""

from __future__ import annotations

from django.db.models import CharField, Transform

# PostgreSQL takes unaccent() for changeable, because its dictionary is looked up by name, and so
# indexes nothing by it. Here the dictionary is named in full; after editing it, REINDEX.
MAKE_FUNCTION = """
CREATE OR REPLACE FUNCTION portal_plain(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT upper(public.unaccent('public.unaccent'::regdictionary, name)) $$
"""


@CharField.register_lookup
class Plain(Transform):
    """A name as a search compares it, on both sides: `last_name__plain="Begay"`."""

    function = "portal_plain"
    lookup_name = "plain"
    bilateral = True
