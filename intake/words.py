"""The words people sign."""

from __future__ import annotations

from django.utils.translation import pgettext

from cms_portal import programs
from intake.models import Application

WORDS_VERSION = "2026-11-22"
"""The edition of these words. Who changes one of them, in either language, counts it up."""


def signed_words(application: Application) -> str:
    """Return what the signer agrees to, a paragraph a line, in the active language."""
    program = programs.get(application.program)
    asks = _asks_for_help() if program.pays_for_care else _asks_for_coordination()
    duties = _duties() if program.duties else [_keeps_us_posted()]
    ends = pgettext(
        "rights",
        "The program may use these answers to decide, and to help {name}. "
        "I can change my mind and take this back at any time.",
    )
    # By name: who signs may be a parent, somebody with a court's paper, or the adult it is about.
    child = application.child
    named = {"agency": program.agency, "child": child.full_name, "name": child.called}
    return "\n\n".join(one.format(**named, **program.duties) for one in (asks, *duties, ends))


def _asks_for_help() -> str:
    return pgettext(
        "rights",
        "I ask the {agency} to see what help {child} can get. What I wrote is true as far as I know.",
    )


def _asks_for_coordination() -> str:
    return pgettext(
        "rights",
        "I ask the {agency} to help coordinate care for {child}. What I wrote is true as far as I know. "
        "Taking part is my choice.",
    )


def _keeps_us_posted() -> str:
    return pgettext("rights", "I will tell the program when something changes, as needed.")


def _duties() -> list[str]:
    """Return what is to be told and by when, and what may follow if it is not."""
    tells = pgettext(
        "rights",
        "I will tell the program within {change_working_days} working days when I learn that our "
        "income changes by more than ${income_change_dollars:,} a month, or that the people in our "
        "home, our insurance or Medicaid, our address or our phone change.",
    )
    donations = pgettext(
        "rights",
        "I will tell it within {donation_working_days} working days if we get a gift of more than "
        "${donation_dollars:,} for the care of {name}.",
    )
    liability = pgettext(
        "rights",
        "I will tell it within {liability_working_days} working days when I learn that somebody else "
        "may have to pay, as after an accident, and name them and all lawyers.",
    )
    medicaid = pgettext(
        "rights",
        "I will apply for Medicaid if it may cover {name}, and say what insurance we have.",
    )
    penalties = pgettext(
        "rights",
        "If I do not tell, or tell what is wrong, the program may end the help, may refuse help for "
        "up to {most_months_without_help} months, and may ask a court to get money back. A person "
        "decides that, never a machine, and I can ask for a review.",
    )
    return [tells, donations, liability, medicaid, penalties]
