"""How tests let somebody help: the page, the invitation, the yes."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts import identifiers
from intake.actions import helping
from tests.factories.dates import today

ASKS = {"name": "Hal", "contact": "", "days": "30", "agrees": "on"}


def page_of(application, name="helpers", **more):
    return reverse(f"intake:{name}", kwargs={"number": application.number, **more})


def invite(application, by, *, name="Hal", contact="", days=30):
    return helping.invite(
        application=application,
        name=name,
        account=identifiers.read(contact) if contact else None,
        help_ends_on=today() + timedelta(days=days),
        by=by,
        at=timezone.now(),
    )


def accept(invitation, by):
    return helping.accept(invitation=invitation, by=by, at=timezone.now())


def let_in(application, rosa, hal):
    return accept(invite(application, rosa.user)[0], hal)
