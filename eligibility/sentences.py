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
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext

from .engine import Recommendation, ServiceRecommendation
from .library import Finding

PLACEHOLDER = re.compile(r"\{(\w+)(?::(\w+))?\}")
NOT_STORED = "…"


def sentence(finding: Finding | Mapping[str, Any]) -> str:
    """Return a finding, fresh or stored, as one sentence in the active language."""
    if isinstance(finding, Finding):
        return say(finding.message, finding.values)
    return say(finding.get("message"), finding.get("values"))


def say(message: object, values: object) -> str:
    """Return a marked message with its values, in the active language."""
    if not isinstance(message, str) or not message:
        return NOT_STORED
    known: Mapping[str, Any] = values if isinstance(values, Mapping) else {}
    return PLACEHOLDER.sub(
        lambda found: _shown(known.get(found[1], NOT_STORED), found[2]),
        pgettext("decision", message),
    )


def words(both: object) -> str:
    """Return a text that is kept in both languages, in the active one, else in English."""
    if not isinstance(both, Mapping):
        return str(both)
    language = (get_language() or "en").partition("-")[0]
    return str(both.get(language) or both.get("en") or NOT_STORED)


def money(amount: object) -> str:
    """Return dollars as they are read, cents only when there are some: $66,000 or $2,500.50."""
    try:
        dollars = Decimal(str(amount))
    except InvalidOperation:
        return str(amount)
    if not dollars.is_finite() or abs(dollars.adjusted()) > len("999,999,999,999"):
        return str(amount)
    return f"${dollars:,.0f}" if dollars == dollars.to_integral_value() else f"${dollars:,f}"


def day(value: object) -> str:
    """Return a date as it is read, the month in words."""
    try:
        return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
    except ValueError:
        return str(value)


def as_json(recommendation: Recommendation) -> dict[str, Any]:
    """Return the answer that the contract describes, its sentences in the active language."""
    read_out: dict[int, dict[str, Any]] = {}
    return {
        "program": recommendation.program,
        "on": recommendation.on.isoformat(),
        "rulebook": recommendation.rulebook,
        "services": {
            key: _service(service, read_out) for key, service in recommendation.services.items()
        },
    }


def _service(service: ServiceRecommendation, read_out: dict[int, dict[str, Any]]) -> dict[str, Any]:
    # Services share findings, so each is read out once.
    for finding in service.findings:
        if id(finding) not in read_out:
            read_out[id(finding)] = {
                "rule": finding.rule,
                "outcome": finding.outcome.value,
                "because": sentence(finding),
                "source": finding.source,
                "values": dict(finding.values),
            }
    return {
        "outcome": service.outcome.value,
        "ask_next": list(service.ask_next),
        "findings": [read_out[id(finding)] for finding in service.findings],
    }


READ_OUT: Mapping[str, Callable[[object], str]] = {"money": money, "date": day, "name": words}


def _shown(value: object, how: str | None) -> str:
    return READ_OUT.get(how or "", str)(value)
