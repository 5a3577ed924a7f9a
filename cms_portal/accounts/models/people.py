"""People who sign in, and what each may do, where, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from cms_portal import programs
from cms_portal.access.roles import ROLES, Permission, Scope
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.database.prepared import prepared


class UserKind(models.TextChoices):
    FAMILY = "family", _("Family")
    STAFF = "staff", _("Staff")
    SYSTEM = "system", _("The portal itself")


class UserManager(BaseUserManager.from_queryset(TrackedQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in, or the portal acting by a command.

    `password` holds the PIN of a family's account and the password of a staff account.
    """

    # Sign-ins are rows of their own; an account does not change because somebody used it.
    last_login = None

    username = models.CharField(_("user name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("email"), null=True, blank=True)
    phone = PhoneNumberField(_("phone"), null=True, blank=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=UserKind, default=UserKind.FAMILY)
    language = models.CharField(_("language"), max_length=2, blank=True)
    is_active = models.BooleanField(default=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    history = History(excluded_fields=["password"])

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
            models.UniqueConstraint(fields=["phone"], name="one_account_per_phone"),
            models.UniqueConstraint(Lower("username"), name="one_account_per_user_name"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="account_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def is_staff_member(self) -> bool:
        return self.kind == UserKind.STAFF

    @property
    def is_family(self) -> bool:
        return self.kind == UserKind.FAMILY

    @property
    def has_pin(self) -> bool:
        """Whether the person chose a PIN; an account made at an office has none until its first use."""
        return self.has_usable_password()

    def check_password(self, raw_password: str | None) -> bool:
        """Say whether this is the PIN or password; unlike Django's own, never saves a stronger hash."""
        return check_password(raw_password, self.password)

    def may_sign_in(self, on: date) -> bool:
        """Say whether the account is open on a day; the end date itself is the first day without it."""
        return (
            self.is_active
            and self.kind != UserKind.SYSTEM
            and (self.starts_on is None or self.starts_on <= on)
            and (self.ends_on is None or on < self.ends_on)
        )

    @cached_property
    def grants(self) -> list[RoleGrant]:
        """The role grants in force today, read once for each request."""
        return [grant for grant in _grants_of(self.pk) if grant.is_in_force]

    def grants_for(self, permission: Permission) -> Iterable[tuple[RoleGrant, Scope]]:
        """Yield each grant that carries a permission, with how far it reaches."""
        for grant in self.grants:
            for scope in ROLES[grant.role].scopes_of(permission):
                yield grant, scope

    def programs(self) -> list[str]:
        """Return the codes of the programs this staff member works for today."""
        return sorted({grant.program for grant in self.grants})


@prepared
def _grants_of(user: Any) -> models.QuerySet:
    return RoleGrant.objects.filter(user=user).select_related("office", "region").order_by("pk")


class RoleGrantQuerySet(TrackedQuerySet):
    def current(self) -> RoleGrantQuerySet:
        """Keep the grants in force today, by each program's own date, of people who work here still."""
        in_force = Q(pk__in=[])
        for program in programs.all_programs():
            today = program.today()
            in_force |= (
                Q(program=program.code, starts_on__lte=today)
                & (Q(ends_on__isnull=True) | Q(ends_on__gt=today))
                & (Q(user__starts_on__isnull=True) | Q(user__starts_on__lte=today))
                & (Q(user__ends_on__isnull=True) | Q(user__ends_on__gt=today))
            )
        return self.filter(in_force, user__is_active=True)


def role_choices() -> list[tuple[str, Any]]:
    return [(slug, role.name) for slug, role in ROLES.items()]


class RoleGrant(models.Model):
    """One person has one role in one program, perhaps in one office or region, from a day until a day."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=30, choices=role_choices)
    program = programs.field()
    office = models.ForeignKey("offices.Office", null=True, blank=True, on_delete=models.PROTECT)
    region = models.ForeignKey("offices.Region", null=True, blank=True, on_delete=models.PROTECT)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = RoleGrantQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="role_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}, {self.program}"

    @property
    def is_in_force(self) -> bool:
        """Whether it holds today, by its program's own date."""
        today = programs.get(self.program).today()
        return self.starts_on <= today and (self.ends_on is None or today < self.ends_on)
