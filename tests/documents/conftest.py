"""A family that gives us papers, and a storage that is swept away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cms_portal.documents import actions
from cms_portal.documents.models import Document, DocumentKind
from tests.documents.files import photo, upload
from tests.factories import Family, FamilyFactory


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path):
    """Keep the files of each test in a folder of its own."""
    options = {"location": tmp_path / "files", "base_url": None}
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": options}
    }
    return tmp_path / "files"


@pytest.fixture
def family():
    return FamilyFactory()


@pytest.fixture
def give(family, django_capture_on_commit_callbacks) -> Callable[..., Document]:
    """Give us a paper in one or more files, and let the checks run unless told to wait."""

    def receive(
        *contents: bytes, of: Family | None = None, child: object = ..., check: bool = True
    ) -> Document:
        giver = of or family
        with django_capture_on_commit_callbacks(execute=check):
            return actions.add_document(
                program=giver.household.program,
                household=giver.household,
                child=giver.child if child is ... else child,
                kind=DocumentKind.INCOME,
                files=[upload(content) for content in contents or (photo(),)],
                by=giver.user,
            )

    return receive
