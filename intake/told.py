"""Reading what a household told, as the pages, the rules and the letters need it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db.models import QuerySet, prefetch_related_objects

from cms_portal import programs
from cms_portal.database.prepared import prepared
from cms_portal.documents.models import Document, DocumentQuerySet
from cms_portal.families.models import Address, AddressKind, Guardian
from intake.models import AnsweredPage, Application, Asset, IncomeLine, ReportedCondition

T = TypeVar("T")

# How epilepsy is told in English or Spanish, where nobody has given it a code yet.
_EPILEPSY_WORDS = ("epilep", "seizure", "convulsi", "ataque")


def read_anew(application: Application, *, but_pages: bool = False) -> None:
    """Forget what was read of an application in memory, after a write.

    `but_pages` keeps the answered pages, to which whoever holds the application adds by itself.
    """
    vars(application.assessment).pop("_prefetched_objects_cache", None)
    for read in (contact_of, mailing_address, papers_of):
        vars(application).pop(_place_of(read), None)
    if not but_pages:
        vars(application).pop(_place_of(answered_pages), None)


def _read_once(read: Callable[[Application], T]) -> Callable[[Application], T]:
    """Keep on one application in memory what several of its pages ask for, until it is written to."""

    @wraps(read)
    def kept(application: Application) -> T:
        place = _place_of(read)
        if place not in vars(application):
            vars(application)[place] = read(application)
        found: T = vars(application)[place]
        return found

    return kept


def _place_of(read: Callable[..., Any]) -> str:
    return f"_{read.__name__}"


@_read_once
def answered_pages(application: Application) -> dict[str, AnsweredPage]:
    """Return the pages that were answered, by key, each with who said it."""
    rows = application.answered_pages.select_related("said_by", "confirmed_by")
    pages = {row.step: row for row in rows}
    for page in pages.values():
        page.application = application
    return pages


@_read_once
def contact_of(application: Application) -> Guardian:
    """Return the guardian with whom we speak about this application: who started it, or the first.

    Of those who may see the child today; where nobody may, any of the home, to whom nothing is sent.
    """
    today = programs.get(application.program).today()
    home = application.household.guardians.order_by("pk")
    guardians = _told_at_home(application.household_id, application.child_id, today) or list(home)
    own = [g for g in guardians if g.user_id == application.started_by_id]
    return (own or guardians)[0]


@prepared
def _told_at_home(household: Any, child: Any, on: Any) -> QuerySet:
    home = Guardian.objects.filter(household=household).order_by("pk")
    return home.told_about(child, on).select_related("household")


def mailing_kind(application: Application) -> str:
    """Return which address letters go to: the real one, or the one that stands for it."""
    confidential = application.household.address_is_confidential
    return AddressKind.SUBSTITUTE if confidential else AddressKind.MAILING


@_read_once
def mailing_address(application: Application) -> Address | None:
    """Return where letters of this household go today, if it said so."""
    today = programs.get(application.program).today()
    addresses = application.household.addresses.on(today)
    return addresses.filter(kind=mailing_kind(application)).first()


@_read_once
def papers_of(application: Application) -> DocumentQuerySet:
    """Return the papers this household gave for this child; to a helper, those they gave themselves."""
    given = Document.objects.filter(household=application.household, child=application.child)
    if application.sees_own_papers:
        given = given.filter(given_by=application.sees_own_papers)
    return given.kept().select_related("child", "given_by").prefetch_related("files").order_by("pk")


def unusable_papers_of(application: Application) -> list[Document]:
    """Return the papers of which a file could not be used, and which the family has not sent again."""
    papers = papers_of(application)
    return list(papers.unusable()) if any(paper.refusal for paper in papers) else []


def conditions_of(application: Application) -> list[ReportedCondition]:
    """Return the conditions told, in order; of one assessment in memory they are read once."""
    prefetch_related_objects([application.assessment], "conditions")
    return [row for row in application.assessment.conditions.all() if not row.is_withdrawn]


def income_of(application: Application) -> list[IncomeLine]:
    """Return the income told, in order; of one assessment in memory it is read once."""
    prefetch_related_objects([application.assessment], "income")
    return [row for row in application.assessment.income.all() if not row.is_withdrawn]


def assets_of(application: Application) -> list[Asset]:
    """Return what the home owns, in order; of one assessment in memory it is read once."""
    prefetch_related_objects([application.assessment], "assets")
    return [row for row in application.assessment.assets.all() if not row.is_withdrawn]


def may_be_epilepsy(condition: ReportedCondition) -> bool:
    """Say whether a condition is, or in a family's words may be, epilepsy (G40)."""
    if condition.icd10:
        return condition.icd10.startswith("G40")
    return any(word in condition.text.lower() for word in _EPILEPSY_WORDS)
