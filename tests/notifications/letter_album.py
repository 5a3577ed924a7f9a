"""Writes the pictures of letters that `letter_pictures` asks for; without a folder named it takes none."""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
import pytest

from cms_portal.notifications.letters import pdf_of
from tests.notifications.examples import ILLNESS, LETTERS, example
from tests.notifications.letter_pictures import FOLDER, KEYS

pytestmark = pytest.mark.django_db
SHARP_ENOUGH = 1.3


@pytest.mark.parametrize("program", ["nm-cms", "ms-cmp"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_take_the_pictures(language, program, tmp_path):
    folder = Path(os.environ.get(FOLDER, tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    only = os.environ.get(KEYS, "").split()
    for key in LETTERS:
        if only and key not in only:
            continue
        for kind, plain in (("full", False), ("plain", True)):
            letter = example(key, language, program, plain=plain)
            if kind == "plain" and ILLNESS not in letter.text:
                continue
            name = f"{key.replace('/', '-')}-{program}-{kind}-{language}"
            _take(pdf_of([letter]), folder, name)


def _take(pdf: bytes, folder: Path, name: str) -> None:
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        page.render(scale=SHARP_ENOUGH).to_pil().save(folder / f"{name}-{number}.png")
