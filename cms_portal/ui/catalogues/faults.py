"""Says what the catalogues lack: Spanish, agreement with the English, a translator's review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

import polib

from cms_portal.ui.catalogues.areas import Area, areas
from cms_portal.ui.catalogues.catalogue import by_key, key_of, read, texts_of
from cms_portal.ui.catalogues.extraction import Text

# Contexts whose Spanish a qualified translator must have read before a state uses it.
REVIEWED_CONTEXTS = ("rights", "decision")
LINE_LENGTH = 70
_REVIEW = re.compile(r"(?m)^reviewed: \S.*, \d{4}-\d{2}-\d{2}$")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*(?::\w+)?\}|</?\w+")


def find_all() -> Iterator[str]:
    """One line for each fault of any catalogue."""
    yield from chain.from_iterable(find_faults(area) for area in areas())
    yield from find_disputes()


def find_faults(area: Area) -> Iterator[str]:
    """One line for each text without good Spanish, and for each entry no text asks for."""
    texts = by_key(texts_of(area))
    known = {key_of(entry): entry for entry in read(area)}
    for key in sorted(texts.keys() | known.keys()):
        if fault := _fault(texts.get(key), known.get(key)):
            yield f"{area.label}: “{_short(key[0])}” {fault}"


def find_disputes() -> Iterator[str]:
    """One line for each text with two different Spanish wordings, of which one would be lost."""
    wordings: dict[tuple[str, str], dict[str, str]] = {}
    for area in areas():
        for entry in read(area):
            if entry.translated():
                wordings.setdefault(key_of(entry), {}).setdefault(_spanish(entry), area.label)
    for (singular, _), labels in sorted(wordings.items()):
        if len(labels) > 1:
            yield f"{' and '.join(labels.values())}: “{_short(singular)}” has two Spanish wordings"


def find_unreviewed() -> Iterator[str]:
    """One line for each text about rights or decisions that no qualified translator has read."""
    for area in areas():
        for entry in read(area):
            if entry.msgctxt in REVIEWED_CONTEXTS and not _REVIEW.search(entry.tcomment):
                yield f"{area.label}: “{_short(entry.msgid)}” ({entry.msgctxt}) is not reviewed"


def _fault(text: Text | None, entry: polib.POEntry | None) -> str:
    if text is None:
        return "is obsolete; run: make messages"
    if entry is None or bool(entry.msgid_plural) != bool(text.plural):
        return "is not in the catalogue; run: make messages"
    if entry.fuzzy:
        return "was changed; its Spanish is marked fuzzy"
    pairs = _pairs(entry)
    if not all(spanish for _, spanish in pairs):
        return "lacks Spanish"
    if any(_placeholders(english) != _placeholders(spanish) for english, spanish in pairs):
        return "has other placeholders or tags in Spanish"
    return ""


def _pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [
        (entry.msgid, entry.msgstr_plural.get(0, "")),
        (entry.msgid_plural, entry.msgstr_plural.get(1, "")),
    ]


def _placeholders(words: str) -> set[str]:
    return set(_PLACEHOLDER.findall(words.replace("%%", "")))


def _spanish(entry: polib.POEntry) -> str:
    return "\n".join(spanish for _, spanish in _pairs(entry))


def _short(words: str) -> str:
    return words if len(words) <= LINE_LENGTH else f"{words[: LINE_LENGTH - 1]}…"
