"""The parts drawn without a template escape what people typed, and look as their components say."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.utils import translation

from cms_portal.ui import drawing

TYPED = "<script>alert(1)</script>"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;"


def rows(*cells, **row):
    return str(drawing.table_rows([{"cells": list(cells), **row}]))


@pytest.mark.parametrize("place", ["text", "hint", "url"])
@pytest.mark.parametrize("before", [[], [{"text": "first"}]])
def test_what_was_typed_is_never_markup(place, before):
    cell = {"text": "words", place: TYPED}

    drawn = rows(*before, cell)

    assert SHOWN in drawn
    assert "<script>" not in drawn


def test_the_words_of_a_state_are_never_markup():
    assert SHOWN in rows({"text": TYPED, "state": "late"})
    assert "<script>" not in drawing.status_tag("late", TYPED)


def test_a_row_begins_with_its_heading():
    assert rows({"text": "Mateo", "url": "/x/"}, {"text": "2", "numeric": True}, urgent=True) == (
        '<tr class="is-urgent"><th scope="row"><a href="/x/">Mateo</a></th>'
        '<td class="numeric">2</td></tr>'
    )


def test_a_day_is_written_as_its_language_writes_it():
    with translation.override("es"):
        assert "1 de marzo de 2026" in rows({"text": date(2026, 3, 1)})


def test_a_state_has_its_icon_and_one_nobody_named_is_to_do():
    assert "#warning" in drawing.status_tag("late", "Late")
    assert "#radio_button_unchecked" in drawing.status_tag("", "To do")


def test_an_icon_that_nobody_built_is_refused():
    with pytest.raises(drawing.NoSuchIcon):
        Template("{% load ui %}{% icon 'unicorn' %}").render(Context())


def test_a_list_without_rows_says_so():
    page = Template('{% include "components/data_table.html" with columns=columns only %}')

    assert "Nothing here now." in page.render(Context({"columns": ["Child"]}))


@pytest.mark.parametrize(
    ("attributes", "drawn"),
    [
        ({"id": "x", "required": True, "multiple": False}, ' id="x" required'),
        ({"title": TYPED}, f' title="{SHOWN}"'),
        ({TYPED: "x"}, f' {SHOWN}="x"'),
        ({}, ""),
    ],
)
def test_a_widgets_attributes_are_drawn_as_django_does(attributes, drawn):
    assert drawing.attributes(attributes) == drawn


def test_a_select_is_drawn_as_django_does():
    choices = [("", "Choose"), ("Far", [(1, TYPED), (2, "Two")])]
    field = forms.Select(choices=choices, attrs={"required": True})
    own = field.render("place", 2)

    theirs = DjangoTemplates().render(
        "django/forms/widgets/select.html", field.get_context("place", 2, {})
    )

    assert re.sub(r"\s*\n\s*", "", own) == re.sub(r"\s*\n\s*", "", theirs)
    assert SHOWN in own
