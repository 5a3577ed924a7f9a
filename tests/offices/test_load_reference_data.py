"""The portal comes with every county and office that the sources hold, and leaves what people changed."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from cms_portal.accounts.actions import open_account, system_user
from cms_portal.accounts.models import UserKind
from cms_portal.audit.tracking import save_tracked
from cms_portal.offices import reference
from cms_portal.offices.models import County, Office, OpeningHours, Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    return reference.load(by=system_user())


def test_both_states_are_there_county_by_county(loaded):
    assert County.objects.filter(program="nm-cms").count() == 33
    assert County.objects.filter(program="ms-cmp").count() == 82
    assert Region.objects.filter(program="nm-cms").count() == 5
    assert Region.objects.filter(program="ms-cmp").count() == 3
    assert Office.objects.filter(program="nm-cms").count() == 18
    assert Office.objects.filter(program="ms-cmp").count() == 88


def test_loading_again_changes_nothing(loaded):
    versions = Office.history.count() + County.history.count() + OpeningHours.history.count()

    again = reference.load(by=system_user())

    assert set(again) == {reference.SAME}
    assert Office.history.count() + County.history.count() + OpeningHours.history.count() == (
        versions
    )


def test_an_office_that_a_person_corrected_stays_corrected(loaded):
    ana = open_account(username="ana", name="Ana", kind=UserKind.STAFF, by=system_user())
    office = Office.objects.get(program="nm-cms", slug="las-cruces")
    office.phone = "+15755550100"
    save_tracked(office, by=ana, reason="they called us")

    again = reference.load(by=system_user())

    office.refresh_from_db()
    assert office.phone == "+15755550100"
    assert again[reference.LEFT] == 1


def test_an_office_that_only_the_portal_wrote_follows_the_files(loaded):
    office = Office.objects.get(program="nm-cms", slug="las-cruces")
    office.street = "1 Old Street"
    save_tracked(office, by=system_user(), reason="an older file")

    again = reference.load(by=system_user())

    office.refresh_from_db()
    assert office.street == "1170 N. Solano Drive"
    assert again[reference.CHANGED] == 1


def test_every_office_and_county_says_where_its_facts_come_from(loaded):
    assert not Office.objects.filter(source="").exists()
    assert not County.objects.exclude(region_basis__in=["source", "inferred"]).exists()
    assert not County.objects.filter(region_basis="source", source="").exists()


def test_every_office_lies_in_a_county_of_its_own_program_and_region(loaded):
    for office in Office.objects.select_related("county"):
        assert office.county.program == office.program
        assert office.county.region_id == office.region_id, office.slug


def test_a_blank_stays_blank(loaded):
    alcorn = Office.objects.get(program="ms-cmp", slug="alcorn-county")
    assert (alcorn.street, alcorn.city, str(alcorn.phone)) == ("", "", "")


def test_only_where_a_source_shows_the_program_does_an_office_serve_it(loaded):
    serving = Office.objects.filter(program="nm-cms", serves_program=True)
    assert set(serving.values_list("slug", flat=True)) == {"santa-fe", "hobbs", "las-cruces"}


def test_every_row_is_kept_with_the_portal_as_its_author(loaded):
    assert not Office.history.exclude(history_user=system_user()).exists()
    assert not Office.history.exclude(history_change_reason=reference.REASON).exists()


def test_the_command_says_what_it_did(capsys):
    call_command("load_reference_data")
    assert "234 added" in capsys.readouterr().out
    call_command("load_reference_data")
    assert "229 as before" in capsys.readouterr().out
