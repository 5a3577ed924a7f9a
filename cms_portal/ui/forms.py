"""The forms every page is made of."""

from typing import Any, ClassVar, cast

from django import forms
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cms_portal.accounts import unsent
from cms_portal.ui import kindness


class PortalBoundField(forms.BoundField):
    """Shows what was typed, without the halves of characters that no page can hold.

    That is also what was typed before the session ended, when its page is opened again.
    """

    def value(self) -> Any:
        typed = _given_back_to(self.form)
        if typed is not None:
            return self.field.widget.value_from_datadict(typed, MultiValueDict(), self.html_name)
        value = super().value()
        return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _given_back_to(form: forms.BaseForm) -> QueryDict | None:
    """Return what was typed in this form before its page was drawn anew."""
    typed = None if form.is_bound else unsent.given_back()
    return typed if typed is not None and any(_has(typed, field) for field in form) else None


def _has(typed: QueryDict, field: forms.BoundField) -> bool:
    """Whether a posted form had this field, perhaps in parts."""
    return any(key == field.html_name or key.startswith(f"{field.html_name}_") for key in typed)


class _Kind:
    """Kind sentences, sane limits, and no validation by the browser in a language of its own."""

    bound_field_class: type[forms.BoundField] | None = PortalBoundField
    use_required_attribute = False

    page_question: ClassVar[str | None] = None
    """The field whose label is the heading of the page, for one question a page."""

    says_optional: ClassVar[bool] = True
    """Whether a question that may be left open says so; a row that may be left empty need not."""

    is_prepared: ClassVar[bool]

    base_fields: ClassVar[dict[str, Any]]
    # Each kind of field has settings of its own, which a form may change in its `__init__`.
    fields: dict[str, Any]

    why: ClassVar[dict[str, str | Promise]] = {}
    """Why we ask, by field: shown below the question, folded."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("label_suffix", "")
        self._prepare_class()
        super().__init__(*args, **kwargs)
        self._prepare()

    @property
    def is_given_back(self) -> bool:
        """Whether this form shows again what was typed in it before its page was drawn anew."""
        return _given_back_to(cast(forms.BaseForm, self)) is not None

    def full_clean(self) -> None:
        # Fields that a form adds after its own __init__ are prepared here.
        self._prepare()
        super().full_clean()  # type: ignore[misc]

    @classmethod
    def _prepare_class(cls) -> None:
        """Prepare the fields of which each form takes copies, before the first is made."""
        if "is_prepared" not in vars(cls):
            for name, field in cls.base_fields.items():
                kindness.prepare(name, field)
            cls.is_prepared = True

    def _prepare(self) -> None:
        for name, field in self.fields.items():
            kindness.prepare(name, field)


class PortalForm(_Kind, forms.Form):
    """A form as the portal draws it."""


class PortalModelForm(_Kind, forms.ModelForm):
    """A form over a model's columns, as the portal draws it; it never saves by itself."""


class PortalFormSet(BaseFormSet):
    """Several forms of one kind, with sentences for what was tampered with or too many."""

    default_error_messages = {
        "missing_management_form": _("Part of this page did not arrive. Send it again."),
        "too_many_forms": ngettext_lazy(
            "There can be at most %(num)d entry here.",
            "There can be at most %(num)d entries here.",
            "num",
        ),
        "too_few_forms": ngettext_lazy(
            "Please add at least %(num)d entry.", "Please add at least %(num)d entries.", "num"
        ),
    }
