"""What a review committee reads: the notice, why it was decided so and by whom, the request, the papers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.documents.models import Document, DocumentKind, FileState
from cms_portal.notifications.deadlines import text_of
from cms_portal.notifications.letters import compile_pdf
from cms_portal.notifications.paragraphs import HEADING, LIST, PARAGRAPH, Part, parts_of
from eligibility.catalogue import service_name
from eligibility.models import Outcome, ServiceDecision
from intake.eligibility_receipt import ReceiptLine, receipt_lines
from intake.models import Appeal, AppealedService, AppealPart
from intake.paper_pages import PaperPages

FOUND = {
    "met": pgettext_lazy("rule", "Met"),
    "not_met": pgettext_lazy("rule", "Not met"),
    "unknown": pgettext_lazy("rule", "Not known"),
    "needs_review": pgettext_lazy("rule", "For a person to judge"),
}


@dataclass(frozen=True)
class Section:
    """One part of the pack, in a language: the notice keeps its own."""

    title: str
    parts: list[Part]
    language: str


def papers_for(appeal: Appeal) -> QuerySet[Document]:
    """Return the papers of this household about this child, the home's own too."""
    application = appeal.application
    about = Q(child=application.child) | Q(child__isnull=True)
    given = Document.objects.filter(about, household=application.household).kept()
    return given.prefetch_related("files").order_by("pk")


def front_of(appeal: Appeal, papers: Iterable[PaperPages]) -> bytes:
    """Return the pages before the papers, tagged for people who read with their ears (PDF/UA-1)."""
    title = _("Evidence pack of review %(number)s") % {"number": appeal.number}
    pack = {
        "title": title,
        "foot": f"{programs.get(appeal.program).name} · {appeal.number}",
        "page": _("Page {page}"),
        "sections": [asdict(section) for section in _sections(appeal, list(papers))],
    }
    inputs = {"pack": json.dumps(pack), "title": title, "language": get_language() or "en"}
    return compile_pdf("pack.typ", inputs)


def _sections(appeal: Appeal, papers: list[PaperPages]) -> Iterator[Section]:
    services = list(
        appeal.services.select_related(
            "decision__determination",
            "decision__decided_by",
            "decision__countersignature__signed_by",
        )
    )
    yield _section(_("The review"), [_list(_about(appeal, services))])
    yield _section(_("What the family asks"), list(_request(appeal)))
    yield _notice(appeal)
    for service in services:
        yield _section(
            service_name(appeal.program, service.decision.service),
            list(_decision(appeal, service.decision)),
        )
    yield _section(_("Papers"), list(_papers(papers)))


def _section(title: str, parts: list[Part], language: str = "") -> Section:
    return Section(title, parts, language or get_language() or "en")


def _about(appeal: Appeal, services: list[AppealedService]) -> Iterator[str]:
    child, last = appeal.application.child, appeal.notice.review_by
    yield _("Child: %(name)s") % {"name": child.full_name}
    yield _("Application: %(number)s") % {"number": appeal.application.number}
    names = [service_name(appeal.program, one.decision.service) for one in services]
    yield _("Asked about: %(names)s") % {"names": ", ".join(names)}
    way = {"day": _day(appeal.asked_on), "way": appeal.get_channel_display()}
    yield _("Asked on %(day)s. How it came: %(way)s") % way
    yield _("Arrived on %(day)s") % {"day": _day(appeal.received_on)}
    if last is not None:
        yield _("Last day to ask: %(day)s") % {"day": _day(last)}
    if appeal.is_late:
        yield _("It was asked after the last day.")
    if appeal.screening_words:
        told = {"who": appeal.screened_by, "words": appeal.screening_words}
        yield _("Taken up by %(who)s: %(words)s") % told
    yield _("Answer by %(day)s") % {"day": _day(appeal.due_on)}


def _request(appeal: Appeal) -> Iterator[Part]:
    """Yield the family's words as it wrote them. Where it lives, the committee does not need to know."""
    if appeal.name:
        yield _par(_("From: %(name)s") % {"name": appeal.name})
    yield from (_par(line) for line in appeal.narrative.splitlines() if line.strip())
    if not appeal.narrative:
        yield _par(_("The request says no reasons."))
    for question in appeal.questions.all():
        told = {"day": _day(question.due_on), "words": question.words}
        yield _par(_("The family was asked, to send it by %(day)s: %(words)s") % told)
    for sent in appeal.parts.exclude(words=""):
        yield Part(HEADING, _came(sent))
        yield from (_par(line) for line in sent.words.splitlines() if line.strip())


