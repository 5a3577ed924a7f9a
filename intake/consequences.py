"""What a condition brings with it: five consequences, asked in three rounds and scored without a database.

The five consequences and the skip rule are those of the screener for children with special health
care needs; the wording is the program's (see `consequences` in its `program.yaml`).
"""

from __future__ import annotations

from collections.abc import Mapping

YES = "yes"
KINDS = ("medicine", "care", "limits", "therapy", "feelings")
# Feelings, behavior and growth are conditions themselves, so nobody is asked whether one is the cause.
WITHOUT_CAUSE = ("feelings",)


def has(kind: str) -> str:
    return f"has_{kind}"


def because(kind: str) -> str:
    return f"{kind}_because"


def lasts(kind: str) -> str:
    return f"{kind}_lasts"


Answers = Mapping[str, str]


def asks_because(told: Answers) -> list[str]:
    """Return the consequences whose cause is asked: those said yes to."""
    return [kind for kind in KINDS if kind not in WITHOUT_CAUSE and told.get(has(kind)) == YES]


def asks_lasts(told: Answers) -> list[str]:
    """Return the consequences of which it is asked how long: those with a yes to all before."""
    return [
        kind
        for kind in KINDS
        if told.get(has(kind)) == YES and (kind in WITHOUT_CAUSE or told.get(because(kind)) == YES)
    ]


def score(told: Answers) -> list[str]:
    """Return what holds, because of a condition, for a year or more; blank and unsure are no yes.

    None means "not screened in", never "not eligible".
    """
    return [kind for kind in asks_lasts(told) if told.get(lasts(kind)) == YES]
