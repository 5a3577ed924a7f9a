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


# A service that asks for one of these is for one illness, and its name says so.
FOR_ONE_ILLNESS = {"named_condition", "newborn_bloodspot", "newborn_hearing"}


def is_named_for_an_illness(program: str, key: str) -> bool:
    """Say whether a service's name tells which illness the child may have."""
    rulebook = rulebooks()[program]
    return any(
        rulebook.rules[asked].rule.name in FOR_ONE_ILLNESS
        for service in rulebook.services
        if service.key == key
        for asked in service.requires
    )


def services_by_name(program: str) -> list[tuple[str, str]]:
    """Return (key, name) of each service, in the program's order."""
    return [(service.key, words(service.name)) for service in rulebooks()[program].services]
