"""The background job that writes a news item to its subscribers."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from cms_portal.accounts.actions import system_user
from cms_portal.welcome.models import NewsItem, Subscription


@task
def write_copies(item_id: int) -> None:
    """Write a copy to everybody who confirmed and has none yet; run again, it goes on where it stopped."""
    from cms_portal.welcome.actions import write_copy

    item, by = NewsItem.objects.get(pk=item_id), system_user()
    waiting = Subscription.objects.confirmed().filter(program=item.program)
    for subscription in waiting.exclude(copies__item=item).iterator():
        write_copy(item=item, subscription=subscription, by=by, at=timezone.now())
