"""The public pages of the album: nobody is signed in."""

from __future__ import annotations

from tests.browser.picture import Picture
from tests.browser.referring import MOVED, open_the_receipt, receipt_after, refer_a_child
from tests.browser.ways import (
    ASTHMA,
    BORN,
    EL_PASO,
    JACKSON,
    SANTA_FE,
    at,
    search_for,
    send_empty,
    with_answers,
)

PUBLIC = [
    Picture("front", "", at("welcome:front")),
    Picture("program-nm", "", at("welcome:program", "nm-cms")),
    Picture("program-ms", "", at("welcome:program", "ms-cmp")),
    Picture("who-nm", "", at("welcome:who", "nm-cms")),
    Picture("offers-ms", "", at("welcome:services", "ms-cmp")),
    Picture("how-to-apply", "", at("welcome:apply", "nm-cms")),
    Picture("questions", "", at("welcome:questions", "nm-cms")),
    Picture("finder", "", at("offices:finder", "nm-cms")),
    Picture("finder-all", "", at("offices:finder")),
    Picture("quick-check", "", at("eligibility:screener", "nm-cms")),
    Picture(
        "quick-check-home",
        "",
        at("eligibility:screener", "nm-cms"),
        with_answers("nm-cms", born=BORN),
    ),
    Picture(
        "quick-check-money",
        "",
        at("eligibility:screener", "nm-cms"),
        with_answers("nm-cms", born=BORN, home={"home": "stays"}, **ASTHMA),
    ),
    Picture(
        "quick-check-result-nm",
        "",
        at("eligibility:screener", "nm-cms"),
        with_answers("nm-cms", **SANTA_FE),
    ),
    Picture(
        "quick-check-result-ms",
        "",
        at("eligibility:screener", "ms-cmp"),
        with_answers("ms-cmp", **JACKSON),
    ),
    Picture(
        "quick-check-elsewhere",
        "",
        at("eligibility:screener", "nm-cms"),
        with_answers("nm-cms", **EL_PASO),
    ),
    Picture("condition-search", "", at("eligibility:condition_search", "nm-cms")),
    Picture(
        "condition-found",
        "",
        at("eligibility:condition_search", "nm-cms"),
        search_for("hole in the heart"),
    ),
    Picture(
        "condition-not-found",
        "",
        at("eligibility:condition_search", "ms-cmp"),
        search_for("xyzzyq"),
    ),
    Picture("how-we-decide-nm", "", at("eligibility:how_we_decide", "nm-cms")),
    Picture("how-we-decide-ms", "", at("eligibility:how_we_decide", "ms-cmp")),
    Picture("write-to-us", "", at("welcome:message", "nm-cms")),
    Picture("call-me", "", at("welcome:call_me", "nm-cms")),
    Picture("refer-nm", "", at("intake:refer", "nm-cms")),
    Picture("refer-newborn-ms", "", at("intake:refer_newborn", "ms-cmp")),
    Picture("referred", "", at("intake:refer", "nm-cms"), refer_a_child),
    Picture("referral-receipt", "", at("intake:refer", "nm-cms"), open_the_receipt),
    *(
        Picture(f"receipt-{state}", "", at("intake:refer", "nm-cms"), receipt_after(moved))
        for state, moved in MOVED.items()
    ),
    Picture("refer-wrong", "", at("intake:refer", "nm-cms"), send_empty),
    Picture("refer-newborn-wrong", "", at("intake:refer_newborn", "ms-cmp"), send_empty),
    Picture("call-me-wrong", "", at("welcome:call_me", "nm-cms"), send_empty),
    Picture("write-to-us-wrong", "", at("welcome:message", "nm-cms"), send_empty),
    Picture("sign-in", "", at("account_login")),
    Picture("demo-people", "", at("demo:people")),
]
