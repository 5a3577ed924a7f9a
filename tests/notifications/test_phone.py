"""The relay that texts and calls: what it takes is sent, and what it refuses is known why."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cms_portal.notifications.phone import HttpRelay, NotDelivered, phone_sender


class Relay(HTTPServer):
    """A relay on loopback, which answers as the test says."""

    status, answer = 200, b'{"id": "r-1"}'

    def __init__(self) -> None:
        self.took: list[tuple[str, dict[str, str]]] = []
        super().__init__(("127.0.0.1", 0), _Taker)


class _Taker(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.took.append((self.headers["Authorization"], content))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def relay(settings) -> Iterator[Relay]:
    with Relay() as relay:
        settings.PHONE_RELAY_URL = f"http://127.0.0.1:{relay.server_address[1]}/"
        settings.PHONE_RELAY_TOKEN = "a-token"
        thread = threading.Thread(target=relay.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield relay
        relay.shutdown()
        thread.join()


def text():
    return HttpRelay().text(to="+15055550123", body="Tiene un mensaje nuevo")


def test_a_text_and_a_call_are_handed_over(relay):
    assert text() == "r-1"
    HttpRelay().call(to="+15055550123", body="Hola", language="es")

    token, first = relay.took[0]
    assert token == "Bearer a-token"
    assert first == {"kind": "text", "to": "+15055550123", "body": "Tiene un mensaje nuevo"}
    assert relay.took[1][1]["language"] == "es"


@pytest.mark.parametrize(
    ("status", "is_final"), [(400, True), (404, True), (408, False), (429, False), (503, False)]
)
def test_a_refusal_says_whether_to_try_again(relay, status, is_final):
    relay.status = status

    with pytest.raises(NotDelivered) as refusal:
        text()
    assert (refusal.value.code, refusal.value.is_final) == (f"relay_{status}", is_final)


@pytest.mark.parametrize("answer", [b"", b"not json", b"[]", b'"x"'])
def test_an_odd_answer_is_not_sent_twice(relay, answer):
    relay.answer = answer

    assert text() == ""


def test_a_relay_that_is_down_is_tried_again(settings, relay):
    settings.PHONE_RELAY_URL = "http://127.0.0.1:9/"

    with pytest.raises(NotDelivered) as refusal:
        text()
    assert not refusal.value.is_final


def test_without_a_sender_nothing_is_tried(settings):
    settings.PHONE_SENDER = ""

    with pytest.raises(NotDelivered) as refusal:
        phone_sender()
    assert refusal.value.is_final
