"""What happens to one invented family, drawn by lot; the shares say how often, of a hundred."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from carecoord.demo import families as home
from carecoord.scale.names import CONDITIONS, Told

# Where a child's application stands; one that renews has a decided one, and a new one begun.
STAGES = {"decided": 48, "sent": 10, "in_review": 12, "draft": 17, "withdrawn": 6, "renewing": 7}
# How long ago a decision fell: its enrollment ends within the year that comes, but not this month.
DECIDED_DAYS_AGO = (45, 345)
CHILDREN_PER_FAMILY = {1: 60, 2: 30, 3: 10}
MEDICAID = {"enrolled": 40, "denied": 20, "not_applied": 20, "pending": 20}
# Of a hundred families of each program, those who read Spanish, and those who apply by telephone.
SPANISH = {home.NM: 35, home.MS: 6}
BY_TELEPHONE = {home.NM: 15, home.MS: 45}
SIGN_IN_BY_PHONE, SECOND_HOME, WITH_A_TASK = 40, 8, 20


@dataclass(frozen=True)
class Words:
    """What stands for this family's own names while its life is lived; each is found again in the rows."""

    surname: str = "Wqsurname"
    firsts: tuple[str, ...] = ("Wqfirst", "Wqsecond", "Wqthird")
    parents: tuple[str, ...] = ("Wqmother", "Wqfather")
    accounts: tuple[str, ...] = ("wqaccount-mother", "wqaccount-father")
    phones: tuple[str, ...] = ("+15055550141", "+15055550142")
    sign_in_phones: tuple[str, ...] = ("+15055550143", "+15055550144")
    street: str = "7001 Wqstreet"
    zip_code: str = "87777"

    def email(self, adult: int) -> str:
        return f"{self.accounts[adult]}@example.test"


@dataclass(frozen=True)
class Plan:
    """What happens in one life: drawn by lot, then lived."""

    program: str
    language: str
    by_telephone: bool
    signs_in_by_phone: bool
    second_home: bool
    has_task: bool
    stages: tuple[str, ...]
    ages: tuple[int, ...]
    conditions: tuple[Told, ...]
    medicaid: str
    days_ago: int
    decided_days_ago: tuple[int, ...]

    @property
    def children(self) -> int:
        return len(self.stages)


def plan(lot: random.Random, program: str, children: int | None = None) -> Plan:
    """Draw a family's life by lot."""
    size = children or _draw(lot, CHILDREN_PER_FAMILY)
    return Plan(
        program=program,
        language="es" if _lucky(lot, SPANISH[program]) else "en",
        by_telephone=_lucky(lot, BY_TELEPHONE[program]),
        signs_in_by_phone=_lucky(lot, SIGN_IN_BY_PHONE),
        second_home=_lucky(lot, SECOND_HOME),
        has_task=_lucky(lot, WITH_A_TASK),
        stages=tuple(_draw(lot, STAGES) for _child in range(size)),
        ages=tuple(lot.randint(1, 17) for _child in range(size)),
        conditions=tuple(lot.choice(CONDITIONS) for _child in range(size)),
        medicaid=_draw(lot, MEDICAID),
        days_ago=lot.randint(1, 40),
        decided_days_ago=tuple(lot.randint(*DECIDED_DAYS_AGO) for _child in range(size)),
    )


def _draw(lot: random.Random, shares: dict[Any, int]) -> Any:
    return lot.choices(list(shares), weights=list(shares.values()))[0]


def _lucky(lot: random.Random, of_a_hundred: int) -> bool:
    return lot.randrange(100) < of_a_hundred
