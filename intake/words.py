"""The words people sign."""

from __future__ import annotations

from django.utils.translation import pgettext

from cms_portal import programs
from intake.models import Application


def signed_words(application: Application) -> str:
    """Return what the signer agrees to, in the active language."""
    program = programs.get(application.program)
    if program.pays_for_care:
        return pgettext(
            "rights",
            "I ask {agency} to see what help {child} can get. What I wrote is true as far as I know. "
            "I will tell the program about changes in address, income, household or insurance. "
            "The program may use these answers to decide, and to help my child. "
            "I can change my mind and take this back at any time.",
        ).format(agency=program.agency, child=application.child.full_name)
    return pgettext(
        "rights",
        "I ask {agency} to help coordinate care for {child}. What I wrote is true as far as I know. "
        "Taking part is my choice. The program may use these answers to help my child. "
        "I can change my mind and take this back at any time.",
    ).format(agency=program.agency, child=application.child.full_name)
