"""Services that end on a birthday: which, and for whom."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format

from cms_portal.notifications.wording import Health, health
from intake.cases import service_cases
from intake.models import EnrolledService, Enrollment
from intake.notices import age_limits, name_to_tell


def ending_by_age(enrollment: Enrollment) -> list[EnrolledService]:
    """Return the services of an enrollment whose end is the birthday that their rules set."""
    on_a_birthday = [
        row for row in enrollment.services.all() if _is_birthday(enrollment, row.ends_on)
    ]
    if not on_a_birthday:
        return []
    application = enrollment.application
    limits = {case.key: age_limits(application, case) for case in service_cases(application)}
    return [row for row in on_a_birthday if row.ends_on in limits.get(row.service, [])]


def _is_birthday(enrollment: Enrollment, day: date) -> bool:
    child = enrollment.child
    return day == child.birthday(day.year - child.date_of_birth.year)


def ends_by_age(enrollment: Enrollment) -> bool:
    """Say whether the whole enrollment ends on such a birthday, so that nobody can renew it."""
    if not _is_birthday(enrollment, enrollment.ends_on):
        return False
    return any(row.ends_on == enrollment.ends_on for row in ending_by_age(enrollment))


def lines_of(enrollment: Enrollment) -> dict[str, list[str]]:
    """Return the names of what ends by age with its last day, and of what goes on, as a letter says it."""
    ending = ending_by_age(enrollment)
    gone = {row.pk for row in ending}
    return {
        "ending": [_with_day(name_to_tell(enrollment.program, row.service), row) for row in ending],
        "going_on": [
            name_to_tell(enrollment.program, row.service)
            for row in enrollment.services.all()
            if row.pk not in gone and row.ends_on > ending[0].ends_on
        ]
        if ending
        else [],
    }


def _with_day(name: str, row: EnrolledService) -> str:
    line = f"{name}: {date_format(row.last_day, 'DATE_FORMAT')}"
    return health(line) if isinstance(name, Health) else line
