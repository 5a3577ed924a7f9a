"""Text messages and voice calls: the adapter a state plugs its service into.

`settings.PHONE_SENDER` names a class with the two methods of `PhoneSender`; it is made anew for
each message. Empty means that the portal neither texts nor calls. `HttpRelay` needs no code of a
state's own; a service with its own interface gets a class of its own, or a relay before it.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from http.client import HTTPException
from typing import Protocol
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.module_loading import import_string

RELAY_SECONDS = 15
WORTH_WAITING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


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


class HttpRelay:
    """Hands each message to a state's own relay: one POST of JSON, with a bearer token.

    It sends {"kind": "text" or "call", "to", "body", "language"} to `settings.PHONE_RELAY_URL`, and
    reads {"id"} from the answer. 4xx means that trying again is no use, except 408 and 429.
    """

    def text(self, *, to: str, body: str) -> str:
        return self._post({"kind": "text", "to": to, "body": body})

    def call(self, *, to: str, body: str, language: str) -> str:
        return self._post({"kind": "call", "to": to, "body": body, "language": language})

    def _post(self, message: dict[str, str]) -> str:
        request = Request(  # noqa: S310 - the address is a setting
            settings.PHONE_RELAY_URL,
            data=json.dumps(message).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {settings.PHONE_RELAY_TOKEN}",
            },
        )
        try:
            with urlopen(request, timeout=RELAY_SECONDS) as answer:  # noqa: S310
                return str(json.loads(answer.read()).get("id", ""))[:200]
        except HTTPError as error:
            is_final = HTTPStatus.BAD_REQUEST <= error.code < HTTPStatus.INTERNAL_SERVER_ERROR
            raise NotDelivered(
                f"relay_{error.code}", is_final=is_final and error.code not in WORTH_WAITING
            ) from error
        except (OSError, HTTPException) as error:
            raise NotDelivered("relay_down") from error
        except (ValueError, AttributeError):
            # It was taken; only the answer is not as agreed. Sending again would send it twice.
            return ""


def phone_sender() -> PhoneSender:
    """Return the adapter that the settings name; raise NotDelivered where they name none."""
    if not settings.PHONE_SENDER:
        raise NotDelivered("no_phone_sender", is_final=True)
    return import_string(settings.PHONE_SENDER)()
