"""Two people, or two tabs, on one page: the second is told who changed what, and nothing is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from intake.actions import applications
from intake.journeys.filling import fill, rows, rows_again
from intake.models import Application, ReportedCondition
from tests.access.answers import form_fields
from tests.factories import UserFactory
from tests.factories.applications import answer, start
from tests.factories.dates import today

ASTHMA = {"text": "asthma", "status": "reported"}
ECZEMA = {"text": "eczema", "status": "reported"}


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def application(rosa):
    return answer(start(rosa))


@pytest.fixture
def hal(application, rosa):
    """A helper with a browser of their own."""
    user = UserFactory(name="Hal Vigil")
    applications.let_help(application=application, helper=user, on=today(), by=rosa.user)
    return user


def url_of(application, key="household"):
    return reverse("intake:step", args=[application.number, key])


def opened(browser, url):
    """Return what a page sends if nothing is typed on it."""
    return form_fields(browser.get(url))


def test_the_second_saver_is_told_by_whom_and_sees_both(application, rosa, hal):
    hers, his = browser_of(rosa.user), browser_of(hal)
    url = url_of(application)
    on_his = opened(his, url)
    hers.post(url, opened(hers, url) | {"household_size": "6"})

    page = his.post(url, on_his | {"household_size": "5"})

    text = page.content.decode()
    assert page.status_code == 422
    assert f"{rosa.user.name} changed this page at" in text
    assert "<strong>6</strong>" in text and 'value="5"' in text
    application.assessment.refresh_from_db()
    assert application.assessment.household_size == 6


def test_after_having_seen_both_the_second_saver_may_keep_theirs(application, rosa, hal):
    hers, his = browser_of(rosa.user), browser_of(hal)
    url = url_of(application)
    on_his = opened(his, url) | {"household_size": "5"}
    hers.post(url, opened(hers, url) | {"household_size": "6"})
    told = form_fields(his.post(url, on_his))

    page = his.post(url, told)

    assert page.status_code == 302
    application.assessment.refresh_from_db()
    assert application.assessment.household_size == 5


def test_a_third_change_after_the_telling_is_told_again(application, rosa, hal):
    hers, his = browser_of(rosa.user), browser_of(hal)
    url = url_of(application)
    on_his = opened(his, url) | {"household_size": "5"}
    hers.post(url, opened(hers, url) | {"household_size": "6"})
    told = form_fields(his.post(url, on_his))
    hers.post(url, opened(hers, url) | {"household_size": "7"})

    page = his.post(url, told)

    assert page.status_code == 422
    assert "<strong>7</strong>" in page.content.decode()


def test_ones_own_other_tab_is_called_so(application, rosa):
    browser = browser_of(rosa.user)
    url = url_of(application)
    older = opened(browser, url) | {"household_size": "5"}
    browser.post(url, opened(browser, url) | {"household_size": "6"})

    text = browser.post(url, older).content.decode()

    assert "You changed this page in another window at" in text


def test_two_who_say_the_same_are_not_bothered(application, rosa, hal):
    hers, his = browser_of(rosa.user), browser_of(hal)
    url = url_of(application)
    same = {"household_size": "6", "children_with_special_needs": "1"}
    on_his = opened(his, url) | same
    hers.post(url, opened(hers, url) | same)

    assert his.post(url, on_his).status_code == 302


def test_two_who_answer_different_pages_are_not_bothered(application, rosa, hal):
    hers, his = browser_of(rosa.user), browser_of(hal)
    on_his = opened(his, url_of(application))
    hers.post(url_of(application, "about"), {"strengths": "Sings."})

    page = his.post(url_of(application), on_his | {"household_size": "6"})

    assert page.status_code == 302


def test_a_phone_changed_on_another_childs_application_is_not_taken_back(application, rosa, hal):
    his, url = browser_of(hal), url_of(application, "contact")
    on_his = opened(his, url) | {"preferred_channel": "letter"}
    guardian = rosa.guardian
    guardian.refresh_from_db()
    applications.families.change_guardian(
        guardian=guardian, by=rosa.user, reason="a new phone", phone="+15055550199"
    )

    page = his.post(url, on_his)

    assert page.status_code == 422
    assert "Somebody changed this page since you opened it." in page.content.decode()
    assert "(505) 555-0199" in page.content.decode()


def test_rows_are_found_again_by_key_wherever_they_stand(application, rosa):
    fill(
        application,
        {"conditions": rows_again(application, "conditions", ASTHMA, ECZEMA)},
        by=rosa.user,
    )
    first, second = application.assessment.conditions.order_by("pk")
    swapped = rows("conditions", {"text": "dry skin", **{"status": "reported"}}, ASTHMA) | {
        "conditions-INITIAL_FORMS": 2,
        "conditions-0-row": str(second.pk),
        "conditions-1-row": str(first.pk),
    }

    browser_of(rosa.user).post(url_of(application, "conditions"), swapped)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.text, second.text) == ("asthma", "dry skin")


def test_a_row_of_another_application_is_never_written_on(application, rosa, mississippi):
    other = answer(start(mississippi[0])).assessment.conditions.get()
    foreign = rows("conditions", {"text": "stolen", "status": "reported"}) | {
        "conditions-INITIAL_FORMS": 1,
        "conditions-0-row": str(other.pk),
    }

    browser_of(rosa.user).post(url_of(application, "conditions"), foreign)

    other.refresh_from_db()
    assert other.text == "asthma"


def test_a_row_changed_after_another_was_taken_off_is_told_and_kept(application, rosa, hal):
    fill(
        application,
        {"conditions": rows_again(application, "conditions", ASTHMA, ECZEMA)},
        by=rosa.user,
    )
    his, url = browser_of(hal), url_of(application, "conditions")
    on_his = opened(his, url) | {"conditions-1-text": "dry skin"}
    off = rows_again(application, "conditions", ASTHMA | {"is_withdrawn": "on"}, ECZEMA)
    fill(application, {"conditions": off}, by=rosa.user)

    page = his.post(url, on_his)

    assert page.status_code == 422
    assert "Condition 1 <strong>eczema" in page.content.decode()
    assert 'value="dry skin"' in page.content.decode()
    assert ReportedCondition.objects.filter(text="eczema").exists()


def test_nobody_signs_an_answer_they_have_not_read(application, rosa, hal):
    hers = browser_of(rosa.user)
    signed = opened(hers, reverse("intake:check", args=[application.number]))
    fill(application, {"about": {"strengths": "Sings."}}, by=hal)

    page = hers.post(
        reverse("intake:submit", args=[application.number]),
        signed | {"name": "Rosa Baca", "agrees": "on"},
    )

    assert page.status_code == 422
    assert "Somebody changed an answer since you opened this page" in page.content.decode()
    assert Application.objects.get().is_draft
