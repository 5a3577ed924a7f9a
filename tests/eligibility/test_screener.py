"""Could my child get help? Few questions, only those that can still matter, and nothing kept."""

import re
from datetime import date

import pytest
from django.core import signing
from django.urls import reverse

from cms_portal.database.evidence import watched_tables
from eligibility import screening
from eligibility.diagnosis_codes import plain
from eligibility.models import DiagnosisCode

DAY = date(2026, 11, 21)
NM, MS = "nm-cms", "ms-cmp"
ASTHMA_IN_SANTA_FE = {
    "born": {"date_of_birth": "2015-03-01"},
    "home": {"home": "stays"},
    "condition": {"text": "asthma", "status": "confirmed"},
    "which": {"code": "J45"},
    "doctor": {"has_primary_care_provider": "yes"},
    "medicaid": {"medicaid": "denied"},
    "money": {"size": 4, "amount": "2500.00", "period": "monthly"},
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def codes():
    names = {"J45": "Asthma", "G40": "Epilepsy and recurrent seizures"}
    DiagnosisCode.objects.bulk_create(
        DiagnosisCode(code=code, name=name, plain=plain(name), release="test")
        for code, name in names.items()
    )


def asked_of(told: dict[str, dict], program: str = NM) -> list[str]:
    """Return the questions that somebody with these answers is asked, in order."""
    now = screening.begin(program, DAY)
    asked = []
    while (question := now.next_question()) is not None:
        asked.append(question.key)
        now = now.with_answer(question, told[question.key])
    return asked


def outcomes(told: dict[str, dict], program: str = NM) -> dict[str, str]:
    now = screening.begin(program, DAY)
    while (question := now.next_question()) is not None:
        now = now.with_answer(question, told[question.key])
    return {key: one.outcome.value for key, one in now.recommendation.services.items()}


def address(program: str = NM) -> str:
    return reverse("eligibility:screener", args=[program])


def token_on(page) -> str:
    return re.search(r'name="answers" value="([^"]*)"', page.content.decode())[1]


def test_a_family_in_santa_fe_is_asked_at_most_eight_questions():
    asked = asked_of(ASTHMA_IN_SANTA_FE | {"pool": {"insurance_pool": "none"}})

    assert asked[:7] == ["born", "home", "condition", "which", "doctor", "medicaid", "money"]
    assert len(asked) <= screening.MOST_QUESTIONS


def test_the_answers_lead_to_the_services():
    found = outcomes(ASTHMA_IN_SANTA_FE | {"pool": {"insurance_pool": "none"}})

    assert found["care_coordination"] == "available"
    assert found["medical_payment"] == "available"
    assert found["specialty_clinic"] == "available"
    assert found["insurance_pool_help"] == "needs_review"


def test_home_in_another_state_ends_the_questions():
    told = {"born": {"date_of_birth": "2015-03-01"}, "home": {"home": "elsewhere"}}

    assert asked_of(told) == ["born", "home"]


def test_over_income_asks_how_many_children_have_special_needs():
    rich = ASTHMA_IN_SANTA_FE | {
        "money": {"size": 4, "amount": "9000.00", "period": "monthly"},
        "others": {"children_with_special_needs": 2},
    }

    assert asked_of(rich | {"pool": {"insurance_pool": "none"}})[7] == "others"


def test_seizure_medicine_is_asked_of_epilepsy_alone():
    epilepsy = ASTHMA_IN_SANTA_FE | {
        "condition": {"text": "seizures", "status": "confirmed"},
        "which": {"code": "G40"},
        "seizure": {"on_seizure_medication": "yes"},
    }

    assert "seizure" in asked_of(epilepsy)
    assert "seizure" not in asked_of(ASTHMA_IN_SANTA_FE | {"pool": {"insurance_pool": "none"}})


def test_mississippi_never_asks_about_money():
    told = {
        "born": {"date_of_birth": "2015-03-01"},
        "home": {"home": "stays"},
        "condition": {"text": "asthma", "status": "confirmed"},
        "which": {"code": "J45"},
        "medicaid": {"medicaid": "not_applied"},
        "insurance": {"private_insurance": "no"},
    }

    assert {"money", "pool", "others"}.isdisjoint(asked_of(told, MS))


def test_money_may_come_every_three_months():
    money = screening.question(NM, "money")
    sent = {"size": "4", "amount": "3,000", "period": "quarterly"}
    form = screening.begin(NM, DAY).form(money, sent)

    assert form.is_valid(), form.errors
    now = screening.begin(NM, DAY).with_answer(money, form.cleaned_data)
    assert now.facts["income"] == [{"amount": "3000.00", "period": "quarterly"}]


def test_a_question_is_asked_only_while_it_can_change_an_answer():
    """Whatever it is answered, a question that is skipped leaves every service as it was."""
    now = screening.begin(NM, DAY)
    told = ASTHMA_IN_SANTA_FE | {"medicaid": {"medicaid": "enrolled"}}
    while (question := now.next_question()) is not None:
        now = now.with_answer(question, told[question.key])

    assert "money" not in now.answers
    before = {key: one.outcome for key, one in now.recommendation.services.items()}
    money = screening.question(NM, "money")
    for amount in ("0", "2500", "90000"):
        after = now.with_answer(money, {"size": 4, "amount": amount, "period": "annual"})
        assert {k: one.outcome for k, one in after.recommendation.services.items()} == before


def test_a_child_born_tomorrow_is_asked_about_again(client):
    page = client.post(
        address(),
        {
            "answers": token_on(client.get(address())),
            "question": "born",
            "date_of_birth_month": "1",
            "date_of_birth_day": "2",
            "date_of_birth_year": "2199",
        },
    )

    assert page.status_code == 422
    assert "2199" in page.content.decode()
    assert "cannot be after" in page.content.decode()


@pytest.mark.parametrize("size", ["0", "41", "-3", "four"])
def test_a_household_of_no_size_is_a_sentence_at_the_field(client, size):
    before = screening.Screening(
        NM, {k: v for k, v in ASTHMA_IN_SANTA_FE.items() if k != "money"}, DAY
    )

    page = client.post(
        address(),
        {"answers": before.token, "question": "money", "size": size, "amount": "-5"},
    )

    assert page.status_code == 422
    assert f'value="{size}"' in page.content.decode()
    assert "without a minus sign" in page.content.decode()


def test_answers_we_did_not_sign_begin_anew(client):
    forged = signing.dumps({"home": {"home": "stays"}}, salt="another")

    page = client.post(address(), {"answers": forged, "question": "condition"})

    assert "we begin again" in page.content.decode()
    assert 'name="question" value="born"' in page.content.decode()


def test_what_was_answered_about_one_state_says_nothing_of_another():
    here = screening.Screening(NM, {"home": {"home": "stays"}}, DAY)

    with pytest.raises(signing.BadSignature):
        screening.resume(MS, here.token, DAY)


def test_back_shows_the_last_answer_again(client):
    told = screening.Screening(NM, {"born": ASTHMA_IN_SANTA_FE["born"]}, DAY)

    page = client.post(address(), {"answers": told.token, "back": "1"}).content.decode()

    assert 'name="question" value="born"' in page
    assert 'value="2015"' in page


def test_a_way_through_ends_in_services_with_reasons(client):
    told = screening.Screening(NM, ASTHMA_IN_SANTA_FE, DAY)
    sent = {"answers": told.token, "question": "pool", "insurance_pool": "none"}

    page = client.post(address(), sent)

    words = page.content.decode()
    assert page.status_code == 200
    assert "What your child may get" in words
    assert "Care coordination" in words
    assert "Pay stubs" in words
    assert "no-store" in page.headers["Cache-Control"]


def test_nothing_is_stored(client):
    from django.db import connection

    def rows() -> dict[str, int]:
        with connection.cursor() as cursor:
            counted = {}
            for table in watched_tables():
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                counted[table] = cursor.fetchone()[0]
        return counted

    before = rows()
    told = screening.Screening(NM, ASTHMA_IN_SANTA_FE, DAY)
    client.post(address(), {"answers": told.token, "question": "pool", "insurance_pool": "none"})

    assert rows() == before
    assert not client.session.keys()


def test_beside_a_no_only_what_is_refused_is_said():
    elsewhere = done(
        ASTHMA_IN_SANTA_FE
        | {"home": {"home": "elsewhere"}, "doctor": {"has_primary_care_provider": "unsure"}}
    )
    told = {service.name: service for service in elsewhere.service_answers()}

    assert told["Specialty clinics"].reasons == [
        "Home is in another state. This program serves New Mexico."
    ]


def test_help_for_another_age_stands_apart():
    told = {service.name: service for service in done(ASTHMA_IN_SANTA_FE).service_answers()}

    assert not told["Newborn hearing follow-up"].is_for_this_age
    assert not told["Care for adults with cystic fibrosis"].is_for_this_age
    assert told["Care coordination"].is_for_this_age


def done(told: dict[str, dict]) -> screening.Screening:
    return screening.Screening(NM, told, DAY)
