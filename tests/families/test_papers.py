"""A paper of authority that nears its end makes one task, once."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms_portal.families.models import AuthorityKind
from cms_portal.work.actions import finish
from cms_portal.work.models import Task
from tests.factories import AssignmentFactory, AuthorityFactory, StaffFactory, the_portal
from tests.factories.dates import days_from_today, today

pytestmark = pytest.mark.django_db
KIND = AuthorityKind.POWER_OF_ATTORNEY


def remind(on=None, **options):
    call_command("remind_authority_papers", on=on, verbosity=0, **options)
    return Task.objects.filter(kind="authority_paper_ends")


@pytest.mark.parametrize(("days", "asked"), [(1, 1), (30, 1), (31, 0), (0, 0), (-1, 0)])
def test_it_asks_within_thirty_days_and_not_after_the_end(days, asked):
    AuthorityFactory(kind=KIND, paper_ends_on=days_from_today(days))

    assert remind().count() == asked


def test_a_dry_run_changes_nothing(capsys):
    AuthorityFactory(kind=KIND, paper_ends_on=days_from_today(9))

    assert not remind(dry_run=True).exists()
    assert "nm-cms: 1 papers asked for" in capsys.readouterr().out


def test_running_twice_asks_once_even_after_the_task_is_done():
    AuthorityFactory(kind=KIND, paper_ends_on=days_from_today(9))

    task = remind().get()
    assert remind().get() == task
    finish(task=task, by=the_portal(), at=timezone.now())
    assert remind(on=days_from_today(1)).get() == task


def test_the_task_goes_to_who_serves_the_child():
    authority = AuthorityFactory(kind=KIND, paper_ends_on=days_from_today(9))
    cleo = StaffFactory()
    serving = AssignmentFactory(child=authority.child, worker=cleo)

    task = remind().get()

    assert (task.owner, task.office, task.due_on) == (cleo, serving.office, days_from_today(9))


def test_the_day_is_the_programs_own(capsys):
    AuthorityFactory(kind=KIND, paper_ends_on=today())

    assert not remind().exists(), "it has ended today"
