"""Carrying answers from one application to another: of the same home, or of the same child a year later."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from cms_portal.audit.tracking import save_tracked
from intake import told
from intake.journeys import STEPS
from intake.models import AnsweredPage, Application

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child, Household

# What a home tells once for all its children.
OF_THE_HOME = (
    "household",
    "address",
    "contact",
    "language",
    "any-income",
    "income",
    "assets",
    "insurance",
)
# A paper is the record's, and is not given twice.
NEVER = ("papers",)
_SAID = ("said_by", "said_name", "channel", "said_at", "confirmed_by", "confirmed_at")


@transaction.atomic
def carry(
    *,
    from_application: Application,
    to_application: Application,
    by: User,
    steps: Iterable[str] | None = None,
) -> list[AnsweredPage]:
    """Fill pages with what an earlier application was told; each waits until somebody says it still holds.

    `steps` names the pages, without it all. A page that was answered here stays as it is. Who said
    it, how and when goes along.
    """
    here = told.answered_pages(to_application)
    wanted = set(STEPS if steps is None else steps) - set(here) - set(NEVER)
    pages = [page for key, page in told.answered_pages(from_application).items() if key in wanted]
    for page in pages:
        _copy_answers(page.step, from_application, to_application, by)
    if pages:
        save_tracked(to_application.assessment, by=by, reason=f"carried: {from_application}")
    carried = [_copy_page(page, to_application, by) for page in pages]
    told.read_anew(to_application)
    return carried


def carry_what_is_known(*, application: Application, by: User) -> list[AnsweredPage]:
    """Carry the child's own last answers, or else what its home told for another child."""
    answered = _answered(application.household).exclude(pk=application.pk)
    own = answered.filter(child=application.child).first()
    if own is not None:
        return carry(from_application=own, to_application=application, by=by)
    home = answered.first()
    if home is None:
        return []
    return carry(from_application=home, to_application=application, by=by, steps=OF_THE_HOME)


def last_told(*, child: Child, household: Household) -> Application | None:
    """Return the application whose answers the next one of this home for this child begins with."""
    return _answered(household).filter(child=child).first()


def _answered(household: Household) -> QuerySet[Application]:
    told_something = Application.objects.filter(household=household, answered_pages__isnull=False)
    return told_something.order_by("-started_at", "-pk")


def _copy_answers(step: str, before: Application, after: Application, by: User) -> None:
    page: Any = STEPS[step]
    for name in page.columns:
        setattr(after.assessment, name, getattr(before.assessment, name))
    if hasattr(page, "rows"):
        for row in page.rows(before):
            copy = _copy_of(row)
            copy.assessment = after.assessment
            save_tracked(copy, by=by, reason=f"carried: {before}")


def _copy_page(page: AnsweredPage, application: Application, by: User) -> AnsweredPage:
    said = {name: getattr(page, name) for name in _SAID}
    copy = AnsweredPage(application=application, step=page.step, **said)
    return save_tracked(copy, by=by, reason=f"carried: {page.application}")


def _copy_of(row: models.Model) -> Any:
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**fields | {row._meta.pk.attname: None})
