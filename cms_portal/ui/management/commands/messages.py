"""manage.py messages [--check | --unreviewed | --compile]."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms_portal.ui.catalogues import faults
from cms_portal.ui.catalogues.areas import areas
from cms_portal.ui.catalogues.catalogue import update
from cms_portal.ui.catalogues.compiling import compile_all
from cms_portal.ui.catalogues.extraction import Unreadable


class Command(BaseCommand):
    """Keeps the Spanish catalogues in step with the texts."""

    help = "Bring the Spanish catalogues up to date, and list the texts that lack Spanish."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Each option replaces the update by another answer."""
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--check", action="store_true", help="change nothing; fail for any fault")
        only.add_argument("--unreviewed", action="store_true", help="what no translator has read")
        only.add_argument("--compile", action="store_true", help="write the .mo files and no more")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the option says, or else update every catalogue."""
        try:
            if options["compile"]:
                self.stdout.write(f"{compile_all()} catalogues compiled.")
            elif options["unreviewed"]:
                self._list(faults.find_unreviewed())
            elif options["check"]:
                self._check()
            else:
                self._update()
        except Unreadable as error:
            raise CommandError(str(error)) from error

    def _update(self) -> None:
        for area in areas():
            if update(area):
                self.stdout.write(f"{area.label}: changed")
        compile_all()
        self._list(faults.find_all())

    def _check(self) -> None:
        if count := self._list(faults.find_all()):
            raise CommandError(f"{count} texts need work.")

    def _list(self, lines: Iterator[str]) -> int:
        found = list(lines)
        self.stdout.writelines(f"{line}\n" for line in found)
        return len(found)
