"""Two records of one child, for tests of joining them."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils import timezone

from cms_portal.access import links
from cms_portal.access.models import LinkPurpose
from cms_portal.audit.tracking import save_tracked
from cms_portal.documents.models import Document, DocumentKind
from cms_portal.families import actions
from cms_portal.families.models import Release
from cms_portal.notifications.models import Message
from cms_portal.work.actions import ask_for
from tests.factories import (
    AssignmentFactory,
    AuthorityFactory,
    BlockFactory,
    ChildFactory,
    FamilyFactory,
    SecondHomeFactory,
    the_portal,
)
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import MS, today

# Tables that a merge adds to for good: its own log, who looked, and what is done beside.
OWN = {
    "families_merge",
    "families_mergemove",
    "audit_accessevent",
    "audit_evidence",
    "portal_cache",
}


def twice(office: Any, **facts: Any) -> SimpleNamespace:
    """Return a family whose child was opened twice in one home: `winner`, `loser`, and the family."""
    family = FamilyFactory(child__first_name="Mateo", child__last_name="Baca", **facts)
    loser = ChildFactory(
        household=family.household,
        first_name="Matteo",
        last_name="Baca",
        date_of_birth=family.child.date_of_birth,
    )
    AuthorityFactory(guardian=family.guardian, child=loser)
    for child in (family.child, loser):
        AssignmentFactory(child=child, office=office)
    return SimpleNamespace(family=family, winner=family.child, loser=loser)


def join(pair: SimpleNamespace, by: Any, **more: Any) -> Any:
    return actions.propose_merge(
        winner=pair.winner, loser=pair.loser, by=by, reason="one child, misspelt", **more
    )


def fill_every_relation(child: Any) -> None:
    """Give a child a row in every relation that is worth a rule or a way of its own."""
    by = the_portal()
    home = SecondHomeFactory(child=child)
    BlockFactory(child=child)
    SentApplicationFactory(family=home)
    message = Message.objects.filter(child=child).latest("pk")
    message.about = child
    save_tracked(message, by=by, reason="about the child")
    paper = Document(
        program=child.program,
        household=home.household,
        child=child,
        kind=DocumentKind.AGE,
        given_by=by,
    )
    save_tracked(paper, by=by, reason="given")
    ask_for(
        program=child.program,
        kind="call_back",
        title="Call back",
        due_on=today(),
        by=by,
        child=child,
        about=child,
    )
    links.make(
        purpose=LinkPurpose.RECEIPT,
        about=child,
        expires_at=timezone.now() + timedelta(days=1),
        by=by,
    )
    release = Release(
        child=child,
        household=home.household,
        program=child.program,
        to_program=MS,
        parts=["about"],
        words="I let you.",
        signed_name="Rosa Baca",
        signed_by=home.guardian,
        signed_at=timezone.now(),
    )
    save_tracked(release, by=by, reason="signed")
    third = ChildFactory()
    third.merged_into = child
    save_tracked(third, by=by, reason="joined before")


def digest() -> dict[str, str]:
    """Return what every table of ours holds, but for histories and what a merge leaves for good."""
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not hasattr(model, "history_object")
    } - OWN
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(
                f"SELECT coalesce(md5(string_agg(line, '' ORDER BY line)), '')"
                f' FROM (SELECT t::text AS line FROM "{table}" t) AS all_lines'
            )
            found[table] = cursor.fetchone()[0]
    return found