def _came(part: AppealPart) -> str:
    day = {"day": _day(part.sent_on)}
    if part.is_late:
        return _("Came on %(day)s, after the day that was set") % day
    return _("Came on %(day)s") % day


def _notice(appeal: Appeal) -> Section:
    """Return the notice as it went out, without the address on its envelope."""
    message = appeal.notice.message
    if message is None:
        words = _("No notice could be sent: nobody of the home could be written to.")
        return _section(_("The notice"), [_par(words)])
    dated = _day(message.dated_on or message.queued_on)
    heading = Part(HEADING, f"{message.title} ({dated})")
    return _section(_("The notice"), [heading, *parts_of(text_of(message))], message.language)


def _decision(appeal: Appeal, decision: ServiceDecision) -> Iterator[Part]:
    yield _list(_who_decided(appeal, decision))
    if decision.words:
        yield _par(_("Reason in words: %(words)s") % {"words": decision.words})
    yield Part(HEADING, _("Every rule, as it was asked then"))
    name = service_name(appeal.program, decision.service)
    lines = receipt_lines(appeal.application, decision.determination)
    for line in lines:
        if name in line.services:
            yield _par(f"{line.question} {FOUND[line.outcome]}: {line.because}")
            yield _list(_rule_facts(line))


def _who_decided(appeal: Appeal, decision: ServiceDecision) -> Iterator[str]:
    zone = programs.get(appeal.program).timezone
    told = {"who": decision.decided_by, "when": _moment(decision.decided_at, zone)}
    yield _("Decided: %(outcome)s") % {"outcome": Outcome(decision.outcome).label}
    yield _("Decided by %(who)s, %(when)s") % told
    if hasattr(decision, "countersignature"):
        signed = decision.countersignature
        told = {"who": signed.signed_by, "when": _moment(signed.signed_at, zone)}
        yield _("Countersigned by %(who)s, %(when)s") % told
    yield _("The rules recommended: %(outcome)s") % {"outcome": Outcome(decision.recommended).label}
    yield _("Reason: %(reason)s") % {"reason": decision.get_reason_code_display()}
    mark = {"day": _day(decision.determination.on), "mark": decision.determination.rulebook[:12]}
    yield _("Rules as of %(day)s, fingerprint %(mark)s") % mark


def _rule_facts(line: ReceiptLine) -> Iterator[str]:
    if line.origins:
        yield _("From: %(name)s") % {"name": "; ".join(line.origins)}
    for figure in line.figures:
        yield f"{figure.what}: {figure.value}"
    yield _("Source: %(source)s") % {"source": line.source.name}


def _papers(papers: list[PaperPages]) -> Iterator[Part]:
    if not papers:
        yield _par(_("The family gave no papers."))
        return
    yield _list(_paper(number, paper) for number, paper in enumerate(papers, start=1))


def _paper(number: int, paper: PaperPages) -> str:
    document = paper.document
    kind = DocumentKind(document.kind).label
    told = f"{number}. {kind}, {_day(document.given_on)}"
    if paper.first_page:
        last = paper.first_page + paper.count - 1
        told += ": " + _("pages %(first)s to %(last)s") % {"first": paper.first_page, "last": last}
    waits = sum(file.state == FileState.QUARANTINED for file in document.files.all())
    if waits:
        told += ". " + _("Files still being checked, not in this pack: %(number)s") % {
            "number": waits
        }
    if paper.is_kept_apart:
        told += ". " + _("Kept apart: it may show where a protected home is.")
    if paper.unreadable:
        told += ". " + _("Files that could not be opened: %(number)s") % {
            "number": paper.unreadable
        }
    return told


def _par(text: str) -> Part:
    return Part(PARAGRAPH, text)


def _list(items: Iterable[str]) -> Part:
    return Part(LIST, items=tuple(items))


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _moment(moment: datetime, zone: Any) -> str:
    return date_format(timezone.localtime(moment, zone), "DATETIME_FORMAT")
