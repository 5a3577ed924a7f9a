"""What one picture of the album shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True)
class Picture:
    """One page: whose it is (nobody's for a public page), its address, and what is done there first."""

    name: str
    persona: str
    address: Callable[[], str]
    do: Callable[[Page], None] | None = None
