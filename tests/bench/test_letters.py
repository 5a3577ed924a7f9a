"""A letter becomes a PDF within its aim; the figure is taken as the other figures are."""

from __future__ import annotations

import pytest

from bench.letters import LETTER_MS, time_letters
from tests.notifications.examples import example

pytestmark = pytest.mark.django_db


def test_without_letters_there_is_no_figure():
    assert list(time_letters()) == []


def test_the_figure_is_the_time_of_real_letters(monkeypatch):
    letters = [example("intake/decision_notice", code) for code in ("en", "es")] * 3
    monkeypatch.setattr("bench.letters.longest", lambda: letters)

    (figure,) = time_letters()

    assert (figure.aim, figure.unit) == (LETTER_MS, "ms")
    assert figure.value > 0
    assert "p95 of 6" in figure.what
