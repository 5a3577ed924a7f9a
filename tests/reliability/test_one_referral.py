"""Of a page sent by several clicks at once there is one referral; of one child, one that is worked on."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

from cms_portal.work.models import Task
from intake.models import Referral
from intake.referral_states import ReferralStatus
from tests.factories import CountyFactory, OfficeFactory, StaffFactory
from tests.intake.referring import REFER, refer, typed
from tests.reliability.at_once import AT_ONCE, in_threads, sends, token_of

pytestmark = pytest.mark.django_db(transaction=True)
_KEY = re.compile(r'name="start_key" value="([\w-]+)"')


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def county():
    county = CountyFactory()
    office = OfficeFactory(region=county.region, county=county)
    StaffFactory(role="intake-worker", office=office)
    return county


def test_one_page_sent_at_once_is_one_referral(county):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(REFER)
    key = _KEY.search(page.content.decode())[1]
    answers = sends(
        browser, REFER, typed(county, start_key=key) | token_of(page), times=2 * AT_ONCE
    )

    number = Referral.objects.get().number
    assert {one.status_code for one in answers} == {200}
    assert all(number in one.content.decode() for one in answers)
    assert Task.objects.count() == 1


def test_several_who_refer_one_child_at_once_are_joined(county):
    told = in_threads(lambda _n: refer(county), range(2 * AT_ONCE))

    main = Referral.objects.exclude(status=ReferralStatus.JOINED).get()
    assert {one.joined_to for one in Referral.objects.exclude(pk=main.pk)} == {main}
    assert len({one.number for one in told}) == 2 * AT_ONCE
