"""Children, the households they live in, and what each adult may do for them, from a day until a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet

if TYPE_CHECKING:
    from cms_portal.access.policy import Reach
    from cms_portal.accounts.models import User

USER = "accounts.User"


class Period(Func):
    """The half-open range of days [starts_on, ends_on) of a dated row; an empty end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


def period() -> Period:
    return Period("starts_on", "ends_on", RangeBoundary())


def never_twice(name: str, *columns: str, condition: Q | None = None) -> ExclusionConstraint:
    """Return a constraint: no two rows with equal `columns` share a day."""
    return ExclusionConstraint(
        name=name,
        expressions=[(period(), RangeOperators.OVERLAPS)]
        + [(column, RangeOperators.EQUAL) for column in columns],
        condition=condition,
    )


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name=name
    )


class DatedQuerySet(TrackedQuerySet):
    """Rows that hold from `starts_on` until the day before `ends_on`."""

    def on(self, day: date) -> Self:
        return self.filter(in_force(day))


def in_force(day: date, path: str = "") -> Q:
    """Return the condition that a dated row, perhaps at the end of a path, holds on a day."""
    return Q(**{f"{path}starts_on__lte": day}) & (
        Q(**{f"{path}ends_on__isnull": True}) | Q(**{f"{path}ends_on__gt": day})
    )


class Language(models.TextChoices):
    """Languages people speak with us; written notices exist in English and Spanish."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    NAVAJO = "nv", _("Diné (Navajo)")
    KERES = "kee", _("Keres")
    TEWA = "tew", _("Tewa")
    TIWA = "twf", _("Tiwa")
    TOWA = "tow", _("Towa (Jemez)")
    ZUNI = "zun", _("Zuni")
    APACHE = "apm", _("Apache")
    ASL = "ase", _("American Sign Language")
    CHOCTAW = "cho", _("Choctaw")
    VIETNAMESE = "vi", _("Vietnamese")
    CHINESE = "zh", _("Chinese")
    ARABIC = "ar", _("Arabic")
    FRENCH = "fr", _("French")
    GERMAN = "de", _("German")
    KOREAN = "ko", _("Korean")
    TAGALOG = "tl", _("Tagalog")
    RUSSIAN = "ru", _("Russian")
    HINDI = "hi", _("Hindi")
    JAPANESE = "ja", _("Japanese")
    OTHER = "other", _("Another language")


class WrittenLanguage(models.TextChoices):
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")


class InterpreterMode(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Another answer")


class ChildQuerySet(TrackedQuerySet):
    def seen_by_family(self, reach: Reach) -> ChildQuerySet:
        """Keep the children for whom this person's authority carries the right the permission needs."""
        return self.filter(
            pk__in=Authority.objects.on(reach.on)
            .giving(reach.permission)
            .filter(guardian__user=reach.user)
            .values("child")
        )

    def blocked_for(self, user: User) -> ChildQuerySet:
        return self.filter(pk__in=Block.objects.in_force_for(user).values("child"))

    def served(self, reach: Reach, **by: object) -> ChildQuerySet:
        """Keep the children whose assignment in force on the day matches `by` (worker, office or region)."""
        return self.filter(
            pk__in=Assignment.objects.on(reach.on)
            .filter(program=reach.program, **by)
            .values("child")
        )


