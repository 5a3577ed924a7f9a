"""A form changes what it shows, and nothing that somebody sends beside it."""

from __future__ import annotations

import pytest

from cms_portal.families.actions import change_guardian
from cms_portal.families.views.household import Contact
from tests.access.areas import families
from tests.access.extra_fields import try_extra_fields
from tests.access.table import pages_of, parts
from tests.access.walk import Walker

pytestmark = pytest.mark.django_db
# The forms that write what a person typed; the others are buttons, or end without writing when asked
# out of turn.
MUST_BE_TRIED = {
    "families": {page.name for page in families.PAGES if page.post},
    "intake": {"intake:new_child", "intake:take", "intake:step", "intake:submit", "intake:decide"},
    "work": {"work:finish"},
}


@pytest.mark.parametrize(("area", "group"), parts("POST"))
def test_nothing_is_changed_that_a_form_does_not_show(area, group, world):
    pages = [page for page in pages_of(area, group) if page.post]

    tried = try_extra_fields(Walker(world, pages))

    assert tried.changed == []
    assert tried.pages >= MUST_BE_TRIED.get(area, set()) & {page.name for page in pages}
    assert tried.fields >= 30 * len(tried.pages)


@pytest.fixture
def contact(world):
    (page,) = [page for page in families.PAGES if page.name == "families:contact"]
    return Walker(world, [page])


def test_a_form_that_takes_whatever_is_sent_is_found(contact, monkeypatch):
    """The planted fault: every column by its name, as a careless form would save them."""
    honest = Contact.act

    def act(page, form):
        sent = {name: page.request.POST.get(name) for name in ("left_on", "user_id")}
        if all(sent.values()):
            change_guardian(guardian=page.object, by=page.request.user, reason="sent", **sent)
        return honest(page, form)

    monkeypatch.setattr(Contact, "act", act)

    changed = "\n".join(try_extra_fields(contact).changed)

    assert "families_guardian.left_on became '1999-09-09'" in changed
    assert "families_guardian.user_id became" in changed
