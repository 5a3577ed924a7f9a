"""How Django finds the signed-in account of a session."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from cms_portal.accounts.models import User
from cms_portal.database.prepared import prepared


class AccountBackend(ModelBackend):
    """Finds accounts for sessions. Nobody gets in by a user name and password alone.

    Signing in goes through `cms_portal.accounts.stages`, which ask for two proofs.
    """

    def authenticate(self, request: Any, **credentials: Any) -> None:  # type: ignore[override]
        return None

    def get_user(self, user_id: int) -> User | None:
        """Return the account of a session, or None if it is closed or gone."""
        user = next(iter(_account(user_id)), None)
        return user if self.user_can_authenticate(user) else None


@prepared
def _account(key: Any) -> QuerySet:
    return User.objects.filter(pk=key)
