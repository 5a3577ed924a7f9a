"""The album's pages of what happens seldom, at a family's home and at the office."""

from __future__ import annotations

from tests.browser.picture import Picture
from tests.browser.ways import at, enrollment, referral, send_empty
from tests.browser.ways_seldom import (
    end_authority,
    how_to_reach,
    look_up,
    miss_nothing,
    miss_the_call,
    online_only_without_email,
    press,
    release,
    take_back,
    take_in_with_a_wrong_date,
    told_of_missed_call,
    urgent_need,
)

SELDOM = [
    Picture("reach", "rosa", how_to_reach("rosa")),
    Picture("reach-wrong", "rosa", how_to_reach("rosa"), online_only_without_email),
    Picture("missed-call-family", "rosa", told_of_missed_call),
    Picture("missed-call-home", "rosa", at("home")),
    Picture("reminders-off", "rosa", enrollment("Mateo"), press("no-reminders")),
    Picture("reminders-on", "rosa", enrollment("Mateo"), press("remind")),
    Picture("paused", "rosa", enrollment("Mateo"), press("pause")),
    Picture("paused-home", "rosa", at("home")),
    Picture("reminders-dana", "dana", enrollment("Zoe")),
    Picture("release", "dana", release),
    Picture("release-taken-back", "dana", release, take_back),
    Picture("missed-call", "ida", urgent_need),
    Picture("missed-call-wrong", "ida", urgent_need, miss_nothing),
    Picture("missed-call-kept", "ida", urgent_need, miss_the_call),
    Picture("with-us", "ida", referral("Adán", "already_served")),
    Picture("with-us-found", "ida", referral("Adán", "already_served"), look_up("Gallegos")),
    Picture("with-us-nobody", "ida", referral("Adán", "already_served"), look_up("Xyzzyq")),
    Picture("with-us-wrong", "ida", referral("Adán", "already_served"), look_up("")),
    Picture("take-in-again", "ida", at("intake:take_in_paper"), take_in_with_a_wrong_date),
    Picture("end-authority", "ida", end_authority),
    Picture("end-authority-wrong", "ida", end_authority, send_empty),
    Picture("paused-record", "sam", enrollment("Mateo")),
]
