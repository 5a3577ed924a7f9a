"""Where a program is: its regions, counties and offices, and when an office is open."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet


class Region(models.Model):
    """A program's own division of its state."""

    program = programs.field()
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "slug"], name="one_region_per_slug")
        ]

    def __str__(self) -> str:
        return self.name


class County(models.Model):
    """A county of a program's state, with the region that serves it."""

    program = programs.field()
    fips = models.CharField(max_length=5)
    name = models.CharField(max_length=80)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="counties")
    region_basis = models.CharField(max_length=20, blank=True)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["program", "fips"], name="one_county_per_fips")
        ]

    def __str__(self) -> str:
        return self.name


class OfficeQuerySet(TrackedQuerySet):
    def open_to_families(self) -> OfficeQuerySet:
        """Keep the offices where the program itself is known to be."""
        return self.filter(serves_program=True)

    def serving(self, county: County) -> OfficeQuerySet:
        """Put the county's own office first, then those of its region, then the program's central one."""
        return self.filter(program=county.program, serves_program=True).order_by(
            models.Case(
                models.When(county=county, then=0),
                models.When(region=county.region, then=1),
                models.When(is_central=True, then=2),
                default=3,
            ),
            "pk",
        )


class Office(models.Model):
    """A place, or a telephone line, where families reach a program. A blank is unknown, never guessed."""

    program = programs.field()
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=150)
    street = models.CharField(max_length=150, blank=True)
    city = models.CharField(max_length=80, blank=True)
    zip_code = models.CharField(max_length=10, blank=True)
    county = models.ForeignKey(
        County, null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    phone = PhoneNumberField(blank=True)
    serves_program = models.BooleanField(default=True)
    is_central = models.BooleanField(default=False)
    by_appointment_only = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=500, blank=True)
    as_of = models.CharField(max_length=10, blank=True)

    objects = OfficeQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["program", "slug"], name="one_office_per_slug")
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """One stretch of one weekday in which an office is open; no row means not known."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens_at = models.TimeField()
    closes_at = models.TimeField()

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="office_closes_after_it_opens"
            ),
            models.UniqueConstraint(
                fields=["office", "weekday", "opens_at"], name="one_opening_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class Closure(models.Model):
    """Days on which an office is closed, with the reason as families read it."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="closures")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=150)
    reason_es = models.CharField(max_length=150, blank=True)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="closure_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.starts_on}"
