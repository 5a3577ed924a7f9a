"""The Medical Director's queue: nobody else has such a page."""

from __future__ import annotations

from typing import Any

from intake.models import Application, ConditionReview
from tests.access.areas.intake import APPLICATION_TOLD
from tests.access.objects import NO_SUCH_NUMBER, arguments_of, finds
from tests.access.reaches import MISSISSIPPI, NEW_MEXICO
from tests.access.rules import ANY_NUMBER, SIGNED_IN, Page, Reach, Rule, all_of, post
from tests.access.world import Case
from tests.intake.reviewing_conditions import WHY, say, told

REVIEWS: Reach = {"max": NEW_MEXICO, "sue": MISSISSIPPI}


def _asked(case: Case) -> ConditionReview:
    made = arguments_of("sent", case)
    assert made
    application = Application.objects.get(number=made["number"])
    worker = case.world.people["mo" if case.name == "mississippi" else "prue"]
    words = case.word("a condition in the family's words", APPLICATION_TOLD)
    unlisted = {"text": words, "icd10": "L70.0", "status": "confirmed"}
    told(application, worker, unlisted)
    return ConditionReview.objects.get(application=application)


@finds("condition_review", pk=NO_SUCH_NUMBER)
def _condition_review(case: Case) -> dict[str, Any]:
    return {"pk": _asked(case).pk}


@finds("answered_condition", pk=NO_SUCH_NUMBER)
def _answered_condition(case: Case) -> dict[str, Any]:
    director = case.world.people["sue" if case.name == "mississippi" else "max"]
    return {"pk": say(_asked(case), director, services=["care_coordination"]).pk}


PAGES = [
    Page(
        "intake:conditions",
        get=Rule(all_of(*REVIEWS), seen=SIGNED_IN),
        looks=ANY_NUMBER,
    ),
    Page(
        "intake:condition_review",
        about="condition_review",
        world="condition",
        get=Rule(REVIEWS),
        post=post(
            REVIEWS,
            sends={"answer": "counts", "services": ["care_coordination"], "reason": WHY},
        ),
    ),
    Page(
        "intake:condition_again",
        about="answered_condition",
        world="answered-condition",
        post=post(REVIEWS),
    ),
]
