"""The dense page: the family's own steps, all on one page, for a worker on the telephone."""

import uuid

import pytest
from django.urls import reverse

from cms_portal.audit.tracking import save_tracked
from cms_portal.journeys.answers import as_sent
from intake.journeys import journey_of
from intake.journeys.filling import fill, rows
from intake.models import Application, Status
from tests.factories import AssignmentFactory, StaffFactory
from tests.factories.applications import all_pages, answer, start
from tests.factories.dates import NM

NO_ROWS = {
    "conditions-TOTAL_FORMS": "0",
    "conditions-INITIAL_FORMS": "0",
    "income-TOTAL_FORMS": "0",
    "income-INITIAL_FORMS": "0",
}
EPILEPSY = {"text": "epilepsy", "status": "reported"}


@pytest.fixture
def taken(ida, signed_in):
    """An application that Ida opened for a caller."""
    page = signed_in(ida).post(
        reverse("intake:take", args=[NM]),
        {
            "channel": "phone",
            "guardian_first_name": "Berta",
            "guardian_last_name": "Luna",
            "phone": "505-555-0188",
            "spoken_language": "nv",
            "written_language": "en",
            "first_name": "Sol",
            "last_name": "Luna",
            "date_of_birth_month": "5",
            "date_of_birth_day": "4",
            "date_of_birth_year": "2016",
            "relation": "parent",
            "start_key": uuid.uuid4(),
        },
    )
    assert page.status_code == 302, page.content.decode()
    return Application.objects.get(child__first_name="Sol")


def sent_pages(application):
    """Every step's answers under the names of the dense page."""
    data = {}
    for key, page in all_pages(application, medicaid={"medicaid": "not_applied"}).items():
        is_rows = any(name.endswith("TOTAL_FORMS") for name in page)
        data |= page if is_rows else {f"{key}-{name}": value for name, value in page.items()}
    return data


def shown_on(page, step="household"):
    """Return what the dense page says it showed of one step."""
    return next(str(one["shown"]) for one in page.context["sections"] if one["step"].key == step)


def test_a_worker_of_another_program_cannot_take_one_here(mississippi, signed_in):
    _family, office = mississippi
    lena = StaffFactory(role="regional-coordinator", region=office.region)

    assert signed_in(lena).get(reverse("intake:take", args=[NM])).status_code == 404


def test_a_draft_that_a_family_has_not_sent_is_not_shown_to_staff(rosa, ida, signed_in):
    draft = start(rosa)

    assert signed_in(ida).get(reverse("intake:phone", args=[draft.number])).status_code == 404


def test_the_callers_application_stands_in_the_offices_queue(taken, office, signed_in):
    nora = StaffFactory(role="intake-worker", office=office)

    assert taken.number in signed_in(nora).get(reverse("intake:queue")).content.decode()


def test_every_step_of_the_family_is_on_the_page(taken, ida, signed_in):
    page = signed_in(ida).get(reverse("intake:phone", args=[taken.number])).content.decode()

    for step in journey_of(NM).for_subject(taken):
        assert f'id="section-{step.key}"' in page


def test_what_is_right_is_kept_when_something_else_is_wrong(taken, office, ida, signed_in):
    taken.household.refresh_from_db()
    page = signed_in(ida).post(
        reverse("intake:phone", args=[taken.number]),
        {
            "residence-lives_in_state": "yes",
            "residence-intends_to_stay": "yes",
            "household-household_size": "forty",
        }
        | NO_ROWS,
    )

    assert page.status_code == 422
    assert 'value="forty"' in page.content.decode()
    taken.assessment.refresh_from_db()
    assert taken.assessment.lives_in_state is True


def test_what_somebody_else_wrote_meanwhile_is_shown_before_it_is_overwritten(
    taken, ida, sam, signed_in
):
    url = reverse("intake:phone", args=[taken.number])
    fill(taken, {"household": {"household_size": "3"}}, by=ida)
    shown = shown_on(signed_in(sam).get(url))
    fill(taken, {"household": {"household_size": "7"}}, by=ida)
    older = NO_ROWS | {"household-household_size": "4", "household-shown": shown}

    page = signed_in(sam).post(url, older)

    taken.assessment.refresh_from_db()
    assert page.status_code == 422
    assert taken.assessment.household_size == 7
    told = page.content.decode()
    assert "“People in your home”: Ida Romero changed this page at" in told
    assert "share money?: 7." in told or "share money? 7" in told
    assert 'value="4"' in page.content.decode()

    signed_in(sam).post(url, older | {"household-shown": shown_on(page)})
    taken.assessment.refresh_from_db()
    assert taken.assessment.household_size == 4


def test_the_whole_application_is_taken_and_sent_on_one_page(taken, office, ida, signed_in):
    data = sent_pages(taken) | {
        "address-county": office.county_id,
        "sign-name": "Berta Luna",
        "sign-agrees": "on",
        "send": "1",
    }

    page = signed_in(ida).post(reverse("intake:phone", args=[taken.number]), data)

    taken.refresh_from_db()
    assert page.status_code == 302, page.content.decode()[:3000]
    assert taken.status == Status.SUBMITTED
    assert taken.signature.way == "spoken"
    assert taken.signature.kept_by == ida


