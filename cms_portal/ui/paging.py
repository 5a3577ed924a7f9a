"""Long lists, page by page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator

# Of a page number; a longer one is no page.
MOST_DIGITS = 5


class Onward(Paginator):
    """Pages of rows that nobody counts: it takes longer than to read one page and see what follows."""

    def get_page(self, number: Any) -> Page:
        asked = str(number)
        is_number = asked.isdecimal() and len(asked) <= MOST_DIGITS
        place = max(int(asked), 1) if is_number else 1
        found = self._from(place) or self._from(place := 1)
        # As many as are known of: of a page that follows, one row.
        self.count = (place - 1) * self.per_page + len(found)
        return Page(found[: self.per_page], place, self)

    def _from(self, place: int) -> list[Any]:
        first = (place - 1) * self.per_page
        return list(self.object_list[first : first + self.per_page + 1])
