"""Every county of both states has an office that takes its applications."""

from __future__ import annotations

import pytest

from cms_portal.offices.models import County, Office

pytestmark = pytest.mark.usefixtures("reference_data")


def office_of(program: str, county: str) -> str:
    return Office.objects.serving(County.objects.get(program=program, name=county)).first().slug


def test_every_county_has_an_office_of_its_own_program_that_receives_families():
    counties = list(County.objects.select_related("region"))
    assert len(counties) == 33 + 82
    for county in counties:
        office = Office.objects.serving(county).first()
        assert office.program == county.program
        assert office.serves_program
        assert not office.is_administrative, county


def test_every_mississippi_county_is_served_by_its_own_health_department():
    for county in County.objects.filter(program="ms-cmp"):
        assert Office.objects.serving(county).first().county_id == county.pk


@pytest.mark.parametrize(
    ("county", "slug"),
    [
        ("Santa Fe", "santa-fe"),
        ("Taos", "santa-fe"),
        ("Doña Ana", "las-cruces"),
        ("Luna", "las-cruces"),  # its public health office is not known to have the program
        ("Lea", "hobbs"),
        ("Chaves", "hobbs"),
        ("Bernalillo", "santa-fe"),  # no office of the program is known in its region
        ("San Juan", "santa-fe"),
    ],
)
def test_a_new_mexico_county_without_an_office_goes_to_its_region_then_to_santa_fe(county, slug):
    assert office_of("nm-cms", county) == slug


def test_hinds_county_is_served_by_its_health_department_before_the_central_office():
    hinds = County.objects.get(program="ms-cmp", name="Hinds")
    slugs = [office.slug for office in Office.objects.serving(hinds)[:2]]
    assert slugs == ["hinds-county", "central-office"]
