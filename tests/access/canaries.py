"""Words that occur nowhere else, put into everything that is told; whoever reads one has seen its page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

PATTERN = re.compile(r"zq[0-9a-f]{6}qz")


@dataclass
class Canaries:
    """Each canary with the persons who may read it, and what it stands in, for the report."""

    audience: dict[str, frozenset[str]] = field(default_factory=dict)
    place: dict[str, str] = field(default_factory=dict)

    def word(self, place: str, readers: Iterable[str]) -> str:
        """Return a new word for a place that only these persons may read."""
        token = f"zq{len(self.audience):06x}qz"
        self.audience[token], self.place[token] = frozenset(readers), place
        return token

    def leaked(self, text: str, reader: str) -> list[str]:
        """Return the places that this text tells `reader` and should not."""
        return sorted(
            {
                self.place[token]
                for token in PATTERN.findall(text)
                if reader not in self.audience[token]
            }
        )
