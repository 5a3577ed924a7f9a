"""The triggers that write down every change of every table, whoever makes it and by whatever means."""

from __future__ import annotations

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

# Tables without a trigger, each with its reason.
UNWATCHED = {
    "audit_evidence": "is the evidence",
    "django_migrations": "changes with a release, before the triggers stand",
    "django_content_type": "names of models, written by a release",
    "auth_permission": "not used; written by a release",
    "django_session": "signed-in sessions; sign-ins are kept by themselves",
    "portal_cache": "counters of guesses, gone after an hour",
    "eligibility_diagnosiscode": "a published table, loaded whole; the same for everybody",
    "django_tasks_database_dbtaskresult": "the job queue; what a job changes is watched",
}
# Rows are only ever added here, and the row itself is the record: only a change of one is evidence.
ADDED_ONLY = {"audit_accessevent"}
# Kept as a digest: enough to prove that a value changed, not enough to use it.
SECRET_COLUMNS = {
    "accounts_user": ["password"],
    "accounts_sentcode": ["code_hash", "destination"],
    "accounts_cardcode": ["selector", "code_hash"],
    "accounts_signin": ["session_key"],
    "accounts_unsentform": ["typed"],
    "intake_keptanswer": ["told"],
    "mfa_authenticator": ["data"],
    "access_accesslink": ["token_hash"],
    "notifications_message": ["secret"],
}

_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_keep_evidence() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  was jsonb; becomes jsonb; secret text; key text := TG_ARGV[0];
  actor text := nullif(current_setting('portal.actor', true), '');
BEGIN
  IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD); END IF;
  IF TG_OP <> 'DELETE' THEN becomes := to_jsonb(NEW); END IF;
  FOREACH secret IN ARRAY string_to_array(TG_ARGV[1], ',') LOOP
    IF was ? secret THEN was := jsonb_set(was, ARRAY[secret],
      to_jsonb('sha256:' || encode(sha256(convert_to(was ->> secret, 'UTF8')), 'hex'))); END IF;
    IF becomes ? secret THEN becomes := jsonb_set(becomes, ARRAY[secret],
      to_jsonb('sha256:' || encode(sha256(convert_to(becomes ->> secret, 'UTF8')), 'hex'))); END IF;
  END LOOP;
  INSERT INTO public.audit_evidence
    (at, transaction, relation, "row", operation, before, after, actor_id, reason, request_id, login)
  VALUES (clock_timestamp(), txid_current(), TG_TABLE_NAME, coalesce(becomes, was) ->> key,
    left(TG_OP, 1), was, becomes,
    (CASE actor WHEN 'itself' THEN becomes ->> key ELSE actor END)::bigint,
    coalesce(current_setting('portal.reason', true), ''),
    nullif(current_setting('portal.request', true), '')::uuid, session_user);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION audit_keep_evidence() FROM PUBLIC;
"""


def watch_every_table(connection: BaseDatabaseWrapper) -> None:
    """Put the evidence trigger on every table of every installed model, and on no other; safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTION)
        for table, key in sorted(watched_tables().items()):
            secrets = ",".join(SECRET_COLUMNS.get(table, []))
            events = "UPDATE OR DELETE" if _is_added_only(table) else "INSERT OR UPDATE OR DELETE"
            cursor.execute(f'DROP TRIGGER IF EXISTS keep_evidence ON "{table}"')
            cursor.execute(
                f'CREATE TRIGGER keep_evidence AFTER {events} ON "{table}" FOR EACH ROW'
                f" EXECUTE FUNCTION audit_keep_evidence('{key}', '{secrets}')"
            )


def watched_tables() -> dict[str, str]:
    """Return table name → primary key column for every table that leaves evidence."""
    return {
        model._meta.db_table: str(model._meta.pk.column)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        if model._meta.db_table not in UNWATCHED
    }


def added_only_tables() -> list[str]:
    """Return the tables that the web login may add to and read, and nothing else."""
    return [table for table in watched_tables() if _is_added_only(table)] + sorted(_append_only())


def _append_only() -> set[str]:
    return {
        model._meta.db_table
        for model in apps.get_models()
        if getattr(model, "is_append_only", False)
    }


def _is_added_only(table: str) -> bool:
    return table in ADDED_ONLY or table in _history_tables()


def _history_tables() -> set[str]:
    return {
        model._meta.db_table
        for model in apps.get_models()
        if hasattr(model, "instance_type") and hasattr(model, "history_object")
    }
