"""Invented people's names and what they may tell, for large amounts of data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"
FIRST_NAMES, LAST_NAMES, STREETS = (
    (DATA / f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-1]
    for name in ("first_names", "last_names", "streets")
)
# Exchange 555 of each area code: nobody's telephone. Its first lines are the demo people's.
AREA_CODES = {"nm-cms": ("505", "575"), "ms-cmp": ("228", "601", "662", "769")}
FIRST_LINE, PHONES_PER_AREA = 200, 9_800
# The counties where more people live than elsewhere, and how much more.
LARGE_COUNTIES = {
    "Bernalillo": 20,
    "Doña Ana": 8,
    "Santa Fe": 6,
    "Sandoval": 5,
    "San Juan": 5,
    "Hinds": 12,
    "Harrison": 10,
    "DeSoto": 9,
    "Rankin": 7,
    "Jackson": 6,
    "Madison": 5,
    "Lee": 4,
    "Lauderdale": 3,
}


@dataclass(frozen=True)
class Told:
    """A condition in a family's words, with the code on the doctor's paper."""

    en: str
    es: str
    icd10: str


CONDITIONS = (
    Told("asthma", "asma", "J45.40"),
    Told("seizures", "convulsiones", "G40.909"),
    Told("sickle cell disease", "anemia de células falciformes", "D57.1"),
    Told("type 1 diabetes", "diabetes tipo 1", "E10.9"),
    Told("cerebral palsy", "parálisis cerebral", "G80.9"),
    Told("cleft lip and palate", "labio y paladar hendido", "Q37.9"),
    Told("hole in the heart", "un hoyo en el corazón", "Q21.0"),
    Told("hearing loss", "pérdida de audición", "H90.3"),
    Told("spina bifida", "espina bífida", "Q05.9"),
    Told("cystic fibrosis", "fibrosis quística", "E84.9"),
    Told("Down syndrome", "síndrome de Down", "Q90.9"),
    Told("club foot", "pie equinovaro", "Q66.89"),
)
