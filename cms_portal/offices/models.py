"""Where a program is: its regions, counties and offices, and when an office is open."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet


def in_active_language(row: models.Model, field: str) -> str:
    """Return a text of a row in Spanish if the page is, and the row has it; else in English."""
    spanish = getattr(row, f"{field}_es") if get_language() == "es" else ""
    return str(spanish or getattr(row, field))


class Region(models.Model):
    """A program's own division of its state."""

    program = programs.field()
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    name_es = models.CharField(max_length=80, blank=True)
    basis = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=500, blank=True)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "slug"], name="one_region_per_slug")
        ]

    def __str__(self) -> str:
        return in_active_language(self, "name")


class County(models.Model):
    """A county of a program's state, with the region that serves it."""

    program = programs.field()
    fips = models.CharField(max_length=5)
    name = models.CharField(max_length=80)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="counties")
    # "source" when a document names the region, "inferred" when only general knowledge does.
    region_basis = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=500, blank=True)

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
        """Keep the offices where a family can reach the program itself."""
        return self.filter(serves_program=True, is_administrative=False)

    def not_confirmed(self) -> OfficeQuerySet:
        """Keep the public health offices where the program may or may not be."""
        return self.filter(serves_program=False)

    def serving(self, county: County) -> OfficeQuerySet:
        """Put the county's own office first, then one of its region, then the program's central one."""
        is_local = Q(is_central=False, is_administrative=False)
        return self.filter(program=county.program, serves_program=True).order_by(
            models.Case(
                models.When(is_local & Q(county=county), then=0),
                models.When(county=county, is_central=True, then=1),
                models.When(is_local & Q(region=county.region_id), then=2),
                models.When(is_central=True, then=3),
                models.When(is_administrative=False, then=4),
                default=5,
            ),
            "pk",
        )


class Office(models.Model):
    """A place where families reach a program. A blank is unknown, never guessed."""

    program = programs.field()
    slug = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=150)
    street = models.CharField(_("street"), max_length=150, blank=True)
    city = models.CharField(_("city or town"), max_length=80, blank=True)
    zip_code = models.CharField(_("ZIP code"), max_length=10, blank=True)
    county = models.ForeignKey(
        County, null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="offices"
    )
    phone = PhoneNumberField(_("phone"), blank=True)
    # False: a public health office where nobody has confirmed that the program is.
    serves_program = models.BooleanField(default=True)
    is_central = models.BooleanField(default=False)
    # Runs a region; no source says that it receives families.
    is_administrative = models.BooleanField(default=False)
    by_appointment_only = models.BooleanField(_("by appointment only"), default=False)
    # Codes of `families.Language` that somebody at the counter speaks, besides English.
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    access = models.CharField(_("getting in"), max_length=300, blank=True)
    access_es = models.CharField(_("getting in, in Spanish"), max_length=300, blank=True)
    note = models.CharField(_("note for families"), max_length=300, blank=True)
    note_es = models.CharField(_("note for families, in Spanish"), max_length=300, blank=True)
    as_of = models.CharField(max_length=10, blank=True)
    # What is doubtful about the source; for staff.
    caveat = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=500, blank=True)

    objects = OfficeQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["program", "slug"], name="one_office_per_slug")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def note_for_families(self) -> str:
        return in_active_language(self, "note")

    @property
    def access_for_families(self) -> str:
        return in_active_language(self, "access")


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

    @property
    def reason_for_families(self) -> str:
        return in_active_language(self, "reason")
