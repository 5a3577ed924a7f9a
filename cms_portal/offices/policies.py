"""Who keeps the offices of a program up to date."""

from __future__ import annotations

from django.db.models import Q

from cms_portal.access.policy import Policy
from cms_portal.access.roles import Permission, Scope
from cms_portal.offices.models import Closure, Office

OFFICES = Policy(Office, {Scope.PROGRAM: lambda reach: Q()}, view=Permission.OFFICE_EDIT)
CLOSURES = Policy(
    Closure,
    {Scope.PROGRAM: lambda reach: Q()},
    view=Permission.OFFICE_EDIT,
    program="office__program",
)
