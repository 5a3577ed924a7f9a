"""The journey of each program: the same steps for a family on a phone and a worker on one page.

A program's own `program.yaml` names the pages it asks, in order.
"""

from functools import cache

from cms_portal import programs
from cms_portal.journeys.steps import Journey
from intake.journeys import steps

STEPS = {
    step.key: step
    for step in (
        steps.Residence(),
        steps.LivesInState(),
        steps.Away(),
        steps.Address(),
        steps.Contact(),
        steps.Languages(),
        steps.Conditions(),
        steps.SeizureMedicine(),
        steps.Doctor(),
        steps.Dental(),
        steps.HouseholdSize(),
        steps.Income(),
        steps.Medicaid(),
        steps.Insurance(),
        steps.Pool(),
        steps.Newborn(),
        steps.GrowingUp(),
        steps.Needs(),
        steps.About(),
        steps.Papers(),
    )
}


@cache
def journey_of(program: str) -> Journey:
    """Return the journey of a program; raise KeyError for a page that nobody wrote."""
    return Journey(STEPS[key] for key in programs.get(program).journey)
