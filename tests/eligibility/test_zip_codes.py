"""A ZIP code in another state: the quick check says which program serves it, or that none here does."""

import html
from datetime import date

import pytest
from django.urls import reverse

from eligibility import screening

DAY = date(2026, 11, 21)
NM, MS = "nm-cms", "ms-cmp"
BORN = {"date_of_birth": "2015-03-01"}

pytestmark = pytest.mark.django_db


def address(program: str = NM) -> str:
    return reverse("eligibility:screener", args=[program])


def at_home(client, program=NM, **told):
    """Send the page that asks where the child lives."""
    before = screening.Screening(program, {"born": BORN}, DAY)
    page = client.post(address(program), {"answers": before.token, "question": "home", **told})
    return html.unescape(page.content.decode())


@pytest.mark.parametrize(
    ("zip_code", "where"),
    [
        ("79901", "is in Texas. No program here serves that state."),
        ("39201-1234", "is in Mississippi. The program there: Children's Medical Program."),
    ],
)
def test_a_zip_code_in_another_state_says_who_serves_it_and_what_to_choose(client, zip_code, where):
    page = at_home(client, home="stays", zip_code=zip_code)

    assert where in page
    assert "choose “No, in another state”" in page
    assert f'value="{zip_code}"' in page


def test_who_lives_in_another_state_is_told_who_serves_it_there(client):
    in_texas = at_home(client, home="elsewhere", zip_code="79901")
    in_mississippi = at_home(client, home="elsewhere", zip_code="39201")
    in_new_mexico = at_home(client, MS, home="elsewhere", zip_code="87501")

    assert "No program here serves that state. The health department there" in in_texas
    assert f'href="{address(MS)}"' in in_mississippi
    assert f'href="{address(NM)}"' in in_new_mexico


def test_without_a_zip_code_the_way_leads_to_the_finder(client):
    assert "Find out which program serves it" in at_home(client, home="elsewhere", zip_code="")


def test_a_zip_code_of_this_state_and_no_home_in_it_do_not_go_together(client):
    page = at_home(client, home="elsewhere", zip_code="87501")

    assert "ZIP code 87501 is in New Mexico. Check it, or choose “Yes”." in page


@pytest.mark.parametrize("zip_code", ["00000", "8750", "letters"])
def test_a_zip_code_that_is_none_is_a_sentence_at_the_field(client, zip_code):
    page = at_home(client, home="stays", zip_code=zip_code)

    assert "ZIP code" in page.partition("data-error-summary")[2]
    assert f'value="{zip_code}"' in page


@pytest.mark.parametrize(("zip_code", "state"), [("87501", "NM"), ("79901", None), ("", None)])
def test_a_zip_code_helps_who_is_not_sure_of_the_state_and_refuses_nobody(zip_code, state):
    told = {"home": {"home": "unsure", "zip_code": zip_code}}
    asked = screening.Screening(NM, told, DAY)

    assert asked.facts["residence"]["state"] == state
    assert "not_available" not in asked.outcomes().values()
    assert bool(asked.who_serves) == (zip_code == "79901")


def test_who_lives_in_another_state_is_not_led_into_an_application(client):
    page = at_home(client, home="elsewhere", zip_code="79901")

    assert "with-answers" not in page
    assert "Will you move to New Mexico?" in page
