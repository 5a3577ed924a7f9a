"""How often one internet address may send us something; counted in the cache that all web processes share."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

# A library or a shelter shares one address, so these are generous; a hospital refers many children a day.
RATES = {
    "message": "10/h/ip",
    "subscribe": "10/h/ip",
    "referral": "30/h/ip",
    "referral_number": "20/h/ip",
}


def is_too_much(request: HttpRequest, action: str) -> bool:
    """Count this POST; say whether there were too many of its kind within the hour."""
    usage = ratelimit.consume(request, app="welcome", action=action, config=RATES)
    return not usage
