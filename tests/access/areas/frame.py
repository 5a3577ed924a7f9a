"""What every page has around it, and where signed-in people begin."""

from __future__ import annotations

from tests.access.rules import ANY_NUMBER, EVERYONE, SIGNED_IN, Page, Rule, post

NO_SUCH_METHOD = Rule(EVERYONE, answers=(405,))
PAGES = [
    Page("home", get=Rule(SIGNED_IN, answers=(200, 302)), looks=ANY_NUMBER),
    Page(
        "ui:set_language",
        get=NO_SUCH_METHOD,
        post=post(EVERYONE, sends={"language": "es"}),
    ),
    Page("ui:leave", get=Rule(EVERYONE), post=post(EVERYONE)),
    Page("ui:stay", get=Rule(SIGNED_IN, answers=(405,)), post=post(SIGNED_IN, answers=(200, 302))),
    Page("ui:expired", get=Rule(EVERYONE), post=NO_SUCH_METHOD),
    Page("ui:gallery", get=Rule(EVERYONE), post=post(EVERYONE, answers=(200, 422))),
    # The demo's own pages exist in demo mode only, and are for anybody who visits it.
    Page("demo:people", get=Rule(EVERYONE)),
    Page(
        "demo:sign_in",
        get=NO_SUCH_METHOD,
        post=post(EVERYONE, sends={"persona": "nobody"}, answers=(302, 404)),
    ),
    Page("demo:outbox", get=Rule(EVERYONE), shows_everybody=True),
]
