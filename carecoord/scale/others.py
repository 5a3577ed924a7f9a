"""What differs from one copied family to the next: names, numbers, birthdays, where they live."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta

from carecoord.scale.names import (
    AREA_CODES,
    FIRST_LINE,
    FIRST_NAMES,
    LAST_NAMES,
    PHONES_PER_AREA,
    STREETS,
)
from carecoord.scale.places import Team
from carecoord.scale.plans import Words
from cms_portal.accounts.models import User
from cms_portal.families.models import Child, Household
from intake.models import Application
from intake.models.application import new_number

# A birthday moves by less than the days since it, so that everybody keeps the age they had.
BIRTHDAY_MOVES = 120
ZIP_CODES = {"nm-cms": (87001, 88439), "ms-cmp": (38601, 39776)}
ROLES = ("coordinators", "intake_workers", "supervisors")


class TooMany(ValueError):
    """There are no more telephone numbers that are nobody's."""


class Drawer:
    """Draws what another family of one program is called, and who serves it."""

    def __init__(self, program: str, lot: random.Random):
        self.program, self.lot = program, lot
        # Higher than any family's number before: each of them has a household.
        newest = Household.objects.order_by("pk").last()
        self.families = newest.pk if newest else 0
        accounts = User.objects.filter(username__startswith=f"{program}-")
        self.phones = accounts.exclude(phone=None).count()

    def draw(self, team: Team, *, sign_in_phones: Iterable[int]) -> dict[str, str]:
        """Return blank → words for one more family, served by a team."""
        self.families += 1
        values = {
            "county": str(team.county.pk),
            "county name": team.county.name,
            "office": str(team.office.pk),
            "surname": self.lot.choice(LAST_NAMES),
            "street": f"{self.lot.randint(1, 9899)} {self.lot.choice(STREETS)}",
            "zip": str(self.lot.randint(*ZIP_CODES[self.program])),
        }
        for role in ROLES:
            worker = self.lot.choice(getattr(team, role))
            values |= {role: str(worker.pk), f"{role} name": worker.name}
        for number, name in enumerate(self.lot.sample(FIRST_NAMES, 5)):
            values[f"first#{number}"] = name
        for adult in range(2):
            values[f"account#{adult}"] = f"{self.program}-{self.families}-{adult}"
            values[f"phone#{adult}"] = self._phone(self.lot.randrange(PHONES_PER_AREA))
        for adult in sign_in_phones:
            values[f"sign-in phone#{adult}"] = self._phone(self.phones)
            self.phones += 1
        for number in range(6):
            values[f"number#{number}"] = new_number()
        return values

    def _phone(self, number: int) -> str:
        """Return a number of no one's; the same `number` gives the same, another one another."""
        codes = AREA_CODES[self.program]
        area, line = divmod(number, PHONES_PER_AREA)
        if area >= len(codes):
            raise TooMany(f"{self.program} has no more invented telephone numbers.")
        return f"+1{codes[area]}555{line + FIRST_LINE:04}"


def words_of(words: Words, team: Team, applications: Iterable[Application]) -> dict[str, str]:
    """Return the words of the family that was lived → their blanks."""
    found = {
        words.surname: "surname",
        words.street: "street",
        words.zip_code: "zip",
        team.county.name: "county name",
    }
    for number, name in enumerate((*words.firsts, *words.parents)):
        found[name] = f"first#{number}"
    for kind, told in (
        ("account", words.accounts),
        ("phone", words.phones),
        ("sign-in phone", words.sign_in_phones),
    ):
        found |= {word: f"{kind}#{adult}" for adult, word in enumerate(told)}
    for role in ROLES:
        found |= {worker.name: f"{role} name" for worker in getattr(team, role)}
    return found | {one.number: f"number#{place}" for place, one in enumerate(applications)}


def keys_of(team: Team) -> dict[tuple[str, str], str]:
    """Return the rows a family points to that are not its own, (table, key) → their blanks."""
    found = {
        ("offices_county", str(team.county.pk)): "county",
        ("offices_office", str(team.office.pk)): "office",
    }
    for role in ROLES:
        found |= {(User._meta.db_table, str(worker.pk)): role for worker in getattr(team, role)}
    return found


def moved(birthdays: dict[str, tuple[date, int]], lot: random.Random) -> dict[str, str]:
    """Return blank → day, each child's birth date moved by its own lot."""
    moves = {
        born: timedelta(days=lot.randint(-BIRTHDAY_MOVES, BIRTHDAY_MOVES))
        for born, _age in birthdays.values()
    }
    return {blank: moved_day(born, age, moves[born]) for blank, (born, age) in birthdays.items()}


def moved_day(born: date, age: int, by: timedelta = timedelta()) -> str:
    """Return a birthday as COPY writes it, of somebody whose birth date moved."""
    return Child(date_of_birth=born + by).birthday(age).isoformat()
