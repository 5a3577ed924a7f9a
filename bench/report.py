"""The figures of a run, for people and for machines."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django

from bench.timing import Timing, WrongAnswer
from bench.weight import FIRST_LOAD, NEXT_LOAD, Weight

RESULTS = Path(__file__).parent / "results"
HEAD = (
    f"{'page':<30}{'queries':>8}{'p50 ms':>8}{'p95 ms':>8}{'CPU ms':>8}{'KB sent':>9}{'per s':>8}"
    f"{'bare/page':>11}{'by CPU':>8}{'aim':>5}{'p95 aim':>9}"
)


def line(timing: Timing | WrongAnswer) -> str:
    """Return one line of the table on the terminal."""
    if isinstance(timing, WrongAnswer):
        return f"{timing.page:<30} answered with status {timing.statuses}"
    return (
        f"{timing.page:<30}{timing.queries:>8}{timing.p50:>8.1f}{timing.p95:>8.1f}{timing.cpu:>8.1f}"
        f"{timing.sent / 1024:>9.1f}{timing.per_second:>8.0f}{timing.times_slower:>11.1f}"
        f"{timing.cpu / timing.bare_cpu:>8.1f}{timing.share:>5}{timing.most_ms or '':>9}"
        f"{'' if timing.is_met else '  over'}"
    )


def weight_lines(weights: list[Weight]) -> Iterable[str]:
    """Yield one line for each page a phone opened."""
    for place, weight in enumerate(weights):
        limit = NEXT_LOAD if place else FIRST_LOAD
        over = "" if weight.total <= limit else "  over"
        yield (
            f"{'then' if place else 'first'} {weight.path:<42}{weight.total / 1024:>8.1f} KB"
            f" in {weight.requests} requests, aim {limit // 1024}{over}"
        )


def machine() -> dict[str, Any]:
    """Say what the figures were taken on."""
    return {
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "django": django.get_version(),
        "system": platform.system(),
    }


def keep(
    size: str, children: int, timings: list[Timing], weights: list[Weight], about: dict[str, Any]
) -> Path:
    """Write the figures as JSON and return the file."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{size}.json"
    figures = {
        "children": children,
        "machine": about,
        "pages": [asdict(timing) for timing in timings],
        "weights": [asdict(weight) for weight in weights],
    }
    path.write_text(json.dumps(figures, indent=2) + "\n")
    return path
