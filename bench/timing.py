"""Times each page in short stretches, each beside a stretch of the bare view, so that noise meets both."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bench.load import Client, Request, Slice
from bench.pages import Page, bare
from bench.people import Cast

ROUNDS = 3
BARE_SECONDS, PAGE_SECONDS = 0.6, 1.2
# A bound, far above what can be answered in that time.
MOST = 5_000
WARM_UP = 8


@dataclass(frozen=True)
class Timing:
    """What one page costs: times in milliseconds on the server, bytes of the body as sent."""

    page: str
    queries: int
    p50: float
    p95: float
    cpu: float
    bare_cpu: float
    sent: int
    per_second: float
    times_slower: float
    spread: float
    share: int
    most_queries: int
    most_ms: int | None
    answers: int

    @property
    def is_met(self) -> bool:
        is_soon = self.most_ms is None or self.p95 <= self.most_ms
        return self.queries <= self.most_queries and self.times_slower <= self.share and is_soon


@dataclass(frozen=True)
class WrongAnswer:
    """A page did not answer as it should, so that its time means nothing."""

    page: str
    statuses: list[int]


def time_pages(
    pages: Iterable[Page], cast: Cast, portal: int, bare_port: int
) -> Iterator[Timing | WrongAnswer]:
    """Yield what each page costs."""
    plain, bare_requests = Client(bare_port), bare(cast)
    plain.run(bare_requests, seconds=1, most=200)
    for page in pages:
        yield _time(page, Client(portal), page.requests(cast), plain, bare_requests)


def _time(
    page: Page,
    client: Client,
    requests: Iterator[Request],
    plain: Client,
    bare_requests: Iterator[Request],
) -> Timing | WrongAnswer:
    first = client.run(requests, seconds=PAGE_SECONDS, most=WARM_UP)
    if (statuses := {answer.status for answer in first.answers}) != {page.status}:
        return WrongAnswer(page.name, sorted(statuses))
    stretches, ratios, bares = [], [], []
    for _round in range(ROUNDS):
        beside = plain.run(bare_requests, seconds=BARE_SECONDS, most=MOST)
        stretch = client.run(requests, seconds=PAGE_SECONDS, most=MOST)
        stretches.append(stretch)
        ratios.append(beside.per_second / stretch.per_second)
        bares.append(statistics.median(answer.cpu for answer in beside.answers))
    return _summary(page, stretches, ratios, statistics.median(bares))


def _summary(
    page: Page, stretches: list[Slice], ratios: list[float], bare_cpu: float
) -> Timing | WrongAnswer:
    answers = [answer for stretch in stretches for answer in stretch.answers]
    if wrong := {answer.status for answer in answers} - {page.status}:
        return WrongAnswer(page.name, sorted(wrong))
    walls = sorted(answer.wall for answer in answers)
    return Timing(
        page=page.name,
        queries=max(answer.queries for answer in answers),
        p50=statistics.median(walls),
        p95=walls[int(len(walls) * 0.95)],
        cpu=statistics.median(answer.cpu for answer in answers),
        bare_cpu=bare_cpu,
        sent=round(statistics.mean(answer.body_bytes for answer in answers)),
        per_second=statistics.median(stretch.per_second for stretch in stretches),
        times_slower=statistics.median(ratios),
        spread=max(ratios) / min(ratios),
        share=page.share,
        most_queries=page.most_queries,
        most_ms=page.most_ms,
        answers=len(answers),
    )
