"""Where a program is."""

from __future__ import annotations

from typing import Any, TypeVar

import factory
from django.db import models

from cms_portal.audit.tracking import save_tracked
from cms_portal.offices.models import County, Office, Region
from tests.factories.accounts import the_portal
from tests.factories.dates import NM

M = TypeVar("M", bound=models.Model)


def _saved(model: type[M]) -> Any:
    """Return a way to make one row of the program's own tables, as the loading of its data does."""

    def make(**facts: Any) -> M:
        return save_tracked(model(**facts), by=the_portal(), reason="loaded")

    return make


class RegionFactory(factory.Factory):
    class Meta:
        model = _saved(Region)

    program = NM
    slug = factory.Sequence("region-{}".format)
    name = factory.Sequence("Region {}".format)


class CountyFactory(factory.Factory):
    class Meta:
        model = _saved(County)

    program = NM
    fips = factory.Sequence("{:05}".format)
    name = factory.Sequence("County {}".format)
    region = factory.SubFactory(RegionFactory, program=factory.SelfAttribute("..program"))


class OfficeFactory(factory.Factory):
    """An office with its county and region; give it a `region` to put two in one."""

    class Meta:
        model = _saved(Office)

    program = NM
    slug = factory.Sequence("office-{}".format)
    name = factory.Sequence("Office {}".format)
    city = "Santa Fe"
    phone = "+15055550100"
    region = factory.SubFactory(RegionFactory, program=factory.SelfAttribute("..program"))
    county = factory.SubFactory(
        CountyFactory,
        program=factory.SelfAttribute("..program"),
        region=factory.SelfAttribute("..region"),
    )
