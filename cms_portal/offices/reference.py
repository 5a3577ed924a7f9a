"""The regions, counties and offices that come with the portal: read from its own files, each with its source.

One folder under `data/` for each program code. Staff correct an office on its page; a row that a
person has changed is theirs, and loading again leaves it as it is.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.offices.models import County, Office, OpeningHours, Region

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

DATA = Path(__file__).parent / "data"
REASON = "reference data loaded"
ADDED, CHANGED, SAME, LEFT = "added", "changed", "as before", "left as a person changed it"
YES_OR_NO = ("serves_program", "is_central", "is_administrative", "by_appointment_only")


@transaction.atomic
def load(*, by: User) -> Counter[str]:
    """Bring regions, counties and offices to what the files say; return how many rows were what."""
    tally: Counter[str] = Counter()
    for program in programs.all_programs():
        _Loader(program.code, by, tally).load()
    return tally


class _Loader:
    """Loads one program's folder, acting as one user, counting what happens to each row."""

    def __init__(self, program: str, by: User, tally: Counter[str]):
        self.program, self.by, self.tally = program, by, tally

    def load(self) -> None:
        regions = self._load(Region, "slug", self._rows("regions"))
        counties = self._load(
            County,
            "fips",
            (row | {"region": regions[row["region"]]} for row in self._rows("counties")),
        )
        by_name = {county.name: county for county in counties.values()}
        known = set(Office.objects.filter(program=self.program).values_list("slug", flat=True))
        offices = self._load(
            Office,
            "slug",
            (
                row | {"county": by_name[row["county"]], "region": regions[row["region"]]}
                for row in self._rows("offices")
            ),
        )
        self._load_hours({slug: office for slug, office in offices.items() if slug not in known})

    def _load(self, model: type[Any], key: str, rows: Iterator[dict[str, Any]]) -> dict[str, Any]:
        found = {getattr(row, key): row for row in model.objects.filter(program=self.program)}
        return {values[key]: self._settle(model, found.get(values[key]), values) for values in rows}

    def _settle(self, model: type[Any], row: Any, values: dict[str, Any]) -> models.Model:
        """Add, change or leave one row."""
        if row is None:
            self.tally[ADDED] += 1
            row = model(program=self.program, **values)
            return save_tracked(row, by=self.by, reason=REASON)
        different = {name: value for name, value in values.items() if _differs(row, name, value)}
        if not different:
            self.tally[SAME] += 1
        elif row.history.exclude(history_user=self.by).exists():
            self.tally[LEFT] += 1
        else:
            self.tally[CHANGED] += 1
            for name, value in different.items():
                setattr(row, name, value)
            save_tracked(row, by=self.by, reason=REASON)
        return row

    def _load_hours(self, new_offices: dict[str, Office]) -> None:
        """Give new offices their opening hours; those of an office that stood before are its staff's."""
        for row in self._rows("opening_hours"):
            if (office := new_offices.get(row["office"])) is not None:
                self.tally[ADDED] += 1
                hours = OpeningHours(
                    office=office,
                    weekday=row["weekday"],
                    opens_at=row["opens_at"],
                    closes_at=row["closes_at"],
                )
                save_tracked(hours, by=self.by, reason=f"{REASON}: {row['source']}")

    def _rows(self, table: str) -> Iterator[dict[str, Any]]:
        path = DATA / self.program / f"{table}.csv"
        if not path.exists():
            return
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield row | {name: row[name] == "yes" for name in YES_OR_NO if name in row}


def _differs(row: models.Model, name: str, value: Any) -> bool:
    field: Any = row._meta.get_field(name)
    plain = value.pk if isinstance(value, models.Model) else value
    return bool(getattr(row, field.attname) != field.to_python(plain))
