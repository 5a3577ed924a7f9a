"""Who looked at what one home told is that home's to read; the child's other home learns nothing of it."""

import pytest
from django.urls import reverse

from cms_portal.audit.models import AccessEvent
from cms_portal.families.models import AssignmentKind
from cms_portal.families.sharing import looks_shown, looks_told
from cms_portal.work.actions import ask_for
from tests.factories import AssignmentFactory, SecondHomeFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import NM, today
from tests.intake.test_phone import told


@pytest.fixture
def ben(rosa):
    """The other parent of Rosa's child, who lives apart."""
    return SecondHomeFactory(child=rosa.child)


def looks(family):
    return list(looks_shown(family.user, family.child, today()))


def served(rosa, office):
    AssignmentFactory(child=rosa.child, kind=AssignmentKind.PRIMARY, office=office)


def test_the_other_home_does_not_read_of_looks_at_an_application(rosa, ben, ida, signed_in):
    sent = SentApplicationFactory(family=rosa)

    signed_in(ida).get(reverse("intake:review", args=[sent.number]))

    assert looks(ben) == []
    assert [event.actor for event in looks(rosa)] == [ida]


def test_the_other_home_does_not_read_that_an_application_waits(rosa, ben, ida, signed_in):
    SentApplicationFactory(family=rosa)

    signed_in(ida).get(reverse("intake:queue"))

    assert looks(ben) == []
    assert [event.household for event in looks(rosa)] == [rosa.household]


def test_the_other_home_does_not_read_that_an_application_makes_work(rosa, ben, ida, signed_in):
    sent = SentApplicationFactory(family=rosa)
    ask_for(
        program=NM,
        kind="read_paper",
        title="Read a new paper",
        due_on=today(),
        office=sent.office,
        child=sent.child,
        about=sent,
        by=rosa.user,
    )

    signed_in(ida).get(reverse("work:tasks"))

    assert looks(ben) == []
    assert {event.household for event in looks(rosa)} == {rosa.household}


def test_a_search_for_a_caller_is_told_to_neither_home(rosa, ben, office, ida, signed_in):
    served(rosa, office)

    signed_in(ida).post(reverse("intake:take", args=[NM]), told(rosa))

    assert AccessEvent.objects.get(action=AccessEvent.Action.SEARCH).child == rosa.child
    assert looks(ben) == looks(rosa) == []


def test_the_home_for_which_the_worker_goes_on_reads_of_the_search(
    rosa, ben, office, ida, signed_in
):
    served(rosa, office)

    signed_in(ida).post(
        reverse("intake:take_for_known", args=[rosa.child.pk]), {"household": rosa.household.pk}
    )

    assert looks(ben) == []
    (entry,) = looks_told(looks(rosa), rosa.child, rosa.user)
    assert entry.sentence == f"Ida Romero of CMS found the record of {rosa.child} by a search."
