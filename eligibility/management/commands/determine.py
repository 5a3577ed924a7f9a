"""manage.py determine FACTS.json | - | --batch FACTS.jsonl"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from eligibility.engine import determine_any
from eligibility.facts import BadFacts
from eligibility.faults import BadRulebook
from eligibility.program_folders import rulebooks
from eligibility.reading import read_facts
from eligibility.sentences import as_json

BAD_INPUT = 2
SOME_LINES_BAD = 1


class Command(BaseCommand):
    """Answers what a child can get, and why; reads facts as JSON and touches no database."""

    help = "Say, per service, what a child with these facts can get, and why."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file of facts, or with --batch one object of facts a line."""
        parser.add_argument("facts", help="a file of facts in JSON, or - for standard input")
        parser.add_argument(
            "--batch", action="store_true", help="one JSON object a line in, one a line out"
        )
        parser.add_argument(
            "--language", choices=[code for code, _name in settings.LANGUAGES], default="en"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer one child, or a line for each; the exit status says if all could be read."""
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        answer = self._answer_each if options["batch"] else self._answer_one
        with translation.override(options["language"]):
            try:
                rulebooks()
                with _opened(options["facts"]) as stream:
                    answer(stream)
            except BadRulebook as wrong:
                raise CommandError(f"the rulebooks cannot be used: {wrong}") from wrong
            except OSError as wrong:
                problem = f"{options['facts']!a}: {wrong.strerror}"
                raise CommandError(problem, returncode=BAD_INPUT) from wrong

    def _answer_one(self, stream: BinaryIO) -> None:
        try:
            answer = _answer(stream.read())
        except BadFacts as wrong:
            raise CommandError(str(wrong), returncode=BAD_INPUT) from wrong
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))

    def _answer_each(self, lines: Iterable[bytes]) -> None:
        refused = 0
        for number, line in enumerate(lines, start=1):
            try:
                answer = _answer(line)
            except BadFacts as wrong:
                refused += 1
                answer = {"line": number, "error": str(wrong)}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if refused:
            raise CommandError(
                f"lines that could not be read: {refused}", returncode=SOME_LINES_BAD
            )


def _answer(text: bytes) -> dict[str, Any]:
    return as_json(determine_any(rulebooks(), read_facts(text)))


def _opened(name: str) -> Any:
    return nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb")
