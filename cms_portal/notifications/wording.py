"""The words of every message: one template per key, a block for each way it is said.

A key such as `intake/application_received` is the file
`templates/intake/messages/application_received.txt`, so each app's messages lie with its other
templates, and their Spanish in its own catalogue. Its blocks:

    title    what the family reads above the message; required
    letter   the message in full, for the page and the printed letter; required
    subject, email, text, voice   what leaves the portal; without them the general ones are used

Callers mark with `health()` what may name an illness. Beside the full text there is then a plain one,
in which a short phrase stands for it: for letters that others may open.

`title` and `letter` may say anything the family may know. What leaves the portal is rendered without
the caller's `values`: only with the program's own facts and what the caller names as `outside`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.template import Context, Engine, Template, TemplateDoesNotExist
from django.template.loader_tags import BlockNode
from django.utils import translation
from django.utils.translation import gettext

from cms_portal import programs
from cms_portal.families.models import Channel

GENERAL = "notifications/general"
REQUIRED = ("title", "letter")
SHORT = {Channel.EMAIL: "email", Channel.TEXT: "text", Channel.VOICE: "voice"}


class UnknownMessage(LookupError):
    """No template file has this key."""


@dataclass(frozen=True)
class Wording:
    """One message in one language: in full, and as it leaves by one channel."""

    title: str
    text: str
    plain_text: str = ""
    subject: str = ""
    body: str = ""


class Health(str):
    """Words that may name an illness."""


def health(value: Any) -> Any:
    """Mark words, or each of several, as such that may name an illness."""
    if isinstance(value, list | tuple):
        return [health(part) for part in value]
    return Health(value)


def word(
    *,
    key: str,
    language: str,
    channel: str,
    program: str = "",
    values: Mapping[str, Any] | None = None,
    outside: Mapping[str, Any] | None = None,
) -> Wording:
    """Put a message into words; raise UnknownMessage for a key without a template."""
    template, facts = _template(key), _facts(program)
    with translation.override(language):
        in_full = facts | one_line(outside or {}) | one_line(values or {})
        public = facts | one_line(outside or {})
        title, text = (_block(template, name, in_full) for name in REQUIRED)
        less = in_full | one_line(without_health(values or {}))
        plain = _block(template, "letter", less)
        told = Wording(" ".join(title.split()), text, plain if plain != text else "")
        if channel not in SHORT:
            return told
        subject = _block_or_general(template, "subject", public)
        body = _block_or_general(template, SHORT[Channel(channel)], public)
    return replace(told, subject=" ".join(subject.split()), body=body)


def without_health(value: Any) -> Any:
    """Return a value with a phrase in place of what may name an illness; in a list it is left out."""
    if isinstance(value, Health):
        return gettext("(not written in this letter)") if value else ""
    if isinstance(value, Mapping):
        return {name: without_health(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [without_health(part) for part in value if not isinstance(part, Health)]
    return value


def one_line(value: Any) -> Any:
    """Return a value with its line breaks gone, so that nobody's typing looks like a paragraph of ours."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return {name: one_line(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [one_line(part) for part in value]
    return value


def _facts(program: str) -> dict[str, Any]:
    """What may be said to anybody: whose message it is, where to call, where to sign in."""
    return {
        "program": programs.get(program) if program else None,
        "site": settings.PUBLIC_ADDRESS,
    }


def _template(key: str) -> Template:
    app, _, name = key.partition("/")
    try:
        return Engine.get_default().get_template(f"{app}/messages/{name}.txt")
    except TemplateDoesNotExist as error:
        raise UnknownMessage(key) from error


def _block_or_general(template: Template, name: str, values: Mapping[str, Any]) -> str:
    return _block(template if _find(template, name) else _template(GENERAL), name, values)


def _block(template: Template, name: str, values: Mapping[str, Any]) -> str:
    block = _find(template, name)
    if block is None:
        raise UnknownMessage(f"{template.name} has no block {name}")
    # Plain text: nothing is escaped here, and the page and the letter escape all of it.
    context = Context(dict(values), autoescape=False)
    with context.bind_template(template):
        return block.nodelist.render(context).strip()


def _find(template: Template, name: str) -> BlockNode | None:
    for block in template.nodelist.get_nodes_by_type(BlockNode):
        if isinstance(block, BlockNode) and block.name == name:
            return block
    return None
