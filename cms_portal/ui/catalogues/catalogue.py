"""Keeps each area's catalogue in step with the texts it marks."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import polib

from cms_portal.ui.catalogues.areas import Area
from cms_portal.ui.catalogues.extraction import Text, texts_of_python, texts_of_template

WIDTH = 100
_HEADER = {
    "Language": "es",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def texts_of(area: Area) -> set[Text]:
    """Every text an area marks."""
    in_python = (text for path in area.python_files() for text in texts_of_python(path))
    in_templates = (text for path in area.templates() for text in texts_of_template(path))
    return {*in_python, *in_templates}


def update(area: Area) -> bool:
    """Add what is new to an area's catalogue and drop what is gone; True when that changed it.

    A changed sentence keeps its Spanish, marked fuzzy until somebody has looked at it.
    """
    before = read(area)
    texts = by_key(texts_of(area))
    known = {key_of(entry): entry for entry in before}
    gone = [entry for key, entry in known.items() if key not in texts and entry.translated()]
    after = polib.POFile(wrapwidth=WIDTH)
    after.metadata = dict(_HEADER)
    for key in sorted(texts):
        after.append(_entry(texts[key], known.get(key), gone))
    if str(after) == str(before) or not (texts or area.catalogue.exists()):
        return False
    area.catalogue.parent.mkdir(parents=True, exist_ok=True)
    after.save(str(area.catalogue))
    return True


def read(area: Area) -> polib.POFile:
    """An area's catalogue, or an empty one."""
    if area.catalogue.exists():
        return polib.pofile(str(area.catalogue), wrapwidth=WIDTH)
    return polib.POFile()


def by_key(texts: Iterable[Text]) -> dict[tuple[str, str], Text]:
    """Texts as gettext tells them apart; of a text with and without plural, the plural stays."""
    return {(text.singular, text.context or ""): text for text in sorted(texts, key=_plural_last)}


def key_of(entry: polib.POEntry) -> tuple[str, str]:
    """What gettext looks an entry up by."""
    return entry.msgid, entry.msgctxt or ""


def _entry(text: Text, known: polib.POEntry | None, gone: list[polib.POEntry]) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.singular, msgctxt=text.context)
    if text.plural:
        entry.msgid_plural, entry.msgstr_plural = text.plural, {0: "", 1: ""}
    if known and bool(known.msgid_plural) == bool(text.plural):
        entry.msgstr, entry.tcomment, entry.flags = known.msgstr, known.tcomment, known.flags
        entry.msgstr_plural = known.msgstr_plural
    elif not text.plural and (similar := _similar(text, gone)):
        entry.msgstr, entry.flags = similar.msgstr, ["fuzzy"]
    return entry


def _similar(text: Text, gone: list[polib.POEntry]) -> polib.POEntry | None:
    candidates = {entry.msgid: entry for entry in gone if entry.msgctxt == text.context}
    close = difflib.get_close_matches(text.singular, candidates, n=1, cutoff=0.8)
    return candidates[close[0]] if close else None


def _plural_last(text: Text) -> bool:
    return text.plural is not None
