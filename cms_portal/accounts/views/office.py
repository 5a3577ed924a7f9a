"""At an office: helping a family sign in, with an account and a card."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage, OwnPage, PermittedPage
from cms_portal.accounts import actions, cards, letters
from cms_portal.accounts.forms.office import FindForm, GuardianForm, NewPersonForm
from cms_portal.accounts.models import PaperCard, User
from cms_portal.accounts.policies import CARDS
from cms_portal.families import actions as families
from cms_portal.families.models import Guardian
from cms_portal.families.policies import GUARDIANS
from cms_portal.offices.models import Office

MOST_SHOWN = 25


def offices_of(user: User) -> list[Office]:
    """Return the offices at which this staff member may give cards today."""
    grants = [grant for grant, _ in user.grants_for(Permission.ACCOUNT_HELP)]
    within = Q(pk__in=[grant.office_id for grant in grants if grant.office_id])
    for grant in grants:
        if grant.office_id is None:
            here = Q(program=grant.program)
            within |= here & Q(region=grant.region_id) if grant.region_id else here
    return list(Office.objects.open_to_families().filter(within))


class Help(PermittedPage):
    """Find a guardian, or begin with a family that has no record yet."""

    permission = Permission.ACCOUNT_HELP
    template_name = "accounts/office/help.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Search; a name stays out of the address, and so out of every log."""
        form = FindForm(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        return self.answer(form=form, found=self.find(form.cleaned_data["name"]))

    def page(self, **more: Any) -> dict[str, Any]:
        return {
            "form": FindForm(),
            "found": None,
            "cards": CARDS.rows(self.request.user, self.permission)
            .filter(ended_at__isnull=True)
            .select_related("user", "office")
            .order_by("-issued_at")[:MOST_SHOWN],
        } | more

    def find(self, name: str) -> list[Any]:
        full_name = Concat("first_name", Value(" "), "last_name")
        rows = GUARDIANS.rows(self.request.user, self.permission)
        return list(
            rows.alias(full_name=full_name)
            .filter(full_name__icontains=name)
            .select_related("user", "household__county")
            .order_by("last_name", "first_name", "pk")[:MOST_SHOWN]
        )


class NewPerson(PermittedPage):
    """Open an account for somebody at the counter who has neither phone nor email."""

    permission = Permission.ACCOUNT_HELP
    template_name = "accounts/office/new_person.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(form=NewPersonForm(offices=offices_of(request.user)))  # type: ignore[arg-type]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = NewPersonForm(request.POST, offices=offices_of(request.user))  # type: ignore[arg-type]
        if not form.is_valid():
            return self.answer(status=422, form=form)
        given = form.cleaned_data
        person = actions.open_family_account(
            name=given["name"],
            language=given["language"],
            by=request.user,  # type: ignore[arg-type]
        )
        return give_card(request, person, given)


class _CardForm(FormPage):
    """A new card for one account."""

    permission = Permission.ACCOUNT_HELP
    form_class = GuardianForm
    child_of = ""
    template_name = "accounts/office/card.html"

    @property
    def person(self) -> User | None:
        raise AssertionError(f"{type(self).__name__} says whose card it is")

    def note_who_looked(self) -> None:
        """The page is about a grown person's means of signing in, not about a child."""

    def form_arguments(self) -> dict[str, Any]:
        return {
            "offices": offices_of(self.request.user),  # type: ignore[arg-type]
            "has_pin": self.person is not None and self.person.has_pin,
        }

    def page(self, **more: Any) -> dict[str, Any]:
        card = PaperCard.objects.active().filter(user=self.person).first() if self.person else None
        return {"person": self.person, "card": card} | more


class CardForGuardian(_CardForm):
    """An account, if there is none, and a card for a guardian of a family we serve."""

    policy = GUARDIANS

    def rows(self) -> Any:
        return self.policy.model.objects.select_related("user", "household")

    @property
    def person(self) -> User | None:
        return self.object.user

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(name=str(self.object), **more)

    def act(self, form: GuardianForm) -> HttpResponse:
        person = self.person or self.open_account()
        return give_card(self.request, person, form.cleaned_data)

    def open_account(self) -> User:
        by: User = self.request.user  # type: ignore[assignment]
        # Sent twice at once: the second finds the account that the first opened.
        guardian = Guardian.objects.select_for_update().get(pk=self.object.pk)
        if guardian.user is not None:
            return guardian.user
        person = actions.open_family_account(
            name=str(guardian), language=guardian.written_language, by=by
        )
        families.change_guardian(guardian=guardian, by=by, reason="account linked", user=person)
        return person


class CardAgain(_CardForm):
    """A new card in place of one that this office gave."""

    policy = CARDS

    def rows(self) -> Any:
        return PaperCard.objects.active().select_related("user", "office")

    @property
    def person(self) -> User:
        return self.object.user

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(name=str(self.person), **more)

    def act(self, form: GuardianForm) -> HttpResponse:
        return give_card(self.request, self.person, form.cleaned_data)


class CardToPrint(OwnPage):
    """The card just made, ready to print; gone after ten minutes."""

    template_name = "accounts/office/printed_card.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        printed = cards.card_to_print(request.session)
        if printed is None or printed.card.issued_by_id != request.user.pk:
            return self.answer(printed=None, status=410)
        program = programs.get(printed.card.program) if printed.card.program else None
        request.program = program  # type: ignore[attr-defined]
        return self.answer(printed=printed, codes=_in_groups(printed.codes))


def give_card(request: HttpRequest, person: User, given: dict[str, Any]) -> HttpResponse:
    office: Office = given["office"]
    printed = cards.give_card(
        user=person,
        office=office,
        identified_by=given["identified_by"],
        note=given["note"],
        pin_is_forgotten=given.get("pin_is_forgotten", False),
        by=request.user,  # type: ignore[arg-type]
        on=programs.get(office.program).today(),
        at=timezone.now(),
    )
    letters.tell(person, "card_given")
    cards.show_once(request.session, printed)
    return redirect("account_card_to_print")


def _in_groups(codes: list[str]) -> list[list[str]]:
    return [[digits[:4], digits[4:8], digits[8:]] for digits in codes]
