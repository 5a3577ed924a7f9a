"""What people type to sign in, to open an account, and to choose a PIN."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms_portal.accounts import identifiers
from cms_portal.accounts.identifiers import Identifier, Kind
from cms_portal.accounts.models import Channel, User, UserKind
from cms_portal.accounts.validators import LONGEST
from cms_portal.ui.forms import PortalForm

NOT_AN_ADDRESS = _(
    "Write an email address like name@example.com, or a phone number with its area code."
)
PHONE_CHANNELS = [(Channel.TEXT, _("Text message")), (Channel.VOICE, _("Phone call"))]


def pin_field(label: Any, *, is_new: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(
            {"autocomplete": "new-password" if is_new else "current-password"}
        ),
    )


def code_field(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "usa-input--code"}
        ),
    )


class PhoneChannelField(forms.ChoiceField):
    """How a code comes to a phone; a text message where nobody says."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any):
        super().__init__(choices=PHONE_CHANNELS, initial=Channel.TEXT, **options)

    def clean(self, value: Any) -> Any:
        return super().clean(value or Channel.TEXT)


class NamesAccountForm(PortalForm):
    """Asks for an email address, a phone number or a user name."""

    identifier = forms.CharField(max_length=254)
    channel = PhoneChannelField(label=_("If it is a phone number, how should the code come?"))

    def clean_identifier(self) -> Identifier:
        return identifiers.read(self.cleaned_data["identifier"])


class SignInForm(NamesAccountForm):
    identifier = forms.CharField(
        label=_("Email, phone number or user name"),
        max_length=254,
        widget=forms.TextInput({"spellcheck": "false"}),
    )
    is_shared_computer = forms.BooleanField(
        label=_("This is a shared computer"),
        help_text=_("At a library, at work, or at a friend’s. We sign you out sooner."),
        required=False,
    )


class ResetForm(NamesAccountForm):
    identifier = forms.CharField(
        label=_("Email, phone number or user name of your account"),
        max_length=254,
        widget=forms.TextInput({"spellcheck": "false"}),
    )


class SignUpForm(NamesAccountForm):
    """A new account begins with an address that can be written to."""

    identifier = forms.CharField(
        label=_("Your email address or phone number"),
        help_text=_("We send a code there. Pick one that only you can read."),
        max_length=254,
        widget=forms.TextInput({"spellcheck": "false"}),
    )

    def clean_identifier(self) -> Identifier:
        identifier = super().clean_identifier()
        if identifier.kind == Kind.EMAIL:
            forms.EmailField(error_messages={"invalid": NOT_AN_ADDRESS}).clean(identifier.value)
        elif identifier.kind == Kind.USER_NAME:
            raise ValidationError(NOT_AN_ADDRESS, code="invalid")
        return identifier


class CodeForm(PortalForm):
    page_question = "code"

    code = code_field(_("What is your code?"))


class PinForm(PortalForm):
    page_question = "pin"

    pin = pin_field(_("What is your PIN?"))


class NewPinForm(PortalForm):
    """A PIN or password, typed twice."""

    pin = pin_field(
        _("New PIN"),
        is_new=True,
        help_text=_("6 to 12 digits, no birthdays. Or a sentence of 12 letters or more."),
    )
    pin_again = pin_field(_("The same PIN again"), is_new=True)

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user or User(kind=UserKind.FAMILY)
        if self.user.is_staff_member:
            self.fields["pin"].label = _("New password")
            self.fields["pin"].help_text = _("At least 12 characters.")
            self.fields["pin_again"].label = _("The same password again")

    def clean_pin(self) -> str:
        pin = self.cleaned_data["pin"]
        validate_password(pin, self.user)
        return pin

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "pin" in given and given.get("pin_again") not in (None, given["pin"]):
            self.add_error("pin_again", _("This is not the same. Type both again."))
        return given


class PersonForm(NewPinForm):
    """The last page of opening an account."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("First and last name, as we should call you."),
    )
    field_order = ["name", "pin", "pin_again"]


class StaffSignInForm(PortalForm):
    identifier = forms.CharField(
        label=_("User name or email"),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "username", "spellcheck": "false"}),
    )
    password = pin_field(_("Password"))
    is_shared_computer = forms.BooleanField(label=_("This is a shared computer"), required=False)

    def clean_identifier(self) -> Identifier:
        return identifiers.read(self.cleaned_data["identifier"])
