"""Small parts drawn without a template of their own: pages have dozens of them, and a list has hundreds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.templatetags.static import static
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms_portal.ui.icons import ICONS

STATES = {
    "done": "check_circle",
    "now": "arrow_forward",
    "waiting": "schedule",
    "soon": "event",
    "late": "warning",
    "todo": "radio_button_unchecked",
    "closed": "lock",
    "no": "cancel",
}
PLAIN = format_html("{}", "")
URGENT_ROW = format_html(' class="{}"', "is-urgent")
HEAD, CELL = format_html('<th scope="{}">', "row"), format_html("<{}>", "td")
NUMERIC_CELL = format_html('<td class="{}">', "numeric")
HEAD_ENDS, CELL_ENDS = format_html("</{}>", "th"), format_html("</{}>", "td")
Cell = Mapping[str, Any]
Row = Mapping[str, Any]


class NoSuchIcon(LookupError):
    """No icon of this name is in `cms_portal.ui.icons`."""


@cache
def icon(name: str) -> SafeString:
    """Draw one of our icons beside words that say the same; screen readers skip it."""
    if name not in ICONS:
        raise NoSuchIcon(name)
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


def status_tag(state: str, label: Any) -> SafeString:
    """Draw where something stands: an icon, and the words, which say it without the color."""
    state = state or "todo"
    drawn = icon(STATES.get(state, STATES["todo"]))
    return format_html('<span class="status status--{}">{}{}</span>', state, drawn, label)


def attributes(held: Mapping[str, Any]) -> SafeString:
    """Draw the attributes of a widget as Django does: one that is true by its name, none that is false."""
    given = {name: value for name, value in held.items() if value is not False}
    return format_html_join(
        "",
        "{}{}",
        (
            (format_html(" {}", name), PLAIN if value is True else format_html('="{}"', str(value)))
            for name, value in given.items()
        ),
    )


def select_options(groups: Iterable[Any]) -> SafeString:
    """Draw the choices of a select; a county is one of eighty."""
    return format_html_join("\n", "{}", ((_group(name, options),) for name, options, _i in groups))


def _group(name: Any, options: Iterable[Mapping[str, Any]]) -> SafeString:
    drawn = format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        ((str(one["value"]), attributes(one["attrs"]), one["label"]) for one in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', name, drawn) if name else drawn


def table_rows(rows: Iterable[Row] | SafeString) -> SafeString:
    """Draw rows, each with `cells` and `urgent`; a cell has `text`, `url`, `hint`, `state`, `numeric`.

    A view with hundreds of rows draws them itself, and they stay as they are: their thousands of parts
    are gone before the template begins, and the garbage collector walks none of them.
    """
    if isinstance(rows, SafeString):
        return rows
    return format_html_join("\n", "{}", ((_row(row),) for row in rows))


def _row(row: Row) -> SafeString:
    first, *rest = row["cells"]
    return format_html(
        "<tr{}>{}{}</tr>",
        URGENT_ROW if row.get("urgent") else PLAIN,
        _cell(first, HEAD, HEAD_ENDS),
        format_html_join("", "{}", ((_cell_of(cell),) for cell in rest)),
    )


def _cell_of(cell: Cell) -> SafeString:
    return _cell(cell, NUMERIC_CELL if cell.get("numeric") else CELL, CELL_ENDS)


def _cell(cell: Cell, begins: SafeString, ends: SafeString) -> SafeString:
    """Draw one cell in one go: a call for each of its parts took half of the time of a long list."""
    text, hint = _words(cell.get("text", "")), cell.get("hint")
    if hint:
        hint = format_html('<span class="data-table__hint">{}</span>', _words(hint))
    if state := cell.get("state"):
        return format_html("{}{}{}{}", begins, status_tag(state, text), hint or PLAIN, ends)
    if url := cell.get("url"):
        return format_html('{}<a href="{}">{}</a>{}{}', begins, url, text, hint or PLAIN, ends)
    return format_html("{}{}{}{}", begins, text, hint or PLAIN, ends)


def _words(value: Any) -> Any:
    return value if isinstance(value, str) else localize(value)
