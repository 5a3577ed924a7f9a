"""A family tells of a child we do not know yet."""

import uuid

from django.urls import reverse

from tests.factories.dates import NM


def tell_of_luz(browser, **changed):
    """Send the page on which a family names a new child."""
    told = {
        "first_name": "Luz",
        "last_name": "Baca",
        "date_of_birth_month": "2",
        "date_of_birth_day": "11",
        "date_of_birth_year": "2020",
        "relation": "parent",
        "start_key": uuid.uuid4(),
    }
    return browser.post(reverse("intake:new_child", args=[NM]), told | changed)
