"""A page as somebody reads it: its headings, its sentences, the pieces of its text."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

BLOCKS = {"p", "li", "h1", "h2", "h3", "dt", "dd", "summary", "label", "legend", "td", "th"}
UNREAD = {"script", "style", "svg", "option"}
VOID = {"input", "br", "meta", "link", "hr", "img", "path", "circle"}


class Reader(HTMLParser):
    """Reads one page; `main` holds the blocks of its main part, `pieces` every piece of text."""

    def __init__(self, page: str):
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.open: list[str] = []
        self.title = ""
        self.pieces: set[str] = set()
        self.main: list[str] = [""]
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        if tag not in VOID:
            self.open.append(tag)
        if tag in BLOCKS:
            self.main.append("")

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass
        if tag in BLOCKS:
            self.main.append("")

    def handle_data(self, data):
        text = re.sub(r"\s+", " ", data)
        if "title" in self.open and "svg" not in self.open:
            self.title += text
            return
        if UNREAD.intersection(self.open) or not text.strip():
            return
        self.pieces.add(text.strip())
        if "main" in self.open and "form" not in self.open:
            self.main[-1] += f"{text} "

    @property
    def text(self) -> str:
        """The main part as one text; each block ends like a sentence."""
        return self._joined(1)

    @property
    def sentences(self) -> str:
        """The sentences of the main part, for a reading grade: without names and single words."""
        return self._joined(4)

    def _joined(self, least_words: int) -> str:
        blocks = [" ".join(block.split()) for block in self.main]
        said = [block for block in blocks if len(block.split()) >= least_words]
        return " ".join(block if block[-1] in ".?!:" else f"{block}." for block in said)
