"""Ways of the album to what workers look at beside an application: changes, visits, records alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.families import actions as families
from cms_portal.families.models import Child, Guardian, Merge
from intake.actions import deaths, evidence, renewals
from intake.models import (
    Application,
    ChangeReport,
    ConditionReview,
    Enrollment,
    Evidence,
    Requirement,
    Visit,
)
from intake.words import signed_words
from tests.browser.reviewing import family_of
from tests.browser.ways import give_insurance_card
from tests.factories import the_portal


def change(of_child: str) -> Callable[[], str]:
    def find() -> str:
        told = ChangeReport.objects.filter(application__child__first_name=of_child).latest("pk")
        return reverse("intake:change", args=[told.pk])

    return find


def visit(to_child: str, page: str) -> Callable[[], str]:
    def find() -> str:
        planned = Visit.objects.filter(application__child__first_name=to_child).latest("pk")
        return reverse(f"intake:{page}", args=[planned.pk])

    return find


def child(name: str, page: str) -> Callable[[], str]:
    return lambda: reverse(f"families:{page}", args=[Child.objects.get(first_name=name).pk])


def told_of_a_death(name: str) -> Callable[[], str]:
    return lambda: reverse("intake:record_death", args=[Child.objects.get(first_name=name).pk])


def after_a_death(number: int, page: str) -> Callable[[], str]:
    """Return how to find a page of a family of Cleo's caseload whose child has died."""

    def find() -> str:
        adult = Guardian.objects.get(user__username=family_of(number))
        child = Child.objects.get(memberships__household=adult.household)
        deaths.record_death(
            child=child,
            died_on=programs.get(child.program).today(),
            told_by="The mother",
            by=the_portal(),
            at=timezone.now(),
        )
        return reverse("home") if page == "home" else reverse(page, args=[child.pk])

    return find


def two_records(page: str) -> Callable[[], str]:
    """Return how to find the two records of Mateo, one of them opened by mistake."""

    def find() -> str:
        both = [Child.objects.get(first_name=name).pk for name in ("Mateo", "Matteo")]
        return reverse(f"families:{page}", args=both)

    return find


def proposal() -> str:
    """Return the page of the proposal to join the two records, which Ida makes if nobody did."""
    merge = Merge.objects.first()
    if merge is None:
        winner, loser = (Child.objects.get(first_name=name) for name in ("Mateo", "Matteo"))
        merge = families.propose_merge(
            winner=winner,
            loser=loser,
            kept_from_loser=[],
            reason="The grandmother says it is the same boy.",
            needs_second=True,
            by=User.objects.get(username="ida"),
        )
    return merge.get_absolute_url()


def join_them(page: Page) -> None:
    confirm = page.locator('form[action$="/confirm/"] button')
    if confirm.count():
        confirm.click()


def condition_review() -> str:
    return reverse("intake:condition_review", args=[ConditionReview.objects.latest("pk").pk])


def renewal_with_proof(name: str) -> Callable[[], str]:
    """Return how to find the renewal of a child whose insurance card a worker has seen this year."""

    def find() -> str:
        enrollment = Enrollment.objects.get(child__first_name=name)
        application = enrollment.application
        if not Evidence.objects.of(application).exists():
            paper = give_insurance_card(application)
            evidence.accept(
                application=application,
                document=paper,
                requirement=Requirement.MEDICAID,
                valid_until=programs.get(application.program).today() + timedelta(days=200),
                by=User.objects.get(username="mo"),
                at=timezone.now(),
            )
        return reverse("intake:renew", args=[enrollment.pk])

    return find


def renewed(name: str) -> Callable[[], str]:
    """Return how to find the review of a child's renewal, which the family signs as it was last year."""

    def find() -> str:
        enrollment = Enrollment.objects.get(child__first_name=name)
        renewal = Application.objects.filter(renews=enrollment).first()
        if renewal is None or renewal.is_draft:
            mother = enrollment.application.started_by
            renewal = renewals.renew_unchanged(
                enrollment=enrollment,
                name=mother.name,
                words=signed_words(enrollment.application),
                by=mother,
                at=timezone.now(),
            )
        return reverse("intake:review", args=[renewal.number])

    return find
