"""An office of Santa Fe with people in it, and a family of its county."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.access.conftest import one_world, world
from tests.factories import CountyFactory, FamilyFactory, OfficeFactory, RegionFactory, StaffFactory
from tests.factories.dates import NM

__all__ = ["one_world", "world"]


@pytest.fixture(autouse=True)
def quiet_logs() -> Iterator[None]:
    """A line for each of thousands of requests would be most of the work."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def office() -> Any:
    region = RegionFactory(program=NM)
    county = CountyFactory(program=NM, region=region)
    return OfficeFactory(program=NM, region=region, county=county)


@pytest.fixture
def ida(office: Any) -> Any:
    return StaffFactory(role="intake-worker", office=office, name="Ida Romero")


@pytest.fixture
def rosa(office: Any, ida: Any) -> Any:
    return FamilyFactory(household__county=office.county)


@pytest.fixture(autouse=True)
def files_of_this_test(settings: Any, tmp_path: Path) -> None:
    """Keep the files of each test in a folder of its own."""
    options = {"location": tmp_path / "files", "base_url": None}
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": options}
    }
