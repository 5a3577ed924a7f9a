"""Families of Cleo's caseload who were told no and asked for a review: one in each state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from carecoord.demo import families as home
from carecoord.demo.caseload import apply_for
from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.families import actions as families
from cms_portal.families.models import AddressKind, Child
from cms_portal.notifications import mailing
from intake.actions import appeal_decisions, appeal_reviews, appeals
from intake.actions.appeal_decisions import Word
from intake.appeal_states import AppealChannel
from intake.appealing import refusals_of
from intake.models import Appeal, Notice

# The numbers of these children in the caseload, and how long ago each asked; the second is overdue.
REQUESTED, UNDER_REVIEW, OVERDUE, MORE_ASKED, DECIDED, TAKEN_BACK = range(20, 26)
ASKED_DAYS_AGO = {
    REQUESTED: 2,
    UNDER_REVIEW: 24,
    OVERDUE: 63,
    MORE_ASKED: 12,
    DECIDED: 48,
    TAKEN_BACK: 9,
}
COMMITTEE = ("rita", "omar", "gwen")
NO = "The letter from the doctor did not come."
WHY = "The doctor says the letter went to you last month. I send a copy with this."


def make_reviews(
    caseload: Sequence[tuple[Child, User]], staff: dict[str, User], now: datetime
) -> None:
    """Refuse six families something, bring each one's review to where it stands today, and let Dana call."""
    found = {number: _asked(caseload[number], number, staff, now) for number in ASKED_DAYS_AGO}
    for number in (UNDER_REVIEW, OVERDUE, MORE_ASKED, DECIDED):
        _give_to_committee(found[number], staff, now)
    appeal_reviews.ask_family(
        appeal=found[MORE_ASKED],
        words="Please send the summary of the last visit.",
        due_on=programs.get(home.NM).today() + timedelta(days=10),
        by=staff["rita"],
        at=now - timedelta(days=3),
    )
    _answer(found[DECIDED], staff, now)
    appeals.withdraw(
        appeal=found[TAKEN_BACK],
        words="We apply again with the new letter.",
        by=caseload[TAKEN_BACK][1],
        at=now - timedelta(days=1),
    )
    _call_from_dana(staff, now)


def _call_from_dana(staff: dict[str, User], now: datetime) -> None:
    """Mississippi: Dana calls long after the last day; the program takes a call, and a person weighs it."""
    notice = Notice.objects.filter(application__child__first_name="Zoe").latest("pk")
    appeals.ask(
        notice=notice,
        decisions=[one.pk for one in refusals_of(notice)],
        request=appeals.Request(
            received_on=programs.get(home.MS).today(),
            channel=AppealChannel.PHONE,
            name="Dana Whitfield",
            address="412 Cedar Lane, Jackson, MS 39209",
            phones="601-555-0162",
            narrative="We only now lost the plan that the letter says we have.",
        ),
        files=[],
        by=staff["mo"],
        at=now,
    )


def _asked(
    family: tuple[Child, User], number: int, staff: dict[str, User], now: datetime
) -> Appeal:
    """Let a family send, be refused, and ask again."""
    days_ago = ASKED_DAYS_AGO[number]
    _give_address(family[0], staff["nora"])
    application = apply_for(family, number, now, days_ago + 30)
    application.refresh_from_db()
    told_at = now - timedelta(days=days_ago + 8)
    home.decide_as_recommended(application, staff["nora"], staff["sam"], told_at, words=NO)
    notice = application.notices.get()
    _mail(notice, staff["nora"], told_at)
    asked_at = now - timedelta(days=days_ago)
    return appeals.ask(
        notice=notice,
        decisions=[one.pk for one in refusals_of(notice)][:2],
        request=appeals.Request(
            received_on=programs.get(home.NM).today() - timedelta(days=days_ago),
            name=family[1].name,
            address="PO Box 2204, Las Cruces, NM 88001",
            phones="575-555-0118",
            narrative=WHY,
        ),
        files=[],
        by=family[1],
        at=asked_at,
    )


def _give_address(child: Child, by: User) -> None:
    """Let letters have reached this home for a good while."""
    household = child.memberships.get().household
    assert household.county
    street, city, zip_code, _phone = home.MAIL[household.county.name]
    families.set_address(
        household=household,
        kind=AddressKind.MAILING,
        starts_on=programs.get(home.NM).today() - timedelta(days=200),
        street=street,
        city=city,
        zip_code=zip_code,
        state="NM",
        by=by,
    )


def _mail(notice: Notice, by: User, at: datetime) -> None:
    """Let the notice have gone into the mail on the day it was made."""
    letters, day = [notice.message], notice.sent_on
    mailing.print_letters(letters=letters, dated_on=day, by=by, at=at)  # type: ignore[arg-type]
    mailing.mark_mailed(letters=letters, by=by, at=at, today=day)  # type: ignore[arg-type]


def _give_to_committee(appeal: Appeal, staff: dict[str, User], now: datetime) -> None:
    by, at = staff["prue"], max(appeal.kept_at + timedelta(days=2), now - timedelta(days=40))
    appeal_reviews.screen(
        appeal=appeal,
        takes_up=True,
        is_timely=True,
        is_complete=True,
        words="",
        by=by,
        at=at,
    )
    members = [staff[slug] for slug in COMMITTEE]
    appeal_reviews.name_committee(appeal=appeal, members=members, by=by, at=at)
    appeal_reviews.hand_over(appeal=appeal, by=by, at=at)


def _answer(appeal: Appeal, staff: dict[str, User], now: datetime) -> None:
    first, *others = appeal.services.all()
    yes = Word("reversed", "The copy of the doctor’s letter names the condition.")
    no = Word("upheld", "The letter says nothing of what this service asks for.")
    appeal_decisions.decide(
        appeal=appeal,
        answers={first.pk: yes} | {row.pk: no for row in others},
        words="",
        facts_used="The date and the words of the doctor’s letter.",
        papers=[],
        signed_name=staff["rita"].name,
        by=staff["rita"],
        at=now - timedelta(days=5),
    )
