"""F2: of 10,000 guesses at most ten an hour are looked at, and the owner signs in every time."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts import cards, codes, guards
from cms_portal.accounts.models import CardCode, SentCode, User
from tests.accounts.people import (
    PASSPHRASE,
    ask_for_code,
    is_signed_in,
    newest_code,
    sign_in,
    sign_in_staff,
    type_code,
    type_pin,
)
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

MOST_AN_HOUR = 10


@pytest.fixture
def looked_at(monkeypatch):
    """Counts how often a code or a PIN is compared with what is typed, by strangers only."""
    counted: Counter[str] = Counter()
    use_short, use, check = codes.use_short, codes._use, User.check_password

    def count(kind, function):
        def counting(*given):
            counted[kind] += counted["by_owner"] == 0
            return function(*given)

        return counting

    monkeypatch.setattr(codes, "use_short", count("short code", use_short))
    monkeypatch.setattr(
        codes,
        "_use",
        lambda code, digits: (
            count("long code", use)(code, digits)
            if isinstance(code, CardCode) or code.selector
            else use(code, digits)
        ),
    )
    monkeypatch.setattr(User, "check_password", count("PIN", check))
    return counted


class Owner:
    """Rosa, who signs in while somebody guesses."""

    def __init__(self, user, looked_at):
        self.user, self.looked_at = user, looked_at
        self.own_phone = Client()
        self.signed_in = 0

    def sign_in(self, browser: Client, identifier: str) -> None:
        self.looked_at["by_owner"] = 1
        ask_for_code(browser, identifier)
        page = browser.get(reverse("account_confirm_login_code"))
        digits = codes.LONG if page.context["is_long"] else codes.SHORT
        type_code(browser, newest_code(identifier, digits))
        type_pin(browser)
        self.signed_in += is_signed_in(browser)
        self.looked_at["by_owner"] = 0
        browser.post(reverse("ui:leave"))

    def at_home(self) -> None:
        self.sign_in(self.own_phone, self.user.email)

    def elsewhere(self) -> None:
        self.sign_in(Client(), self.user.email)


def guesses(length: int):
    for number in itertools.count():
        yield str(number * 7919 % 10**length).zfill(length)


def flood(attackers, post, count, owner, every):
    """Guess `count` times, in turn from each attacker; the owner signs in after each `every`."""
    for number, attacker in zip(range(count), itertools.cycle(attackers)):
        post(attacker, number)
        if number % every == every - 1:
            (owner.at_home if number // every % 2 else owner.elsewhere)()


def guess_codes(identifiers, length, *, start_again):
    digits = guesses(length)

    def post(attacker, number):
        if number % start_again == 0:
            ask_for_code(attacker, identifiers[number % len(identifiers)])
        type_code(attacker, next(digits))

    return post


def total(looked_at):
    return sum(looked_at[kind] for kind in ("short code", "long code", "PIN"))


@pytest.mark.slow
def test_f2_of_ten_thousand_guesses_ten_are_looked_at_and_the_owner_gets_in(rosa, looked_at):
    """6,000 short codes, 1,000 long ones, 3,000 PINs by somebody who holds the phone."""
    cards.print_own_card(user=rosa, at=timezone.now())
    owner = Owner(rosa, looked_at)
    sign_in(owner.own_phone, rosa)
    owner.own_phone.post(reverse("ui:leave"))
    looked_at.clear()
    named = [rosa.email, str(rosa.phone)]
    strangers = [Client(REMOTE_ADDR=f"198.51.100.{number}") for number in range(20)]
    vic = Client(REMOTE_ADDR="203.0.113.7")
    ask_for_code(vic, str(rosa.phone))
    type_code(vic, newest_code(str(rosa.phone)))
    looked_at.clear()

    flood(strangers, guess_codes(named, 6, start_again=7), 6000, owner, every=100)
    flood(strangers, guess_codes(named, 12, start_again=50), 1000, owner, every=100)
    flood(
        [vic], lambda browser, number: type_pin(browser, f"guess {number}, long"), 3000, owner, 100
    )

    assert owner.signed_in == 100
    assert total(looked_at) <= MOST_AN_HOUR, looked_at


def test_f2_in_short(rosa, looked_at):
    """The same with few guesses, at every commit."""
    owner = Owner(rosa, looked_at)
    strangers = [Client(REMOTE_ADDR=f"198.51.100.{number}") for number in range(5)]

    flood(strangers, guess_codes([rosa.email], 6, start_again=4), 60, owner, every=10)

    assert owner.signed_in == 6
    assert 1 <= total(looked_at) <= MOST_AN_HOUR, looked_at


def test_f2_from_one_address_the_owner_still_gets_in(rosa, looked_at):
    """A library: the guesser and the owner share an address."""
    owner = Owner(rosa, looked_at)

    flood([Client(), Client()], guess_codes([rosa.email], 6, start_again=3), 40, owner, every=10)

    assert owner.signed_in == 4
    assert total(looked_at) <= MOST_AN_HOUR


def test_f2_finds_guesses_that_are_not_counted(rosa, looked_at, monkeypatch):
    """Positive control: without the guards the same flood is looked at."""
    monkeypatch.setattr(guards, "_count", lambda *given, **more: guards.Guess([]))
    owner = Owner(rosa, looked_at)

    flood([Client()], guess_codes([rosa.email], 6, start_again=2), 40, owner, every=40)

    assert total(looked_at) > MOST_AN_HOUR


def test_f2_somebody_with_the_old_phone_gets_few_pins_and_locks_nobody_out(rosa, looked_at):
    vic = Client(REMOTE_ADDR="203.0.113.7")
    ask_for_code(vic, str(rosa.phone))
    type_code(vic, newest_code(str(rosa.phone)))
    owner = Owner(rosa, looked_at)
    looked_at.clear()

    flood([vic], lambda browser, number: type_pin(browser, f"guess {number}, long"), 40, owner, 10)

    assert owner.signed_in == 4
    assert looked_at["PIN"] == 4
    assert not is_signed_in(vic)


def test_f2_the_staff_page_looks_at_few_passwords_and_known_browsers_still_get_in():
    ida = StaffFactory(username="ida", email="ida@example.test")
    desk = Client()
    sign_in_staff(desk, ida)
    desk.post(reverse("ui:leave"))
    stranger = Client(REMOTE_ADDR="203.0.113.7")
    for number in range(30):
        sign_in_staff(stranger, ida, f"a wrong password {number}")

    sign_in_staff(stranger, ida)
    assert not is_signed_in(stranger)

    sign_in_staff(desk, ida)
    assert is_signed_in(desk)


def test_at_most_five_short_codes_wait_unused_for_one_address(rosa):
    for _ in range(8):
        ask_for_code(Client(), rosa.email)

    assert SentCode.objects.short().count() == 5
    assert SentCode.objects.long().count() == 2


def test_one_address_cannot_have_codes_sent_to_everybody(settings):
    for number in range(40):
        ask_for_code(Client(), f"nobody-{number}@example.test")

    assert SentCode.objects.short().count() == codes.MOST_UNUSED_BY_ADDRESS


def test_a_right_pin_is_never_refused_for_earlier_right_ones(rosa):
    client = Client()
    for _ in range(12):
        sign_in(client, rosa, PASSPHRASE)
        assert is_signed_in(client)
        client.post(reverse("ui:leave"))
