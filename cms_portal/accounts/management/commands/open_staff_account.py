"""Opens an account for a staff member, or gives one who has an account another role."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cms_portal import programs
from cms_portal.access.roles import ROLES, Scope
from cms_portal.accounts import actions
from cms_portal.accounts.models import User, UserKind
from cms_portal.offices.models import Office, Region


class Command(BaseCommand):
    help = "Open a staff account with a role in one program; asks for a first password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", help="as families read it; needed for a new account")
        parser.add_argument("--email", help="for codes; nobody else may have it")
        parser.add_argument("--role", required=True, choices=ROLES)
        parser.add_argument(
            "--program",
            required=True,
            choices=[program.code for program in programs.all_programs()],
        )
        parser.add_argument("--office", help="its short name (slug), for a role in an office")
        parser.add_argument("--region", help="its short name (slug), for a role in a region")
        parser.add_argument("--from", dest="starts_on", type=date.fromisoformat, help="today")
        parser.add_argument("--until", dest="ends_on", type=date.fromisoformat)

    @transaction.atomic
    def handle(self, *args: Any, username: str, **given: Any) -> None:
        """Leave nothing behind when any part is wrong."""
        try:
            place, starts_on = _place(given), _first_day(given)
            user = User.objects.filter(username=username).first() or self._open(username, given)
            if not user.is_staff_member:
                raise CommandError(f"{username} is no staff account.")
            actions.grant_role(
                user=user,
                role=given["role"],
                program=given["program"],
                starts_on=starts_on,
                ends_on=given["ends_on"],
                by=actions.system_user(),
                **place,
            )
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        self.stdout.write(f"{user.name} is {given['role']} in {given['program']}.")

    def _open(self, username: str, given: dict[str, Any]) -> User:
        if not given["name"]:
            raise CommandError("A new account needs --name.")
        return actions.open_account(
            username=username,
            name=given["name"],
            email=given["email"],
            kind=UserKind.STAFF,
            language="en",
            password=_first_password(),
            by=actions.system_user(),
        )


def _place(given: dict[str, Any]) -> dict[str, Any]:
    """Return the office or region that the role is about; raise CommandError where none fits."""
    scopes = ROLES[given["role"]].rights
    if Scope.REGION in scopes:
        return {"region": _named(Region, given, "region")}
    if Scope.OFFICE in scopes or Scope.CASELOAD in scopes:
        return {"office": _named(Office, given, "office")}
    return {}


def _first_day(given: dict[str, Any]) -> date:
    starts_on: date = given["starts_on"] or programs.get(given["program"]).today()
    if given["ends_on"] and given["ends_on"] <= starts_on:
        raise CommandError("The role would end before it begins: look at --from and --until.")
    return starts_on


def _named(model: type[Office] | type[Region], given: dict[str, Any], what: str) -> Any:
    found = model.objects.filter(program=given["program"], slug=given[what] or "").first()
    if found is None:
        known = ", ".join(
            model.objects.filter(program=given["program"]).values_list("slug", flat=True)
        )
        raise CommandError(f"The role {given['role']} needs --{what}, one of: {known}.")
    return found


def _first_password() -> str:
    """Ask for a password that its owner changes; it never stands in a command line."""
    password = getpass("First password: ")
    if password != getpass("The same again: "):
        raise CommandError("The two passwords differ. No account was opened.")
    validate_password(password, User(kind=UserKind.STAFF))
    return password
