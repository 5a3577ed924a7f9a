"""Many families: some lived through the actions as patterns, the rest copied from them with other names.

Rows for each child, as counted at 10,000 children: 0.7 households and guardians, 0.5 accounts, 1.1
memberships and authorities, 1.7 assignments, 1.1 applications and assessments, 0.8 signatures, 1.4
determinations and messages, 2.7 decisions, 0.1 tasks, 17 notes of who looked, 36 rows of history; and 18
rows of evidence, which the triggers write as the rows arrive. Uploaded papers are left out: a file is not
copied with its row.

Half of the children are enrolled, to days spread over the ten months that come. Nobody has been reminded
to renew yet: of New Mexico's enrolled, who all are, the first day finds a quarter due, and each later day,
with four reminders a year, one in eighty.
"""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import connection, transaction

from carecoord.scale.days import earlier, moving_days, written
from carecoord.scale.lives import live
from carecoord.scale.others import Drawer, keys_of, moved, moved_day, words_of
from carecoord.scale.patterns import Pattern, Reader, key_blank
from carecoord.scale.places import MS, NM, hire, teams_of
from carecoord.scale.plans import Plan, Words, plan
from cms_portal import programs
from cms_portal.accounts.actions import system_user
from cms_portal.accounts.models import User
from cms_portal.audit import context
from cms_portal.database import bulk
from cms_portal.families.models import Child
from intake.models import Application

SHARE_OF_NEW_MEXICO = 0.45
PATTERNS_PER_PROGRAM = 40
FAMILIES_AT_A_TIME = 400
REASON = "invented for a test of size"

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Lived:
    """A pattern, with what must be drawn for each copy of it."""

    pattern: Pattern
    birthdays: dict[str, tuple[date, int]]
    days: dict[str, tuple[date, str]]
    adults_with_sign_in_phone: list[int]


class Seeder:
    """Fills a quiet database with `children` invented children; the same seed draws the same lots."""

    def __init__(self, *, children: int, seed: int, now: datetime, say: Progress):
        self.total, self.now, self.say = children, now, say
        self.lot = random.Random(seed)  # noqa: S311 - draws lots, guards nothing
        system_user()  # the actions act as the portal, which must stay when a life is undone
        self.by: User = system_user("seeder")
        self.copied: Counter[str] = Counter()

    def seed(self) -> Counter[str]:
        """Hire, live, copy; return how many rows each table was given by copying."""
        new_mexico = round(self.total * SHARE_OF_NEW_MEXICO)
        wanted = {NM: new_mexico, MS: self.total - new_mexico}
        with transaction.atomic():
            hire(self.lot, wanted, by=self.by)
        for program, count in wanted.items():
            if count:
                _Program(self, program).seed(count)
        return self.copied


class _Program:
    """The families of one program."""

    def __init__(self, seeder: Seeder, program: str):
        self.seeder, self.program, self.lot = seeder, program, seeder.lot
        teams = teams_of(program)
        self.teams = [team for team, _weight in teams]
        self.weights = [weight for _team, weight in teams]
        # Every pattern is lived in the largest county.
        self.home = self.teams[self.weights.index(max(self.weights))]
        self.drawer = Drawer(program, self.lot)
        self.reader = Reader()

    def seed(self, count: int) -> None:
        patterns = self._live_patterns()
        for number, batch in enumerate(_batches(self._choose(patterns, count)), start=1):
            with transaction.atomic(), context.acting(by=self.seeder.by, reason=REASON):
                self._copy(batch)
            if number.bit_count() == 1:
                # Checks of foreign keys keep the plan that a connection began with, and one made for an
                # empty table reads all of a full one: after 1, 2, 4, 8, … batches begin anew.
                connection.close()
            self.seeder.say("children", sum(lived.pattern.children for lived in batch))

    def _live_patterns(self) -> list[Lived]:
        found = []
        # One of a single child at least, to reach any number of children exactly.
        for size in [1, *([None] * (PATTERNS_PER_PROGRAM - 1))]:
            found.append(self._live_one(plan(self.lot, self.program, size)))
            self.seeder.say("patterns", 1)
        return found

    def _live_one(self, planned: Plan) -> Lived:
        """Live one family, read its rows, and undo it: only its pattern stays."""
        words, place = Words(), self.home.place(self.lot)
        with transaction.atomic():
            children = live(planned, place, now=self.seeder.now, words=words)
            applications = Application.objects.filter(child__in=children).order_by("pk")
            birthdays = self._birthdays(children)
            days = moving_days(children)
            pattern = self.reader.read(
                program=self.program,
                children=len(children),
                words={written(*day): blank for blank, day in days.items()}
                | words_of(words, self.home, applications)
                | {moved_day(*known): blank for blank, known in birthdays.items()},
                others=keys_of(self.home),
            )
            with_phone = [
                adult
                for adult, phone in enumerate(words.sign_in_phones)
                if User.objects.filter(phone=phone).exists()
            ]
            transaction.set_rollback(True)
        known = {blank: day for blank, day in days.items() if blank in pattern.blanks}
        return Lived(pattern, birthdays, known, with_phone)

    def _birthdays(self, children: list[Child]) -> dict[str, tuple[date, int]]:
        """Return blank → (birth date, age) of the days that move with a birth date."""
        grown = programs.get(self.program).health_consent_age
        return {
            f"birthday#{number}#{age}": (child.date_of_birth, age)
            for number, child in enumerate(children)
            for age in (0, grown)
        }

    def _choose(self, patterns: list[Lived], count: int) -> Iterator[Lived]:
        """Yield patterns, each about equally often, with `count` children in all."""
        single = next(lived for lived in patterns if lived.pattern.children == 1)
        while count:
            for lived in self.lot.sample(patterns, len(patterns)):
                chosen = lived if lived.pattern.children <= count else single
                count -= chosen.pattern.children
                yield chosen
                if not count:
                    return

    def _copy(self, batch: list[Lived]) -> None:
        """Write the rows of some families, table by table."""
        needed: Counter[str] = sum((lived.pattern.counts for lived in batch), Counter())
        following = {
            table.name: bulk.take_numbers(connection, table.name, table.key, needed[table.name])
            for table in self.reader.tables
        }
        lines: dict[str, list[str]] = {}
        for lived in batch:
            values = self._values(lived, following)
            for name, text in lived.pattern.render(values):
                lines.setdefault(name, []).append(text)
        for table in self.reader.tables:
            if table.name in lines:
                bulk.write_rows(connection, table.name, table.columns, lines[table.name])
        self.seeder.copied += needed

    def _values(self, lived: Lived, following: dict[str, int]) -> dict[str, str]:
        """Return what fills the blanks of one copy; takes the keys it needs out of `following`."""
        values = {}
        for table, count in lived.pattern.counts.items():
            for number in range(count):
                values[key_blank(table, number)] = str(following[table] + number)
            following[table] += count
        team = self.lot.choices(self.teams, weights=self.weights)[0]
        values |= self.drawer.draw(team, sign_in_phones=lived.adults_with_sign_in_phone)
        values |= moved(lived.birthdays, self.lot) | earlier(lived.days, self.lot)
        for number in range(lived.pattern.uuids):
            values[f"uuid#{number}"] = str(uuid.uuid4())
        return values


def _batches(chosen: Iterator[Lived]) -> Iterator[list[Lived]]:
    while batch := list(islice(chosen, FAMILIES_AT_A_TIME)):
        yield batch
