"""E6: nothing leaves the portal in which a formula could run: there is no table to download.

A page that offers one has to be judged here first, with formula payloads in every cell.
"""

from __future__ import annotations

import ast

import pytest
from django.http import HttpResponse

from tests.access.meter import undone
from tests.access.table import TABLE
from tests.access.walk import Walker
from tests.architecture.sources import name_of, portal_files, tree

# What the portal answers with. None of them computes.
ANSWERS = {"text/html", "application/pdf", "image/jpeg"}
# A click that keeps a session alive is told so; the page that asks is our own script.
ALSO_JSON = {"ui:stay"}
WRITERS = {
    "csv.writer",
    "csv.DictWriter",
    "openpyxl",
    "xlsxwriter",
    "xlwt",
    "odf",
    "pandas",
    "tablib",
}


def kind_of(response: HttpResponse) -> str:
    return response.headers.get("Content-Type", "text/html").partition(";")[0]


def unjudged(name: str, response: HttpResponse) -> bool:
    """Say whether an answer is of a kind that nobody has judged."""
    return kind_of(response) not in (
        ANSWERS | {"application/json"} if name in ALSO_JSON else ANSWERS
    )


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("group", sorted({page.world for page in TABLE}))
def test_e6_every_address_answers_with_a_page_a_paper_or_a_letter(world, group):
    walker = Walker(world, [page for page in TABLE if page.world == group])
    found, asked_pages = [], set()
    for page in walker.table:
        for method in page.rules:
            asked = next((one for one in walker.questions(page, method) if one.is_allowed), None)
            if asked is not None:
                with undone():
                    response = walker.ask(asked)
                asked_pages.add(page.name)
                found += [f"{asked}: {kind_of(response)}"] * unjudged(page.name, response)

    assert found == []
    assert asked_pages == {page.name for page in walker.table}


def test_e6_finds_a_table_to_download():
    assert unjudged("x", HttpResponse("=1+1", content_type="text/csv; charset=utf-8"))
    assert unjudged("x", HttpResponse("", content_type="application/vnd.ms-excel"))
    assert not unjudged("x", HttpResponse("<p>"))
    assert table_writers(ast.parse("import csv\ncsv.writer(response).writerow(row)"))
    assert table_writers(ast.parse("from openpyxl import Workbook"))


def test_e6_no_source_writes_a_table():
    assert [name_of(path) for path in portal_files() if table_writers(tree(path))] == []


def table_writers(source: ast.Module) -> bool:
    """Say whether a source writes tables that an office program would open."""
    for node in ast.walk(source):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in WRITERS:
            return True
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        if any(name in WRITERS or name.partition(".")[0] in WRITERS for name in names):
            return True
    return False
