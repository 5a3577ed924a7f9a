"""A New Mexico application in three sittings, in Spanish, on the smallest phone: nothing told is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts import actions, cards
from cms_portal.accounts.models import User
from intake.journeys import journey_of
from intake.models import Application, Signature
from tests.browser.answers import NEW_MEXICO
from tests.browser.test_family_applies import (
    all_is_well,
    answer_pages,
    begin,
    send_and_read_the_receipt,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

FORM = "main form .actions button"
PIN = "siete gatos duermen"


def told(application):
    """Return all that is kept of an application, page by page, as a person reads it."""
    application = Application.objects.select_related("assessment", "child", "household").get(
        pk=application.pk
    )
    steps = journey_of(application.program).for_subject(application)
    return {
        step.key: [(str(one.label), one.text) for one in step.answers(application)]
        for step in steps
        if step.is_done(application)
    }


def comes_back_to(visitor, application, page):
    """From home, go on where the family stopped."""
    visitor.follow(f'.child a[href="/applications/{application.number}/"]')
    visitor.follow("main a.usa-button")
    assert visitor.path.endswith(f"/pages/{page}/")


def sign_in_with_a_printed_code(visitor, user, code):
    """Type the user name, a code of the card, and then the PIN: the second proof."""
    visitor.go(reverse("account_login"))
    visitor.look()
    visitor.keys.fill({"identifier": user.username})
    visitor.follow(FORM)
    visitor.keys.fill({"code": " ".join([code[:4], code[4:8], code[8:]])})
    visitor.follow(FORM)
    visitor.go(reverse("home"))
    assert user.name not in visitor.text(), "a code alone opens nothing"
    visitor.page.go_back()
    visitor.keys.fill({"pin": PIN})
    visitor.follow(FORM)


def test_rosa_applies_in_three_sittings_and_nothing_is_lost(visit, inspector):
    rosa = visit(script=False, language="es-US")
    rosa.sign_in("rosa")
    application = begin(rosa, "nm-cms")
    rosa.follow(f'a.usa-button[href*="/applications/{application.number}/"]')

    # The first sitting: the child and the home.
    first = answer_pages(rosa, NEW_MEXICO, until="any-income")
    kept = told(application)
    assert set(first) <= set(kept)
    rosa.sign_out()

    # The second, by her account: money and insurance.
    rosa.sign_in("rosa")
    comes_back_to(rosa, application, "any-income")
    assert told(application) == kept
    second = answer_pages(rosa, NEW_MEXICO, until="conditions")
    kept = told(application)
    assert {*first, *second} <= set(kept)
    rosa.sign_out()

    # The third, on somebody else's phone, with a code printed on her card and her PIN.
    user = User.objects.get(username="rosa")
    actions.set_pin(user=user, pin=PIN, by=user, reason="chosen at home")
    code = cards.print_own_card(user=user, at=timezone.now()).codes[0]
    lent = visit(script=False, language="es-US")
    sign_in_with_a_printed_code(lent, user, code)
    comes_back_to(lent, application, "conditions")
    assert told(application) == kept
    third = answer_pages(lent, NEW_MEXICO)
    assert "/check/" in lent.path
    after = told(application)
    assert {key: after[key] for key in kept} == kept
    assert set(after) == {*first, *second, *third}

    send_and_read_the_receipt(lent, application, "Rosa Gallegos")
    assert Signature.objects.get(application=application).language == "es"
    for visitor in (rosa, lent):
        assert {seen.language for seen in visitor.seen[2:]} == {"es"}
        all_is_well(visitor, inspector)
