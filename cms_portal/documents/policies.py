"""Who reaches a paper and its files."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from cms_portal.access.policy import Policy, Reach
from cms_portal.access.roles import Permission, Scope
from cms_portal.documents.models import Document, DocumentFile
from cms_portal.families.policies import between_us_and_a_household, blocked

DOCUMENTS = Policy(
    Document,
    between_us_and_a_household(),
    view=Permission.DOCUMENT_VIEW,
    never=blocked(),
)


def _once_open(given: Callable[[Reach], list[Q]]) -> Callable[[Reach], list[Q]]:
    """The files of papers that the family can open by now."""

    def is_open(reach: Reach) -> Q:
        return Q(document__opens_on__isnull=True) | Q(document__opens_on__lte=reach.on)

    return lambda reach: [way & is_open(reach) for way in given(reach)]


_GIVEN = between_us_and_a_household("document__")
FILES = Policy(
    DocumentFile,
    {**_GIVEN, Scope.HOUSEHOLD: _once_open(_GIVEN[Scope.HOUSEHOLD])},
    view=Permission.DOCUMENT_VIEW,
    program="document__program",
    never=blocked("document__child"),
)
