"""Who reaches a paper and its files."""

from __future__ import annotations

from cms_portal.access.policy import Policy
from cms_portal.access.roles import Permission
from cms_portal.documents.models import Document, DocumentFile
from cms_portal.families.policies import between_us_and_a_household, blocked

DOCUMENTS = Policy(
    Document,
    between_us_and_a_household(),
    view=Permission.DOCUMENT_VIEW,
    never=blocked(),
)

FILES = Policy(
    DocumentFile,
    between_us_and_a_household("document__"),
    view=Permission.DOCUMENT_VIEW,
    program="document__program",
    never=blocked("document__child"),
)
