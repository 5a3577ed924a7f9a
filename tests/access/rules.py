"""The words of the access table: who (a persona) may do what to which case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

# persona → the cases, by name, on which they may; `""` for a page that is about nothing in particular
Reach = Mapping[str, str]
Sends = Callable[[Any, Any], dict[str, Any]]


class Shown(dict[str, Any]):
    """Send what the page's own form shows, with these fields changed."""


ANONYMOUS = "anonymous"
FAMILY = ["rosa", "ben", "fern", "dana", "tess", "joe", "bio", "rex", "gail", "vic", "hal", "newt"]
STAFF = ["ida", "cleo", "sam", "prue", "max", "carla", "pia", "ana", "mo", "sue", "rita"]
LEFT = "lee"  # worked here until yesterday
PERSONAS = [*FAMILY, *STAFF, LEFT, ANONYMOUS]

# The cases each person is asked about, beside a missing one: their own, those nearest to it, a stranger's.
# Staff who serve children are asked about all of them.
ASKED: Mapping[str, str] = {
    "rosa": "mateo second_home neighbor mississippi",
    "ben": "mateo second_home neighbor",
    "fern": "mateo faraway",
    "dana": "mateo mississippi",
    "tess": "mateo grown",
    "joe": "grown",
    "bio": "placed",
    "rex": "mateo placed",
    "gail": "mateo placed",
    "vic": "mateo",
    "hal": "mateo second_home",
    "newt": "mateo",
    "pia": "mateo mississippi",
    "ana": "mateo mississippi",
    "mo": "mateo mississippi",
    "sue": "mateo mississippi",
    "lee": "mateo",
    "anonymous": "mateo",
}
NOBODY: Reach = {}
NO_SUCH_NUMBER = 987_654_321
ANY_NUMBER = -1  # a list notes each child in it


def all_of(*personas: str) -> Reach:
    """Say that these may see a page that is about nothing in particular."""
    return dict.fromkeys(personas, "")


SIGNED_IN = all_of(*FAMILY, *STAFF)
EVERYONE = all_of(*PERSONAS)


@dataclass(frozen=True)
class Rule:
    """What one method of one address answers.

    Who is in `ok` succeeds. Who is in `seen` but not in `ok` is refused (403): the thing exists for
    them. Everybody else learns nothing: 404, and without a session the way to sign-in.
    """

    ok: Reach
    seen: Reach = field(default_factory=dict)
    sends: Sends | Mapping[str, Any] | None = None
    answers: tuple[int, ...] = (200,)
    # Of a page that asks for a permission first, whatever it is about: who lacks it is told so.
    otherwise: Reach = field(default_factory=dict)

    def speaks_of(self, persona: str) -> bool:
        """Whether something of what this answers exists for somebody."""
        return any(persona in reach for reach in (self.ok, self.seen, self.otherwise))

    def data(self, world: Any, case: Any) -> dict[str, Any]:
        return self.sends(world, case) if callable(self.sends) else dict(self.sends or {})


@dataclass(frozen=True)
class Page:
    """One address. `about` names the kind of object its keywords find (see `objects.py`)."""

    name: str
    get: Rule | None = None
    post: Rule | None = None
    about: str = ""
    arguments: Mapping[str, Any] | Callable[[Any], dict[str, Any]] = field(default_factory=dict)
    # Pages whose things cannot stand beside each other are asked in worlds of their own.
    world: str = ""
    # A page of the demo, which shows everybody what the demo sent, and of which production refuses to start.
    shows_everybody: bool = False
    # How many read events a look at the page leaves; a page about something leaves one.
    looks: int | None = None

    @property
    def is_public(self) -> bool:
        return any(ANONYMOUS in rule.ok for rule in self.rules.values())

    @property
    def rules(self) -> dict[str, Rule]:
        return {
            method: rule
            for method, rule in (("GET", self.get), ("POST", self.post))
            if rule is not None
        }


def post(
    ok: Reach,
    seen: Reach = NOBODY,
    sends: Sends | Mapping[str, Any] | None = None,
    answers: tuple[int, ...] = (302,),
    otherwise: Reach = NOBODY,
) -> Rule:
    return Rule(ok, seen, sends, answers, otherwise)


def expected(rule: Rule, persona: str, case: str, *, is_public: bool) -> set[int]:
    """Return the statuses with which this person is to be answered."""
    if case in rule.ok.get(persona, "no").split(" "):
        return set(rule.answers)
    if persona in (ANONYMOUS, LEFT) and not is_public:
        return {302}
    if persona in rule.otherwise and persona not in rule.ok:
        return {403}
    if case in rule.seen.get(persona, "no").split(" "):
        return {403}
    return {404}
