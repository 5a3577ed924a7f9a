"""A file is seen by nobody before it is checked, and never again as it came."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from cms_portal.documents.models import FileState, RefusalReason
from tests.documents.files import pdf, photo

pytestmark = pytest.mark.django_db


def test_a_photo_becomes_available(give):
    file = give(photo()).files.get()
    assert (file.state, file.content_type, file.scanned_at) == (
        FileState.AVAILABLE,
        "image/jpeg",
        None,
    )
    with default_storage.open(file.stored_as) as kept:
        assert Image.open(kept).size == (640, 480)


def test_a_pdf_becomes_available(give):
    file = give(pdf()).files.get()
    assert (file.state, file.content_type) == (FileState.AVAILABLE, "application/pdf")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7 and nothing else", RefusalReason.UNREADABLE),
        (pdf(password="secret"), RefusalReason.LOCKED),
        (pdf(javascript="app.alert(1)"), RefusalReason.ACTIVE),
        (b"plain words", RefusalReason.WRONG_TYPE),
    ],
)
def test_what_is_not_a_paper_is_refused_with_a_reason(give, content, reason):
    file = give(content).files.get()
    assert (file.state, file.refused_because) == (FileState.REFUSED, reason)
    assert not default_storage.exists(file.stored_as)
