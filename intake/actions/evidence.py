"""Saying what a paper proves, and taking that back."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from cms_portal.audit.tracking import save_tracked
from cms_portal.documents.models import Document
from intake.actions.applications import locked
from intake.models import Application, Evidence

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class NotThisHomes(ValueError):
    """The paper is another home's, another child's, or was taken back."""


@transaction.atomic
def accept(
    *,
    application: Application,
    document: Document,
    requirement: str,
    valid_until: date | None,
    by: User,
    at: datetime,
) -> Evidence:
    """Keep that a worker saw in a paper of the application's own home what it proves, and until when.

    Said again of the same paper it changes until when. Raises NotThisHomes.
    """
    application = locked(application)
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.is_withdrawn or (document.household_id, document.child_id) != (
        application.household_id,
        application.child_id,
    ):
        raise NotThisHomes(document.pk)
    kept = Evidence.objects.kept().filter(document=document, child=application.child)
    proof = kept.filter(requirement=requirement).first() or Evidence(
        program=application.program,
        household=application.household,
        child=application.child,
        document=document,
        requirement=requirement,
    )
    proof.valid_until, proof.seen_by, proof.seen_at = valid_until, by, at
    return save_tracked(proof, by=by, reason="a worker saw the paper")


@transaction.atomic
def take_back(*, proof: Evidence, by: User, at: datetime) -> Evidence:
    """End what a paper was said to prove; the paper stays. A second time changes nothing."""
    proof = Evidence.objects.select_for_update().get(pk=proof.pk)
    if proof.ended_at is None:
        proof.ended_by, proof.ended_at = by, at
        save_tracked(proof, by=by, reason="proves it no more")
    return proof
