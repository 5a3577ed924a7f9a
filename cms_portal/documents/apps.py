from typing import Any

from django.apps import AppConfig
from django.db.models import Count
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "cms_portal.documents"

    def ready(self) -> None:
        from cms_portal.families.comparing import count_for_comparison

        count_for_comparison(_("Papers"), _papers)


def _papers(children: list[int]) -> dict[int, int]:
    from cms_portal.documents.models import Document

    kept: Any = Document.objects.kept().filter(child__in=children).values_list("child")
    return dict(kept.annotate(Count("pk")))
