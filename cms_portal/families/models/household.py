"""Homes: who lives there, where they are, and how to reach the adults."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.database.names import Plain
from cms_portal.families.models.authority import Authority, Block
from cms_portal.families.models.periods import DatedQuerySet, ends_after_it_starts, never_twice
from cms_portal.families.models.words import Channel, InterpreterMode, Language, WrittenLanguage

if TYPE_CHECKING:
    from cms_portal.families.models.child import Child

USER = "accounts.User"


class Household(models.Model):
    """People who live and budget together, and what they tell us; another home of a child never sees it."""

    program = programs.field()
    county = models.ForeignKey(
        "offices.County",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="households",
        verbose_name=_("county"),
    )
    # Somebody here may be in danger if the address is known: only a substitute address is kept in use.
    address_is_confidential = models.BooleanField(_("address is confidential"), default=False)
    # A state or tribal agency placed the child here: where it is, is known to the agency and to us.
    is_placement = models.BooleanField(_("the child is placed here"), default=False)
    opened_at = models.DateTimeField(auto_now_add=True)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("household")

    def __str__(self) -> str:
        return f"household {self.pk}"


class AddressKind(models.TextChoices):
    HOME = "home", _("Home address")
    MAILING = "mailing", _("Mailing address")
    SUBSTITUTE = "substitute", _("Substitute address")


# A placement shows no address; a confidential household only its substitute one.
NOT_HIDDEN = Q(household__is_placement=False) & (
    Q(household__address_is_confidential=False) | Q(kind=AddressKind.SUBSTITUTE)
)


class AddressQuerySet(DatedQuerySet):
    def not_hidden(self) -> Self:
        """Keep the addresses that whoever serves the household may read."""
        return self.filter(NOT_HIDDEN)


class Address(models.Model):
    """Where a household lives or gets mail. The home of a confidential household is never asked for."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="addresses")
    kind = models.CharField(_("kind"), max_length=10, choices=AddressKind)
    street = models.CharField(_("street or PO box"), max_length=150, blank=True)
    unit = models.CharField(_("apartment or unit"), max_length=60, blank=True)
    city = models.CharField(_("city or town"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    zip_code = models.CharField(_("ZIP code"), max_length=10, blank=True)
    directions = models.CharField(_("how to find it"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = AddressQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("address")
        constraints = [
            ends_after_it_starts("address_ends_after_it_starts"),
            never_twice("one_address_of_a_kind_at_a_time", "household", "kind"),
        ]
        indexes = [models.Index(Plain("street"), name="address_by_plain_street")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.household}"

    @property
    def lines(self) -> list[str]:
        place = " ".join(filter(None, [self.city and f"{self.city},", self.state, self.zip_code]))
        return [line for line in [" ".join(filter(None, [self.street, self.unit])), place] if line]


class HouseholdMembership(models.Model):
    """A child lives, all or part of the time, in a household."""

    child = models.ForeignKey(
        "families.Child", on_delete=models.PROTECT, related_name="memberships"
    )
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("home of the child")
        constraints = [
            ends_after_it_starts("membership_ends_after_it_starts"),
            never_twice("once_in_a_household_at_a_time", "child", "household"),
        ]

    def __str__(self) -> str:
        return f"{self.child} in {self.household}"


class GuardianQuerySet(TrackedQuerySet):
    def at_home(self, on: date) -> Self:
        """Keep the adults who have not moved out of their household by a day."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=on))

    def told_about(self, child: Child, on: date) -> Self:
        """Keep the adults who may see a child on a day and whom no block keeps away."""
        seeing = Authority.objects.on(on).filter(guardian=OuterRef("pk"), child=child, may_see=True)
        kept_away = Block.objects.on(on).filter(
            Q(guardian=OuterRef("pk"))
            | Q(user=OuterRef("user"))
            | Q(guardian__user=OuterRef("user")),
            child=child,
        )
        return self.at_home(on).filter(Exists(seeing), ~Exists(kept_away))


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
    spoken_language = models.CharField(
        _("spoken language"), max_length=8, choices=Language, default=Language.ENGLISH
    )
    written_language = models.CharField(
        _("language of letters"),
        max_length=2,
        choices=WrittenLanguage,
        default=WrittenLanguage.ENGLISH,
    )
    interpreter_language = models.CharField(
        _("interpreter’s language"), max_length=8, choices=Language, blank=True
    )
    interpreter_mode = models.CharField(
        _("how the interpreter joins"), max_length=10, choices=InterpreterMode, blank=True
    )
    preferred_channel = models.CharField(
        _("how to reach you"), max_length=10, choices=Channel, default=Channel.LETTER
    )
    safe_to_text = models.BooleanField(_("text messages are safe"), default=False)
    safe_to_leave_voicemail = models.BooleanField(_("voicemail is safe"), default=False)
    safe_to_mail = models.BooleanField(_("letters are safe"), default=True)
    best_time_to_call = models.CharField(_("best time to call"), max_length=100, blank=True)
    plain_letters = models.BooleanField(_("letters name no illness"), default=False)
    # Agreed to by the adult, and taken back on any day: then paper comes again.
    online_only = models.BooleanField(_("letters online only"), default=False)

    left_on = models.DateField(_("moved out on"), null=True, blank=True)

    objects = GuardianQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("guardian")
        constraints = [
            models.UniqueConstraint(fields=["household", "user"], name="once_in_a_household"),
            models.CheckConstraint(
                condition=Q(interpreter_mode="") | ~Q(interpreter_language=""),
                name="interpreter_mode_with_a_language",
            ),
        ]
        indexes = [models.Index(fields=["phone"], name="guardian_by_phone")]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def needs_interpreter(self) -> bool:
        return bool(self.interpreter_language)
