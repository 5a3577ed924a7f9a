"""Runs it all: database, children, servers, load, figures."""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import sys
import time
from typing import Any

from cms_portal.launch.steps import PROJECT, one_clear_line, step

CHILDREN = {"small": 10_000, "full": 100_000}


def main() -> None:
    """Seed if need be, time every page, print and keep the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--size", choices=list(CHILDREN), default="small")
    parser.add_argument("--children", type=int, help="another number than the size's")
    parser.add_argument("--fresh", action="store_true", help="seed anew what was seeded before")
    parser.add_argument("--only", default="", help="time the pages with this word in their names")
    chosen = parser.parse_args()
    os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    signal.signal(signal.SIGTERM, _stop)
    with one_clear_line():
        run(chosen)


def run(chosen: argparse.Namespace) -> None:
    """Do one run; everything it starts ends with it."""
    from bench import servers

    children = chosen.children or CHILDREN[chosen.size]
    place = PROJECT / ".local" / f"bench-{children}"
    with servers.database(place):
        _fill(children, fresh=chosen.fresh)
        with step("Static files"):
            servers.manage("collectstatic", "--noinput", "--verbosity", "0")
        with (
            servers.web("bench portal", "bench.wsgi") as portal,
            servers.web("bench bare view", "bench.bare") as bare,
        ):
            _measure(chosen, children, portal, bare)


def _fill(children: int, *, fresh: bool) -> None:
    """Bring the database to so many children; one that was filled today by this code is taken as it is."""
    from bench import filling

    if fresh or not filling.is_filled(children):
        filling.fill(children)


def _measure(chosen: argparse.Namespace, children: int, portal: int, bare: int) -> None:
    import django

    django.setup()
    from bench import report
    from bench.letters import time_letters
    from bench.pages import PAGES
    from bench.people import Cast
    from bench.reminders import time_reminders
    from bench.rules import time_rules
    from bench.timing import Timing, time_pages

    with step("People"):
        cast = Cast()
    about, began = report.machine(), time.monotonic()
    timings: list[Timing] = []
    _say(f"\n{report.HEAD}")
    pages = [page for page in PAGES if chosen.only in page.name]
    for timing in time_pages(pages, cast, portal, bare):
        if isinstance(timing, Timing):
            timings.append(timing)
        _say(report.line(timing))
    weights = _weigh(cast, portal) if not chosen.only else []
    for line in report.weight_lines(weights):
        _say(line)
    if not chosen.only:
        for figure in (*time_rules(), *time_letters(), *time_reminders()):
            _say(figure.line())
        report.keep(chosen.size, children, timings, weights, about)
    met = sum(timing.is_met for timing in timings)
    _say(f"{met} of {len(pages)} pages within their aims, in {time.monotonic() - began:.0f} s.")


def _weigh(cast: Any, portal: int) -> list[Any]:
    from django.urls import reverse

    from bench.weight import weigh

    one = cast.drafts[0]
    number = one.application.number
    paths = [
        reverse("home"),
        reverse("intake:tasks", args=[number]),
        reverse("intake:step", args=[number, "contact"]),
        reverse("intake:check", args=[number]),
        reverse("notifications:mine"),
        reverse("welcome:program", args=[one.application.program]),
    ]
    return weigh(portal, one.person.cookies, paths)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _stop(number: int, frame: Any) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
