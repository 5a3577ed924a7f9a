"""A question that is put together once asks each time with the values of that time."""

from __future__ import annotations

import pytest
from django.db.models import Exists

from cms_portal.database.prepared import prepared
from cms_portal.families.models import Guardian, Household
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


def test_each_call_asks_with_its_own_values():
    rosa, tom = FamilyFactory().guardian, FamilyFactory().guardian

    @prepared
    def names(user, first):
        return Guardian.objects.filter(user=user, first_name=first).values_list("pk")

    assert names(rosa.user.pk, rosa.first_name) == [(rosa.pk,)]
    assert names(tom.user.pk, tom.first_name) == [(tom.pk,)]
    assert names(tom.user.pk, "Somebody else") == []


def test_a_value_may_stand_in_a_question_within_the_question():
    family = FamilyFactory()

    @prepared
    def has_account(household, user):
        guardians = Guardian.objects.filter(user=user)
        return Household.objects.filter(pk=household).values_list(Exists(guardians))

    assert has_account(family.household.pk, family.user.pk) == [(True,)]
    assert has_account(family.household.pk, 0) == [(False,)]


def test_the_statement_is_put_together_once():
    family, built = FamilyFactory(), []

    @prepared
    def keys(user):
        built.append(user)
        return Guardian.objects.filter(user=user).values_list("pk")

    keys(family.user.pk)
    keys(0)

    assert len(built) == 1


def test_rows_of_a_model_come_as_they_do_otherwise():
    family = FamilyFactory()

    @prepared
    def guardians(user):
        return Guardian.objects.filter(user=user).select_related("household").order_by("pk")

    (found,) = guardians(family.user.pk)
    (again,) = guardians(family.user.pk)

    assert found == again == family.guardian
    assert found is not again
    assert vars(found)["phone"] == vars(Guardian.objects.get(pk=found.pk))["phone"]
    assert found.household == family.household


def test_too_few_values_are_refused():
    @prepared
    def keys(user):
        return Guardian.objects.filter(user=user).values_list("pk")

    with pytest.raises(ValueError, match="zip"):
        keys()
