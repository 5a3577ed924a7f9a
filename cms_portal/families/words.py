"""Sentences about rights and people, as pages show them."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from cms_portal.families.models import Authority
from cms_portal.families.rights import RIGHTS

MAY = {
    "may_see": pgettext_lazy("rights", "sees this page"),
    "may_apply": pgettext_lazy("rights", "applies and answers questions"),
    "may_sign": pgettext_lazy("rights", "signs"),
    "may_agree": pgettext_lazy("rights", "agrees to the plan of care"),
    "may_see_sensitive": pgettext_lazy("rights", "sees what is kept private"),
}


def rights_in_words(authority: Authority) -> str:
    """Return what an adult may do: "Sees this page, signs and agrees to the plan of care."."""
    held = [str(MAY[right]) for right in RIGHTS if getattr(authority, right)]
    if not held:
        return pgettext("rights", "May do nothing now.")
    return capfirst(get_text_list(held, pgettext("rights", "and"))) + "."


def until_in_words(row: Any) -> str:
    """Return until when a dated row holds, or nothing if no end is known."""
    if row.ends_on is None:
        return ""
    return _("Until %(day)s.") % {"day": date_format(row.ends_on)}
