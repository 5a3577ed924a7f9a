"""The rules with one thing turned around: a comparison, an outcome, an *and*, a *not*.

Each mutant is the pure half of eligibility, imported once more under another name with one module
changed, so that nothing of it reaches the real one.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import CodeType, ModuleType

import eligibility

HOME = Path(eligibility.__file__).parent
NAME = "mutant_of_eligibility"
MUTATED = (
    *sorted(f"rules/{path.name}" for path in (HOME / "rules").glob("[a-z]*.py")),
    "condition_lists.py",
    "engine.py",
    "facts.py",
    "favourable.py",
)
COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OUTCOMES = {"met": "not_met", "not_met": "met", "unknown": "met", "needs_review": "not_met"}
STANDINGS = {"MET": "OPEN", "PENDING": "REVIEW", "REVIEW": "MET", "OPEN": "PENDING"}


# These read YAML or tell of a list and decide nothing, or are not in force; other tests hold them.
NOT_DECIDING = {
    "_dollars",
    "_range",
    "_row",
    "codes",
    "assets_under_limit",
    "read_condition_list",
}


@dataclass(frozen=True)
class Mutant:
    """One change in one function of one file."""

    file: str
    function: str
    number: int
    change: str

    def __str__(self) -> str:
        return f"{self.file}, {self.function}: {self.change}"


def all_mutants() -> Iterator[Mutant]:
    """Every mutant there is."""
    for file in MUTATED:
        for number, (function, change) in enumerate(_Turning().changes_of(_tree(file))):
            if function not in NOT_DECIDING:
                yield Mutant(file, function, number, change)


@contextmanager
def living(mutant: Mutant) -> Iterator[ModuleType]:
    """Import the mutant; its modules are under the module yielded."""
    finder = _Finder(mutant)
    sys.meta_path.insert(0, finder)
    try:
        yield importlib.import_module(NAME)
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
            del sys.modules[name]


class _Turning(ast.NodeTransformer):
    """Counts the places that could be turned around, and turns the one that is asked for."""

    def __init__(self, wanted: int | None = None) -> None:
        self.wanted = wanted
        self.changes: list[tuple[str, str]] = []
        self.function = ""

    def changes_of(self, tree: ast.AST) -> list[tuple[str, str]]:
        self.visit(tree)
        return self.changes

    def _is_turned(self, change: str) -> bool:
        self.changes.append((self.function, change))
        return len(self.changes) - 1 == self.wanted

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.function = node.name
        return self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        for place, operator in enumerate(node.ops):
            other = COMPARISONS[type(operator)]
            if self._is_turned(f"{type(operator).__name__} → {other.__name__}"):
                node.ops[place] = other()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        if self._is_turned("and ↔ or"):
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not) and self._is_turned("not x → x"):
            return node.operand
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        called = node.func
        if isinstance(called, ast.Name) and called.id in OUTCOMES:
            other = OUTCOMES[called.id]
            if self._is_turned(f"{called.id} → {other}"):
                node.func = ast.copy_location(ast.Name(other, ast.Load()), called)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id == "Standing":
            other = STANDINGS[node.attr]
            if self._is_turned(f"Standing.{node.attr} → {other}"):
                node.attr = other
        return node


@cache
def _source(file: str) -> str:
    return (HOME / file).read_text()


def _tree(file: str) -> ast.Module:
    return ast.parse(_source(file))


@cache
def _compiled(file: str) -> CodeType:
    return compile(_source(file), str(HOME / file), "exec")


def _compiled_mutant(mutant: Mutant) -> CodeType:
    tree = _Turning(mutant.number).visit(_tree(mutant.file))
    # A module need not import the outcome that now stands in the place of another.
    if mutant.file.startswith("rules/"):
        line = "from ..library import met, needs_review, not_met, unknown"
        tree.body.insert(_after_future(tree), ast.parse(line).body[0])
    return compile(ast.fix_missing_locations(tree), str(HOME / mutant.file), "exec")


def _after_future(tree: ast.Module) -> int:
    return 1 + max(
        (
            place
            for place, node in enumerate(tree.body)
            if isinstance(node, ast.ImportFrom) and node.module == "__future__"
        ),
        default=0,
    )


class _Finder(MetaPathFinder, Loader):
    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        if fullname.partition(".")[0] != NAME:
            return None
        is_package = (HOME / self._folder(fullname)).is_dir()
        spec = spec_from_loader(fullname, self, is_package=is_package)
        if spec is not None:
            spec.origin = str(HOME / self._file(fullname))
            spec.has_location = True
        return spec

    def exec_module(self, module: ModuleType) -> None:
        file = self._file(module.__name__)
        is_mutated = file == self.mutant.file
        exec(_compiled_mutant(self.mutant) if is_mutated else _compiled(file), module.__dict__)

    def _folder(self, fullname: str) -> str:
        return "/".join(fullname.split(".")[1:])

    def _file(self, fullname: str) -> str:
        folder = self._folder(fullname)
        if (HOME / folder).is_dir():
            return f"{folder}/__init__.py".lstrip("/")
        return f"{folder}.py"
