"""The services of a program, by key, in the reader's language."""

from __future__ import annotations

from eligibility.program_folders import rulebooks
from eligibility.sentences import words


def service_name(program: str, key: str) -> str:
    """Return how families know a service; one that left the rulebook keeps its key."""
    for service in rulebooks()[program].services:
        if service.key == key:
            return words(service.name)
    return key


def services_by_name(program: str) -> list[tuple[str, str]]:
    """Return (key, name) of each service, in the program's order."""
    return [(service.key, words(service.name)) for service in rulebooks()[program].services]
