"""What the database itself knows of two records that became one: who may point where.

A record that was joined with another gets no new rows, by whatever hand. And a row that is only ever added,
such as a determination, may change in one thing alone: to which of the two records of a merge it belongs,
and only as a line of the merge's own log says, which nobody can take back.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2 import sql

from cms_portal.database.logins import role_name

CHILD = "families.Child"
# Tables whose rows stay with the record they were written about, each with its reason.
STAYS = {
    "audit_accessevent": "the log of who looked says at which record; readers ask for both",
    "families_merge": "says which record was joined with which",
    "families_notthesame": "a pair in order: its own rule moves it",
}
REFUSED = "child_was_joined_with_another"

_REFUSE = """
CREATE OR REPLACE FUNCTION portal_refuse_joined_child() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE key bigint; joined bigint;
BEGIN
  EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO key USING NEW;
  -- Waits for a merge that is under way, and then sees what it did.
  SELECT merged_into_id INTO joined FROM families_child WHERE id = key FOR KEY SHARE;
  IF joined IS NOT NULL THEN
    RAISE EXCEPTION 'record % was joined with another', key
      USING ERRCODE = 'check_violation', CONSTRAINT = 'child_was_joined_with_another';
  END IF;
  RETURN NEW;
END $$
"""
_FOLLOW = """
CREATE OR REPLACE FUNCTION portal_follow_merge(move bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE line record; key text; changed int;
BEGIN
  SELECT m.relation, m."row", m."column", (m.was #>> '{{}}')::bigint AS was,
    (m.became #>> '{{}}')::bigint AS became, merge.winner_id, merge.loser_id INTO STRICT line
    FROM public.families_mergemove m JOIN public.families_merge merge ON merge.id = m.merge_id
    WHERE m.id = move;
  SELECT allowed.key INTO key FROM (VALUES {allowed}) AS allowed (relation, "column", key)
    WHERE allowed.relation = line.relation AND allowed."column" = line."column";
  IF key IS NULL
    OR NOT (line.was, line.became) IN ((line.loser_id, line.winner_id), (line.winner_id, line.loser_id))
  THEN
    RAISE EXCEPTION 'move % is none that a merge may make', move USING ERRCODE = 'check_violation';
  END IF;
  EXECUTE format('UPDATE public.%I SET %I = $1 WHERE %I::text = $2 AND %I = $3',
    line.relation, line."column", key, line."column") USING line.became, line."row", line.was;
  GET DIAGNOSTICS changed = ROW_COUNT;
  IF changed <> 1 THEN
    RAISE EXCEPTION 'move % found its row changed', move USING ERRCODE = 'check_violation';
  END IF;
END $$;
REVOKE ALL ON FUNCTION portal_follow_merge(bigint) FROM PUBLIC
"""
_CHANGED = "NEW.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column}"


def pointers_to_children() -> list[tuple[type[models.Model], models.Field]]:
    """Return every column of every table of ours that points to a child, histories left out."""
    return [
        (model, field)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not hasattr(model, "history_object")
        for field in model._meta.concrete_fields
        if field.remote_field and field.related_model is apps.get_model(CHILD)
    ]


def guard_merges(connection: BaseDatabaseWrapper) -> None:
    """Make the functions and put the triggers on every table that points to a child; safe to repeat."""
    pointing = [
        (model._meta, field)
        for model, field in pointers_to_children()
        if model._meta.db_table not in STAYS
    ]
    added_only = [
        (about.db_table, field.column, str(about.pk.column))
        for about, field in pointing
        if getattr(about.model, "is_append_only", False)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_REFUSE)
        rows = [
            sql.SQL("({})").format(sql.SQL(", ").join(map(sql.Literal, one))) for one in added_only
        ]
        make = sql.SQL(_FOLLOW).format(allowed=sql.SQL(", ").join(rows))
        cursor.execute(make.as_string(cursor.cursor))
        if role_name("app") != role_name("owner"):
            grant = sql.SQL("GRANT EXECUTE ON FUNCTION portal_follow_merge(bigint) TO {}")
            cursor.execute(grant.format(sql.Identifier(role_name("app"))).as_string(cursor.cursor))
        for about, field in pointing:
            _refuse_joined(cursor, about.db_table, str(field.column))


def _refuse_joined(cursor: Any, table: str, column: str) -> None:
    parts = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
    for when, changed in [("insert", "NEW.{column} IS NOT NULL"), ("update", _CHANGED)]:
        trigger = parts | {"name": sql.Identifier(f"refuse_joined_{column}_{when}")}
        for statement in (
            "DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {{name}} BEFORE {when.upper()} ON {{table}} FOR EACH ROW"
            f" WHEN ({changed}) EXECUTE FUNCTION portal_refuse_joined_child({{argument}})",
        ):
            made = sql.SQL(statement).format(argument=sql.Literal(column), **trigger)
            cursor.execute(made.as_string(cursor.cursor))


def follow_merge(move: int) -> None:
    """Let a row that is only ever added follow one line of a merge's log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_follow_merge(%s)", [move])
