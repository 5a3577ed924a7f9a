"""The families' pages of the album, and their helper's."""

from __future__ import annotations

from django.urls import reverse

from cms_portal.families.models import Child
from tests.browser.picture import Picture
from tests.browser.reviewing import (
    STATES,
    add_something,
    appeal,
    ask_for_review,
    family_of,
    send_request,
)
from tests.browser.ways import (
    asked,
    at,
    enrollment,
    filled_in,
    from_quick_check,
    invite,
    of,
    say_it_changed,
    send_empty,
    send_first_empty,
    send_wrong,
    sign_nothing,
    tell_a_change,
    tell_what_cannot_wait,
)
from tests.browser.ways_staff import after_a_death, renewal_with_proof

OF_FAMILIES = [
    Picture("home", "rosa", at("home")),
    Picture("start", "rosa", at("intake:start", "nm-cms")),
    Picture("new-child", "rosa", at("intake:new_child", "nm-cms")),
    Picture(
        "new-child-quick-check", "rosa", at("eligibility:screener", "nm-cms"), from_quick_check
    ),
    Picture("question-filled-in", "rosa", at("eligibility:screener", "nm-cms"), filled_in),
    Picture("tasks", "rosa", of("Inés", "tasks")),
    Picture("question", "rosa", of("Inés", "step", "medicaid")),
    Picture("background", "rosa", of("Inés", "step", "child")),
    Picture("owned", "rosa", of("Inés", "step", "assets")),
    Picture("address", "rosa", of("Inés", "step", "address")),
    Picture("contact", "rosa", of("Inés", "step", "contact")),
    Picture("conditions", "rosa", of("Inés", "step", "conditions")),
    Picture("income", "rosa", of("Inés", "step", "income")),
    Picture("papers", "rosa", of("Inés", "step", "papers")),
    Picture("check", "rosa", of("Inés", "check")),
    Picture("receipt", "rosa", of("Lucía", "receipt")),
    Picture("add-paper", "rosa", of("Lucía", "add_paper")),
    Picture("decision", "rosa", of("Mateo", "decision")),
    Picture("answer-request", "rosa", asked("Lucía")),
    Picture("enrollment", "rosa", enrollment("Mateo")),
    Picture("proof", "rosa", enrollment("Mateo", "proof")),
    Picture("leave-program", "rosa", enrollment("Mateo", "leave_program")),
    Picture("withdraw", "rosa", of("Lucía", "withdraw")),
    Picture("changes", "rosa", of("Mateo", "changes")),
    Picture("change-income", "rosa", of("Mateo", "report_change", "income")),
    Picture("change-wrong", "rosa", of("Mateo", "report_change", "liability"), send_empty),
    Picture("change-told", "rosa", of("Mateo", "report_change", "coverage"), tell_a_change),
    Picture("planned-call", "rosa", of("Lucía", "plan_visit")),
    Picture("plan-call", "rosa", of("Inés", "plan_visit")),
    Picture("helpers", "rosa", of("Lucía", "helpers")),
    Picture("helpers-wrong", "rosa", of("Inés", "helpers"), send_empty),
    Picture("helpers-code", "rosa", of("Inés", "helpers"), invite),
    Picture("new-child-wrong", "rosa", at("intake:new_child", "nm-cms"), send_empty),
    Picture("contact-wrong", "rosa", of("Inés", "step", "contact"), send_wrong),
    Picture("income-wrong", "rosa", of("Inés", "step", "income"), send_wrong),
    Picture("check-wrong", "rosa", of("Inés", "check"), send_empty),
    Picture("answer-request-wrong", "rosa", asked("Lucía"), send_empty),
    Picture("add-paper-wrong", "rosa", of("Lucía", "add_paper"), send_empty),
    Picture("cannot-wait-wrong", "rosa", of("Inés", "tell_urgent"), send_empty),
    Picture("review-ask-wrong", "rosa", ask_for_review("Mateo"), send_empty),
    Picture("helping", "hal", at("intake:helps")),
    Picture("helping-wrong", "hal", at("intake:helps"), send_empty),
    Picture("renew-still-have", "dana", renewal_with_proof("Zoe")),
    Picture("renew-wrong", "dana", enrollment("Zoe", "renew"), sign_nothing),
    Picture("renew-changes", "dana", enrollment("Zoe", "renew"), say_it_changed),
    Picture("renew", "dana", enrollment("Zoe", "renew")),
    Picture(
        "child",
        "rosa",
        lambda: reverse("families:child", args=[Child.objects.get(first_name="Mateo").pk]),
    ),
    Picture("cannot-wait", "rosa", of("Inés", "tell_urgent")),
    Picture("cannot-wait-told", "rosa", of("Inés", "tell_urgent"), tell_what_cannot_wait),
    Picture("household", "rosa", at("families:household")),
    Picture("account", "rosa", at("account_home")),
    Picture("messages", "rosa", at("notifications:mine")),
    Picture("home-dana", "dana", at("home")),
    Picture("review-ask", "rosa", ask_for_review("Mateo")),
    Picture("review-family", "rosa", ask_for_review("Mateo"), send_request),
    Picture("leave-with-review", "rosa", enrollment("Mateo", "leave_program")),
    Picture(
        "leave-with-review-wrong", "rosa", enrollment("Mateo", "leave_program"), send_first_empty
    ),
    Picture("review-add", "rosa", ask_for_review("Mateo"), add_something),
    Picture("decision-reviewed", "rosa", of("Mateo", "decision")),
    Picture("home-hal", "hal", at("home")),
    Picture("home-after-a-death", family_of(30), after_a_death(30, "home")),
    Picture("child-after-a-death", family_of(30), after_a_death(30, "families:child")),
    *(
        Picture(f"review-family-{state}", family_of(number), appeal(number))
        for state, number in STATES.items()
    ),
]
