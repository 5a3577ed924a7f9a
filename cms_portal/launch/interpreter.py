"""How a web process sets up the interpreter it runs in. Neither changes what a page says."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# Values on the stack of one call: just over 256 KB, so that CPython takes 512 KB and half is left.
ROOM = 33_000


def with_room(application: Application) -> Application:
    """Return the application, called so that all calls of a request find room in one piece of memory.

    CPython keeps its calls in pieces of 16 KB, and gives a piece back as soon as the first call in it
    returns. A loop that calls across such an edge asks the system for memory each time round: up to
    half of a page's time, on whichever pages are that deep. A call that needs much room gets a larger
    piece, and what it calls lies behind it (`push_chunk` in CPython's `Python/pystate.c`).
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return application(environ, start_response)

    answer.__code__ = answer.__code__.replace(co_stacksize=ROOM)
    return answer


def keep_what_is_loaded() -> None:
    """Take what is loaded out of the garbage collector's rounds: it stays for as long as the process."""
    gc.collect()
    gc.freeze()
