"""The text of a message as a page and a letter set it: paragraphs, lists, headings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

LIST, HEADING, PARAGRAPH = "list", "heading", "paragraph"


@dataclass(frozen=True)
class Part:
    """One paragraph or heading (in `text`), or one list (in `items`)."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()


def parts_of(text: str) -> list[Part]:
    """Read a message: empty lines part paragraphs, `- ` begins an item, `## ` a heading."""
    parts = []
    for kind, group in groupby(text.splitlines(), key=_kind):
        lines = [line.strip() for line in group]
        if kind == LIST:
            parts.append(Part(LIST, items=tuple(line.removeprefix("- ") for line in lines)))
        elif kind == HEADING:
            parts += [Part(HEADING, line.removeprefix("## ")) for line in lines]
        elif kind == PARAGRAPH:
            parts.append(Part(PARAGRAPH, " ".join(lines)))
    return parts


def _kind(line: str) -> str:
    if not line.strip():
        return ""
    if line.lstrip().startswith("- "):
        return LIST
    return HEADING if line.startswith("## ") else PARAGRAPH
