"""Who looked at a child: others' looks first, each told once a day."""

import pytest
from django.urls import reverse

from cms_portal.audit.actions import note_access
from tests.factories import FamilyFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa():
    return FamilyFactory(user__name="Rosa Baca", child__first_name="Mateo")


def looked_page(client, family):
    client.force_login(family.user)
    return client.get(reverse("families:child", args=[family.child.pk])).content.decode()


def test_ones_own_looks_do_not_crowd_out_those_of_others(client, rosa):
    ida = StaffFactory(name="Ida Romero")
    note_access(by=ida, page="families:child_record", child=rosa.child)
    for _ in range(6):
        note_access(by=rosa.user, page="families:child", child=rosa.child)

    page = looked_page(client, rosa)

    assert "Ida Romero of CMS looked at the record of Mateo." in page
    assert "Rosa Baca looked at" not in page


def test_looks_of_one_day_are_told_once_and_counted(client, rosa):
    ida = StaffFactory(name="Ida Romero")
    for _ in range(3):
        note_access(by=ida, page="families:child_record", child=rosa.child)

    page = looked_page(client, rosa)

    assert page.count("Ida Romero of CMS looked at the record of Mateo.") == 1
    assert "3 times, last" in page
