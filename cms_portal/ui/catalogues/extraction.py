"""Finds the texts that a person will read, in Python files and in templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template import Context, Engine, TemplateSyntaxError
from django.template.base import Lexer, Node, Template, TokenType
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.text import unescape_string_literal

RULES = re.compile(r"eligibility/(rules|engine|facts)\b")
# Name of the marking function → what its arguments are.
MARKERS = {
    "gettext": ("singular",),
    "gettext_lazy": ("singular",),
    "gettext_noop": ("singular",),
    "ngettext": ("singular", "plural"),
    "ngettext_lazy": ("singular", "plural"),
    "pgettext": ("context", "singular"),
    "pgettext_lazy": ("context", "singular"),
    "npgettext": ("context", "singular", "plural"),
    "npgettext_lazy": ("context", "singular", "plural"),
}
_CONSTANT = re.compile(r"""_\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)""")


@dataclass(frozen=True, order=True)
class Text:
    """A marked text as gettext knows it; `plural` and `context` are mostly empty."""

    singular: str
    context: str | None = None
    plural: str | None = None


class Unreadable(Exception):
    """A file whose marked texts cannot be read; the message says which and why."""


def texts_of_python(path: Path) -> Iterator[Text]:
    """The texts one Python file marks, be it with Django's functions or with a plain `_`."""
    tree = ast.parse(path.read_text(), filename=str(path))
    names = _imported_markers(tree)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        marker = _marker(call.func, names)
        if marker and (text := _text(call, marker, path)):
            yield text


def texts_of_template(path: Path) -> Iterator[Text]:
    """The texts one template marks."""
    source = path.read_text()
    try:
        template = Template(source, engine=Engine.get_default())
    except TemplateSyntaxError as error:
        raise Unreadable(f"{path}: {error}") from error
    for node in template.nodelist.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode) and (text := _literal(node)):
            yield Text(text, _context(node))
        elif isinstance(node, BlockTranslateNode):
            yield _block_text(node)
    yield from _constants(source)


def _imported_markers(tree: ast.Module) -> dict[str, tuple[str, ...]]:
    """The names by which a file calls Django's functions; a plain `_` of its own only marks."""
    names: dict[str, tuple[str, ...]] = {"_": ("mark",)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                if alias.name in MARKERS:
                    names[alias.asname or alias.name] = MARKERS[alias.name]
    return names


def _marker(called: ast.expr, names: dict[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    if isinstance(called, ast.Name):
        return names.get(called.id)
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return MARKERS.get(called.attr) if called.value.id == "translation" else None
    return None


def _text(call: ast.Call, marker: tuple[str, ...], path: Path) -> Text | None:
    given = [_constant(argument) for argument in call.args[: len(marker)]]
    if None in given or len(given) < len(marker):
        # Words chosen at run time (a finding, a label) were marked where they were written.
        if any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in call.args):
            raise Unreadable(f"{path}:{call.lineno}: a marked text must be one plain string")
        return None
    parts = dict(zip(marker, given, strict=True))
    if "mark" in parts:
        return Text(str(parts["mark"]), "decision" if RULES.search(path.as_posix()) else None)
    return Text(str(parts["singular"]), parts.get("context"), parts.get("plural"))


def _constant(argument: ast.expr) -> str | None:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return None


def _literal(node: TranslateNode) -> str | None:
    """The text in a tag, with percent signs doubled as Django looks it up; None for a variable."""
    text = getattr(node.filter_expression.var, "literal", None)
    return text.replace("%", "%%") if isinstance(text, str) else None


def _context(node: TranslateNode | BlockTranslateNode) -> str | None:
    context = node.message_context
    return str(context.resolve(Context())) if context is not None else None


def _block_text(node: BlockTranslateNode) -> Text:
    singular, _ = node.render_token_list(node.singular)
    plural = node.render_token_list(node.plural)[0] if node.plural else None
    return Text(singular, _context(node), plural)


def _constants(source: str) -> Iterator[Text]:
    """The texts marked in the middle of a tag: `{% include "x.html" with label=_("Send") %}`."""
    for token in Lexer(source).tokenize():
        if token.token_type in (TokenType.VAR, TokenType.BLOCK):
            for quoted in _CONSTANT.findall(token.contents):
                yield Text(unescape_string_literal(quoted).replace("%", "%%"))
