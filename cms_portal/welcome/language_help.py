"""The offer of an interpreter, said in the languages people speak with us."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cms_portal.families.models import Language

DATA = Path(__file__).parent / "data" / "language_help.yaml"
RIGHT_TO_LEFT = {"ar"}
ALREADY_SAID = {Language.ENGLISH, Language.OTHER}


@dataclass(frozen=True)
class Offer:
    """One language: its name on this page, its own name, and the offer in it if we have the words."""

    name: str
    own_name: str
    lang: str
    text: str

    @property
    def is_right_to_left(self) -> bool:
        return self.lang in RIGHT_TO_LEFT


def offers() -> list[Offer]:
    """Return one offer for each language that families may tell us they speak."""
    words = _words()
    return [
        Offer(
            name=str(language.label),
            own_name=words.get(language.value, {}).get("name") or str(language.label),
            lang=language.value if language.value in words else "",
            text=words.get(language.value, {}).get("offer", ""),
        )
        for language in Language
        if language not in ALREADY_SAID
    ]


@cache
def _words() -> dict[str, dict[str, Any]]:
    words: dict[str, dict[str, Any]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return words
