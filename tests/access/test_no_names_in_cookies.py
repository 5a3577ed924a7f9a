"""What a page says of somebody once is kept on our side, never in a cookie of a browser that others use."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.applications import start
from tests.intake.conftest import hal, ida, office, rosa
from tests.intake.letting_help import let_in

__all__ = ["hal", "ida", "office", "rosa"]
pytestmark = pytest.mark.django_db


def test_a_note_that_names_somebody_is_shown_once_and_sets_no_cookie(rosa, ida, hal, signed_in):
    application = start(rosa)
    helper = let_in(application, rosa, hal)
    browser = signed_in(rosa.user)

    answer = browser.post(reverse("intake:remove_helper", args=[application.number, helper.pk]))

    assert set(answer.cookies) <= {"sessionid", "csrftoken"}
    assert "Hal Vigil sees nothing any more." in browser.get(answer["Location"]).content.decode()