class Child(models.Model):
    """One child or youth in one program's record. An adult with cystic fibrosis is one, too."""

    program = programs.field()
    first_name = models.CharField(_("first name"), max_length=80)
    middle_name = models.CharField(_("middle name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    preferred_name = models.CharField(_("name used at home"), max_length=80, blank=True)
    date_of_birth = models.DateField(_("date of birth"))
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, blank=True)
    # Optional, and never proof of anything.
    race = models.CharField(_("race"), max_length=200, blank=True)
    ethnicity = models.CharField(_("ethnicity"), max_length=100, blank=True)
    tribe = models.CharField(_("tribe, nation or pueblo"), max_length=100, blank=True)
    died_on = models.DateField(null=True, blank=True)

    objects = ChildQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(died_on__gte=F("date_of_birth")),
                name="child_died_after_birth",
            )
        ]
        indexes = [models.Index(fields=["program", "last_name"], name="child_by_name")]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name to use in a sentence."""
        return self.preferred_name or self.first_name

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, [self.first_name, self.middle_name, self.last_name]))

    def birthday(self, age: int) -> date:
        """Return the day this child turns `age`; born on 29 February means 1 March in other years."""
        try:
            return self.date_of_birth.replace(year=self.date_of_birth.year + age)
        except ValueError:
            return date(self.date_of_birth.year + age, 3, 1)

    def age_on(self, day: date) -> int:
        age = day.year - self.date_of_birth.year
        return age if self.birthday(age) <= day else age - 1


class Household(models.Model):
    """People who live and budget together, and what they tell us; another home of a child never sees it."""

    program = programs.field()
    county = models.ForeignKey(
        "offices.County", null=True, blank=True, on_delete=models.PROTECT, related_name="households"
    )
    # Somebody here may be in danger if the address is known: only a substitute address is kept in use.
    address_is_confidential = models.BooleanField(default=False)
    is_placement = models.BooleanField(default=False)
    opened_at = models.DateTimeField(auto_now_add=True)

    objects = TrackedQuerySet.as_manager()
    history = History()

    def __str__(self) -> str:
        return f"household {self.pk}"


class AddressKind(models.TextChoices):
    HOME = "home", _("Home address")
    MAILING = "mailing", _("Mailing address")
    SUBSTITUTE = "substitute", _("Substitute address")


class Address(models.Model):
    """Where a household lives or gets mail. The home of a confidential household is never asked for."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="addresses")
    kind = models.CharField(max_length=10, choices=AddressKind)
    street = models.CharField(_("street or PO box"), max_length=150, blank=True)
    unit = models.CharField(_("apartment or unit"), max_length=60, blank=True)
    city = models.CharField(_("city or town"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    zip_code = models.CharField(_("ZIP code"), max_length=10, blank=True)
    directions = models.CharField(_("how to find it"), max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            ends_after_it_starts("address_ends_after_it_starts"),
            never_twice("one_address_of_a_kind_at_a_time", "household", "kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.household}"

    @property
    def lines(self) -> list[str]:
        place = " ".join(filter(None, [self.city and f"{self.city},", self.state, self.zip_code]))
        return [line for line in [" ".join(filter(None, [self.street, self.unit])), place] if line]


class HouseholdMembership(models.Model):
    """A child lives, all or part of the time, in a household."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="memberships")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            ends_after_it_starts("membership_ends_after_it_starts"),
            never_twice("once_in_a_household_at_a_time", "child", "household"),
        ]

    def __str__(self) -> str:
        return f"{self.child} in {self.household}"


class Channel(models.TextChoices):
    EMAIL = "email", _("Email")
    TEXT = "text", _("Text message")
    LETTER = "letter", _("Letter")
    VOICE = "voice", _("Phone call")


class Guardian(models.Model):
    """An adult of a household who speaks for its children, or a youth who speaks for themselves."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="guardians")
    user = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="guardians"
    )
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    phone = PhoneNumberField(_("phone"), blank=True)
    email = models.EmailField(_("email"), blank=True)
    spoken_language = models.CharField(max_length=8, choices=Language, default=Language.ENGLISH)
    written_language = models.CharField(
        max_length=2, choices=WrittenLanguage, default=WrittenLanguage.ENGLISH
    )
    interpreter_language = models.CharField(max_length=8, choices=Language, blank=True)
    interpreter_mode = models.CharField(max_length=10, choices=InterpreterMode, blank=True)
    preferred_channel = models.CharField(max_length=10, choices=Channel, default=Channel.LETTER)
    safe_to_text = models.BooleanField(default=False)
    safe_to_leave_voicemail = models.BooleanField(default=False)
    safe_to_mail = models.BooleanField(default=True)
    best_time_to_call = models.CharField(max_length=100, blank=True)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "user"], name="once_in_a_household")
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def needs_interpreter(self) -> bool:
        return bool(self.interpreter_language)


class AuthorityKind(models.TextChoices):
    PARENT = "parent", _("Parent")
    JOINT_CUSTODY = "joint_custody", _("Parent with joint custody")
    COURT_GUARDIAN = "court_guardian", _("Guardian by court order")
    KINSHIP_GUARDIAN = "kinship_guardian", _("Kinship guardian")
    CAREGIVER_AFFIDAVIT = "caregiver_affidavit", _("Relative with a caregiver's affidavit")
    POWER_OF_ATTORNEY = "power_of_attorney", _("Power of attorney")
    RELATIVE_WITHOUT_PAPERS = "relative", _("Relative without papers yet")
    STATE_CUSTODY = "state_custody", _("State agency with custody")
    TRIBAL_CUSTODY = "tribal_custody", _("Tribal agency with custody")
    RESOURCE_PARENT = "resource_parent", _("Resource (foster) parent")
    TEEN_PARENT = "teen_parent", _("Teen parent")
    YOUTH = "youth", _("The youth")
    OWN_APPLICANT = "own_applicant", _("Adult applying for themselves")
    BY_YOUTHS_GRANT = "youths_grant", _("Adult whom the youth lets in")


class AuthorityQuerySet(DatedQuerySet):
    def giving(self, permission: str) -> AuthorityQuerySet:
        """Keep the rows whose rights carry this permission; one that needs no right needs any row."""
        from cms_portal.families.rights import RIGHT_FOR

        return self.filter(**{RIGHT_FOR[permission]: True})


class Authority(models.Model):
    """What one adult may do for one child, by which paper, from a day until a day."""

    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="authorities")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="authorities")
    kind = models.CharField(max_length=20, choices=AuthorityKind)
    may_see = models.BooleanField(default=False)
    may_apply = models.BooleanField(default=False)
    may_sign = models.BooleanField(default=False)
    may_agree = models.BooleanField(default=False)
    may_see_sensitive = models.BooleanField(default=False)
    paper = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paper_ends_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = AuthorityQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name_plural = "authorities"
        constraints = [
            ends_after_it_starts("authority_ends_after_it_starts"),
            never_twice("one_authority_at_a_time", "guardian", "child"),
        ]

    def __str__(self) -> str:
        return f"{self.guardian}, {self.get_kind_display()} of {self.child}"


