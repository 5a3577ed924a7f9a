"""The edge where findings become sentences, in the language that is active.

A finding keeps a message and its values. Placeholders say how a value is read out: `{age}` as it
is, `{line:money}`, `{due:date}`, and `{state:name}` for a value that holds its own words. A stored
finding can be years old, so nothing here raises: what cannot be read out well is read out plainly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext

from .engine import Recommendation
from .library import Finding

PLACEHOLDER = re.compile(r"\{(\w+)(?::(\w+))?\}")
NOT_STORED = "…"
CENT = Decimal("0.01")


def sentence(finding: Finding | Mapping[str, Any]) -> str:
    """Return a finding, fresh or stored, as one sentence in the active language."""
    if isinstance(finding, Finding):
        return say(finding.message, finding.values)
    return say(finding.get("message"), finding.get("values"))


def say(message: object, values: object) -> str:
    """Return a marked message with its values, in the active language."""
    return _say(message, values, _language())


def words(both: object) -> str:
    """Return a text that is kept in both languages, in the active one, else in English."""
    return _words(both, _language())


def money(amount: object) -> str:
    """Return dollars as they are read, cents only when there are some: $66,000 or $2,500.50."""
    try:
        dollars = Decimal(str(amount))
    except InvalidOperation:
        return str(amount)
    if not dollars.is_finite() or abs(dollars.adjusted()) > len("999,999,999,999"):
        return str(amount)
    if dollars == dollars.to_integral_value():
        return f"${dollars:,.0f}"
    return f"${dollars:,.2f}" if dollars == dollars.quantize(CENT) else f"${dollars:,f}"


def day(value: object) -> str:
    """Return a date as it is read, the month in words."""
    try:
        return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
    except ValueError:
        return str(value)


def as_json(recommendation: Recommendation) -> dict[str, Any]:
    """Return the answer that the contract describes, its sentences in the active language."""
    language = _language()
    # Services share findings, so each is read out once.
    services = recommendation.services.values()
    findings = {id(finding): finding for service in services for finding in service.findings}
    read_out = {key: _read_out(finding, language) for key, finding in findings.items()}
    return {
        "program": recommendation.program,
        "on": recommendation.on.isoformat(),
        "rulebook": recommendation.rulebook,
        "services": {
            key: {
                "outcome": service.outcome,
                "ask_next": service.ask_next,
                "findings": [read_out[id(finding)] for finding in service.findings],
            }
            for key, service in recommendation.services.items()
        },
    }


def _read_out(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "outcome": finding.outcome,
        "because": _say(finding.message, finding.values, language),
        "source": finding.source,
        "values": finding.values,
    }


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


def _say(message: object, values: object, language: str) -> str:
    if not isinstance(message, str) or not message:
        return NOT_STORED
    translated = _translated(message, language)
    if "{" not in translated:
        return translated
    known: Mapping[str, Any] = values if isinstance(values, Mapping) else {}

    def shown(found: re.Match[str]) -> str:
        name, how = found.groups()
        value = known.get(name, NOT_STORED)
        if how == "name":
            return _words(value, language)
        return READ_OUT[how](value) if how in READ_OUT else str(value)

    return PLACEHOLDER.sub(shown, translated)


@lru_cache(maxsize=1024)
def _translated(message: str, _language: str) -> str:
    return pgettext("decision", message)


def _words(both: object, language: str) -> str:
    if not isinstance(both, Mapping):
        return str(both)
    return str(both.get(language) or both.get("en") or NOT_STORED)


READ_OUT: Mapping[str, Callable[[object], str]] = {"money": money, "date": day}
