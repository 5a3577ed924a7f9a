"""Text messages and voice calls: the adapter a state plugs its service into.

`settings.PHONE_SENDER` names a class with the two methods of `PhoneSender`; it is made anew for
each message. Empty means that the portal neither texts nor calls.
"""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class NotDelivered(Exception):
    """A message did not leave. `code` says why in one word; `is_final` that trying again is no use."""

    def __init__(self, code: str, *, is_final: bool = False):
        super().__init__(code)
        self.code, self.is_final = code, is_final


class PhoneSender(Protocol):
    """What an adapter does. Numbers are E.164; an answer is the service's own id of the message."""

    def text(self, *, to: str, body: str) -> str:
        """Send a text message; raise NotDelivered."""

    def call(self, *, to: str, body: str, language: str) -> str:
        """Ring and read `body` aloud in a language ("en", "es"); raise NotDelivered."""


class OutboxOnly:
    """Sends nothing: the message stays readable on the demo's outbox page."""

    def text(self, *, to: str, body: str) -> str:
        return ""

    def call(self, *, to: str, body: str, language: str) -> str:
        return ""


def phone_sender() -> PhoneSender:
    """Return the adapter that the settings name; raise NotDelivered where they name none."""
    if not settings.PHONE_SENDER:
        raise NotDelivered("no_phone_sender", is_final=True)
    return import_string(settings.PHONE_SENDER)()
