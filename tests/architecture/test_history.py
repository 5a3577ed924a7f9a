"""Every table about a family keeps its story, or says here why it has none."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from cms_portal.database.evidence import UNWATCHED, watched_tables

# Models without a history. Those with a table of ours leave evidence all the same; see the other test.
NOT_TRACKED = {
    "audit.Evidence": "is what the histories are proven by",
    "audit.AccessEvent": "only added: the row is the record of a look",
    "accounts.SentCode": "lives for minutes; only its digest is kept",
    "accounts.CardCode": "a digest, used once; the card it stands on is tracked",
    "accounts.SignIn": "only added, then ended once: the row is the record of a sign-in",
    "accounts.UnsentForm": "what somebody has not sent; theirs alone, and gone after a day",
    "auth.Permission": "not used: roles are in code",
    "auth.Group": "not used: roles are in code",
    "auth.Group_permissions": "not used: roles are in code",
    "contenttypes.ContentType": "names of models, written by a release",
    "sessions.Session": "signed-in sessions; sign-ins are kept by themselves",
    "account.EmailAddress": "not used: an account's address is a column of the account",
    "account.EmailConfirmation": "not used: codes prove an address",
    "mfa.Authenticator": "a secret; letters tell of each change, and the evidence keeps its digest",
    "eligibility.DiagnosisCode": "a published table, loaded whole; the same for everybody",
    "intake.KeptAnswer": "no answer yet, only shown; gone once its page is sent",
    "django_tasks_database.DBTaskResult": "the job queue; what a job changes is tracked",
}


def is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "instance_type") and hasattr(model, "history_object")


def untracked(found: Iterable[type[models.Model]]) -> set[str]:
    """Return the models that keep no history and are none."""
    return {
        model._meta.label
        for model in found
        if model._meta.managed and not model._meta.proxy and not is_history(model)
        if not hasattr(model._meta, "simple_history_manager_attribute")
    }


def test_every_model_is_tracked_or_says_why_not():
    found = list(apps.get_models(include_auto_created=True))

    assert untracked(found) - set(NOT_TRACKED) == set(), "neither tracked nor explained"
    assert set(NOT_TRACKED) - untracked(found) == set(), "explained, but tracked or gone"
    assert len(found) - len(NOT_TRACKED) > 60


@isolate_apps("cms_portal.work")
def test_a_planted_model_without_a_history_is_found():
    class Planted(models.Model):
        class Meta:
            app_label = "work"

        def __str__(self) -> str:
            return "planted"

    assert untracked([Planted]) == {"work.Planted"}


def test_every_table_leaves_evidence_or_says_why_not():
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    not_of_a_model = {"django_migrations", "portal_cache"}

    assert tables - set(watched_tables()) == set(UNWATCHED) - not_of_a_model
    assert set(UNWATCHED) - not_of_a_model <= tables, "explained, but there is no such table"


def test_nothing_tracked_forgets_whom_it_was_about():
    """A row whose pointer goes blank when another is deleted would lose a fact without a history."""
    blanked = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if hasattr(model._meta, "simple_history_manager_attribute")
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.remote_field.on_delete in (models.SET_NULL, models.SET_DEFAULT)
    }
    plain_pairs = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if hasattr(model._meta, "simple_history_manager_attribute")
        for field in model._meta.local_many_to_many
    }

    assert blanked == set()
    assert plain_pairs == set()