class BlockQuerySet(DatedQuerySet):
    def in_force_for(self, user: User) -> BlockQuerySet:
        """Keep the blocks against this person, by each program's own date."""
        in_force_today = Q(pk__in=[])
        for program in programs.all_programs():
            in_force_today |= Q(child__program=program.code) & in_force(program.today())
        return self.filter(in_force_today, user=user)


class Block(models.Model):
    """Somebody is kept away from a child's record, whatever any other row says."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="blocks")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="blocks")
    paper = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = BlockQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            ends_after_it_starts("block_ends_after_it_starts"),
            never_twice("one_block_at_a_time", "child", "user"),
        ]

    def __str__(self) -> str:
        return f"block {self.pk}"


class AssignmentKind(models.TextChoices):
    INTAKE = "intake", _("Intake")
    PRIMARY = "primary", _("Care coordinator")
    COVER = "cover", _("Covering")


class Assignment(models.Model):
    """Which office, and which worker there, serves a child, from a day until a day, and why."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="assignments")
    program = programs.field()
    office = models.ForeignKey(
        "offices.Office", on_delete=models.PROTECT, related_name="assignments"
    )
    worker = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    kind = models.CharField(max_length=10, choices=AssignmentKind)
    reason = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            ends_after_it_starts("assignment_ends_after_it_starts"),
            never_twice("one_intake_office_at_a_time", "child", condition=Q(kind="intake")),
            never_twice("one_primary_worker_at_a_time", "child", condition=Q(kind="primary")),
        ]
        indexes = [
            models.Index(fields=["worker", "child"], name="assignment_of_worker"),
            models.Index(fields=["office", "child"], name="assignment_of_office"),
        ]

    def __str__(self) -> str:
        return f"{self.child}: {self.office}"
