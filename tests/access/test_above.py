"""Whoever opens the address of a button finds its page, and never an empty one."""

import pytest
from django.urls import NoReverseMatch, URLPattern, get_resolver, resolve, reverse

from cms_portal.access.above import page_above


def buttons():
    """Return an address of each view that only takes what is sent."""
    for (app, name), pattern in patterns(get_resolver()):
        view = getattr(pattern.callback, "view_class", None)
        if view is None or "get" in view.http_method_names:
            continue
        yield address_of(f"{app}:{name}" if app else name)


def patterns(resolver, app=""):
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield (app, one.name), one
        else:
            yield from patterns(one, one.app_name or app)


def address_of(name):
    for arguments in ({}, {"number": "AAAA-AAAA"}, {"pk": 1}, {"number": "A", "pk": 1}):
        try:
            return reverse(name, kwargs=arguments)
        except NoReverseMatch:
            continue
    return ""


@pytest.mark.parametrize(
    ("button", "page"),
    [
        ("/enrollments/7/pause/", "/enrollments/7/"),
        ("/papers/7/withdraw/", "/papers/"),
        ("/no/such/thing/", "/"),
        ("/", "/"),
    ],
)
def test_above_a_button_is_the_page_it_stands_on(button, page):
    assert page_above(button) == page


def test_above_every_button_is_a_page_that_can_be_opened():
    addresses = [address for address in buttons() if address]

    for address in addresses:
        view = resolve(page_above(address)).func.view_class
        assert "get" in view.http_method_names, address
    assert len(addresses) > 15
