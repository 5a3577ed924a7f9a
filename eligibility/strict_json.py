"""JSON without its loopholes: no key twice, no float, nothing too deep or too long."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from .facts import BadFacts

LONGEST_WHOLE_NUMBER = 20
LONGEST_SHOWN_KEY = 60


def read_json(text: str | bytes) -> object:
    """Return what a JSON text holds, its numbers exact; raises BadFacts."""
    try:
        decoded = text.decode() if isinstance(text, bytes) else text
        return json.loads(
            decoded,
            parse_int=_whole_number,
            parse_float=_decimal,
            parse_constant=Decimal,
            object_pairs_hook=_no_key_twice,
        )
    except json.JSONDecodeError as wrong:
        where = f"{wrong.msg}, line {wrong.lineno} column {wrong.colno}"
        raise BadFacts("facts", f"not JSON: {where}") from wrong
    except UnicodeDecodeError as wrong:
        raise BadFacts("facts", "not JSON: the text is not UTF-8") from wrong
    except RecursionError as wrong:
        raise BadFacts("facts", "not JSON that we can read: nested too deeply") from wrong


def _whole_number(digits: str) -> int | Decimal:
    # Python refuses to turn thousands of digits into an int; no fact needs twenty.
    return int(digits) if len(digits) < LONGEST_WHOLE_NUMBER else Decimal(digits)


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:  # an exponent beyond what Decimal holds; refused where it is read
        return Decimal("Infinity")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise BadFacts(shown(key), "is given twice")
            seen.add(key)
    return found


def shown(key: object) -> str:
    """Return a key fit for one line of ASCII."""
    text = key if isinstance(key, str) else repr(key)
    plain = text if text.isidentifier() and text.isascii() else json.dumps(text)
    return plain if len(plain) <= LONGEST_SHOWN_KEY else plain[:LONGEST_SHOWN_KEY] + "..."
