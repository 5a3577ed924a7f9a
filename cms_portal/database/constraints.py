"""What the database itself refuses, whoever writes."""

from __future__ import annotations

from django.db.models import CheckConstraint, Q


def by_somebody(noun: str, verb: str) -> CheckConstraint:
    """Return a constraint: the moment `verb`_at and the person `verb`_by are known together, or neither."""
    moment, person = f"{verb}_at__isnull", f"{verb}_by__isnull"
    return CheckConstraint(
        condition=Q(**{moment: True, person: True}) | Q(**{moment: False, person: False}),
        name=f"{noun}_{verb}_by_somebody",
    )
