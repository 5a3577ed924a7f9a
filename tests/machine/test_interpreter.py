"""The web process answers as fast at every depth of calls."""

from __future__ import annotations

import resource
from collections.abc import Callable
from typing import Any

from cms_portal.launch.interpreter import with_room

DEEPEST, CALLS = 200, 500


def _pages_taken(call: Callable[[], Any]) -> int:
    """Return how many pages of memory the system gave while something was called."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    call()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _further(number: int, calls: int = 5) -> int:
    return _further(number, calls - 1) if calls else number


def _at_every_depth(left: int = DEEPEST) -> None:
    """Go down call by call, and from each depth call something small again and again."""
    for number in range(CALLS):
        _further(number)
    if left:
        _at_every_depth(left - 1)


def test_calls_at_no_depth_ask_the_system_for_memory_again_and_again():
    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        _at_every_depth()
        return [b"done"]

    answer = with_room(application)

    assert _pages_taken(lambda: answer({}, None)) < CALLS


def test_an_application_with_room_answers_as_it_does_without():
    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response(environ["status"])
        return [b"page"]

    said: list[str] = []

    assert with_room(application)({"status": "200 OK"}, said.append) == [b"page"]
    assert said == ["200 OK"]
