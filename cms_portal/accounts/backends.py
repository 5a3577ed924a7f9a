"""How Django finds the signed-in account of a session."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend


class AccountBackend(ModelBackend):
    """Finds accounts for sessions. Nobody gets in by a user name and password alone.

    Signing in goes through `cms_portal.accounts.stages`, which ask for two proofs.
    """

    def authenticate(self, request: Any, **credentials: Any) -> None:  # type: ignore[override]
        return None