def told(family, **changed):
    born = family.child.date_of_birth
    return {
        "channel": "phone",
        "guardian_first_name": "Berta",
        "guardian_last_name": "Luna",
        "spoken_language": "en",
        "written_language": "en",
        "first_name": family.child.first_name,
        "last_name": family.child.last_name.upper(),
        "date_of_birth_month": born.month,
        "date_of_birth_day": born.day,
        "date_of_birth_year": born.year,
        "relation": "parent",
        "start_key": uuid.uuid4(),
    } | changed


def test_a_child_of_another_office_is_not_offered(rosa, ida, signed_in):
    signed_in(ida).post(reverse("intake:take", args=[NM]), told(rosa))

    assert Application.objects.exclude(child=rosa.child).exists()


def test_a_known_child_is_offered_instead_of_a_second_record(rosa, office, ida, signed_in):
    AssignmentFactory(child=rosa.child, household=rosa.household, office=office)

    page = signed_in(ida).post(reverse("intake:take", args=[NM]), told(rosa))

    assert not Application.objects.exists()
    assert reverse("intake:take_for_known", args=[rosa.child.pk]) in page.content.decode()


@pytest.mark.parametrize(
    "misheard",
    [{"date_of_birth_year": 2014}, {"first_name": "Mateu"}, {"last_name": "Bacca"}],
    ids=["birth date", "first name", "last name"],
)
def test_one_thing_misheard_does_not_hide_a_known_child(rosa, office, ida, signed_in, misheard):
    AssignmentFactory(child=rosa.child, household=rosa.household, office=office)

    page = signed_in(ida).post(reverse("intake:take", args=[NM]), told(rosa, **misheard))

    assert not Application.objects.exists()
    assert reverse("intake:take_for_known", args=[rosa.child.pk]) in page.content.decode()


def test_two_things_otherwise_are_another_child(rosa, office, ida, signed_in):
    AssignmentFactory(child=rosa.child, household=rosa.household, office=office)
    other = {"date_of_birth_year": 2014, "first_name": "Olga"}

    signed_in(ida).post(reverse("intake:take", args=[NM]), told(rosa, **other))

    assert Application.objects.exclude(child=rosa.child).exists()


def test_an_accent_left_out_does_not_hide_a_known_child(rosa, office, ida, signed_in):
    AssignmentFactory(child=rosa.child, household=rosa.household, office=office)
    rosa.child.last_name = "Chávez"
    save_tracked(rosa.child, by=ida, reason="married name")

    page = signed_in(ida).post(
        reverse("intake:take", args=[NM]), told(rosa, last_name="Chavez", first_name="Olga")
    )

    assert reverse("intake:take_for_known", args=[rosa.child.pk]) in page.content.decode()


def test_another_child_with_the_same_name_gets_a_record(rosa, office, ida, signed_in):
    AssignmentFactory(child=rosa.child, household=rosa.household, office=office)

    signed_in(ida).post(reverse("intake:take", args=[NM]), told(rosa, another="1"))

    assert Application.objects.exclude(child=rosa.child).exists()


def test_a_family_goes_on_by_phone_with_what_it_began_online(rosa, office, ida, signed_in):
    draft = start(rosa)
    AssignmentFactory(child=rosa.child, household=rosa.household, office=office)

    page = signed_in(ida).post(
        reverse("intake:take_for_known", args=[rosa.child.pk]), {"household": rosa.household.pk}
    )

    draft.refresh_from_db()
    assert page.headers["Location"] == reverse("intake:phone", args=[draft.number])
    assert draft.channel == "phone"


def test_a_home_that_is_not_the_childs_is_refused(rosa, office, ida, signed_in):
    AssignmentFactory(child=rosa.child, household=rosa.household, office=office)

    page = signed_in(ida).post(
        reverse("intake:take_for_known", args=[rosa.child.pk]), {"household": "999999"}
    )

    assert page.status_code == 404


def test_a_worker_can_send_what_a_paper_confirmed(taken, office, ida, signed_in):
    data = sent_pages(taken) | {"address-county": office.county.pk}
    data |= {"conditions-0-icd10": "J45.40", "conditions-0-status": "confirmed"}
    data |= {"send": "1", "sign-name": "Berta Luna", "sign-agrees": "on"}

    page = signed_in(ida).post(reverse("intake:phone", args=[taken.number]), data)

    assert page.headers["Location"] == reverse("intake:review", args=[taken.number])


def test_a_code_written_beside_epilepsy_leaves_what_the_family_said_of_medicine(rosa, ida):
    application = answer(start(rosa), conditions=rows("conditions", EPILEPSY))
    fill(application, {"seizure-medicine": {"on_seizure_medication": "yes"}}, by=rosa.user)
    shown = as_sent(journey_of(NM).steps["conditions"].form(application, for_staff=True))

    fill(application, {"conditions": shown | {"conditions-0-icd10": "G40.909"}}, by=ida)

    row = application.assessment.conditions.get()
    assert (row.icd10, row.on_seizure_medication) == ("G40.909", True)
