"""What a rule wishes for when it names the answers that could help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from .facts import Condition


class Standing(IntEnum):
    """How one condition stands under a rule; with several, the highest standing wins."""

    OPEN = 0
    REVIEW = 1
    PENDING = 2
    MET = 3


@dataclass(frozen=True)
class WantedCondition:
    """The condition that would help: how each one stands, and codes to try."""

    standing: Callable[[Condition], Standing]
    codes: Iterable[str]


@dataclass(frozen=True)
class WantedIncome:
    """The yearly totals at which an answer changes, in dollars."""

    totals: Iterable[Decimal]
    times_a_year: Mapping[str, int]
