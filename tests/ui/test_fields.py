"""What people type, and what a script sends: a value, or one clear sentence."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from cms_portal.ui import fields
from cms_portal.ui.forms import PortalForm
from cms_portal.ui.kindness import LONG_TEXT, SHORT_TEXT

HOSTILE = ["\x00", "a\ud800b", "\udfff", "\x07", "a\ufffdb"]


class Story(PortalForm):
    title = forms.CharField(label="Title 100%")
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    count = forms.IntegerField(label="How many", required=False)
    rate = forms.FloatField(label="Rate", required=False)
    money = fields.MoneyField(label="Income", required=False)
    born_on = fields.MemorableDateField(label="Born", required=False)
    phone = fields.PhoneField(label="Phone", required=False)
    choice = forms.ChoiceField(label="Choice", choices=[("a", "A")], required=False)
    many = forms.MultipleChoiceField(label="Many", choices=[("a", "A")], required=False)
    sure = fields.YesNoUnsureField(label="Sure", required=False)
    key = forms.UUIDField(label="Key", required=False)


def errors_of(name: str, value: object) -> list[str]:
    data = MultiValueDict({"title": ["Fine"]})
    data.setlist(name, value if isinstance(value, list) else [value])
    return Story(data).errors.get(name, [])


@pytest.mark.parametrize("debris", HOSTILE)
@pytest.mark.parametrize("name", ["title", "text"])
def test_text_no_person_typed_is_refused_with_one_sentence(name, debris):
    assert errors_of(name, f"Ana {debris}") == [
        "Some characters here cannot be read, perhaps after copy and paste. Type it again."
    ]


@pytest.mark.parametrize("debris", HOSTILE)
def test_refused_text_can_still_be_shown(debris):
    form = Story({"title": f"Ana {debris} Luz"})

    page = str(form["title"])

    page.encode()
    assert "Ana" in page
    assert "Luz" in page


def test_accents_emoji_and_diacritics_are_fine():
    form = Story({"title": "Łóó' Yázhí Muñoz 👩‍👧 O’Neill", "text": "line\nline\ttab\r\n"})
    assert form.is_valid()


@pytest.mark.parametrize(("name", "limit"), [("title", SHORT_TEXT), ("text", LONG_TEXT)])
def test_a_megabyte_of_text_says_how_long_it_may_be_and_is_kept(name, limit):
    typed = "ñ" * 1_000_000
    form = Story({"title": "Fine", name: typed})

    [sentence] = form.errors[name]

    assert str(limit) in sentence
    assert "1000000" in sentence
    assert typed in str(form[name])


def test_a_browser_does_not_cut_what_is_pasted():
    assert "maxlength" not in str(Story()["title"])


def test_a_percent_sign_in_a_question_survives_both_kinds_of_sentence():
    assert Story({}).errors["title"] == ["Write an answer for “Title 100%”."]
    assert "“Title 100%” can have" in Story({"title": "x" * 300}).errors["title"][0]


def test_a_sentence_names_a_question_as_its_form_called_it_last():
    story = Story({"title": ""})
    story.fields["title"].label = "Your story"

    assert story.errors["title"] == ["Write an answer for “Your story”."]


@pytest.mark.parametrize(
    "number", ["1" + "0" * 400, "9" * 5000, "-" + "9" * 30, "NaN", "1e400", "½"]
)
def test_a_number_the_database_cannot_hold_is_refused(number):
    assert len(errors_of("count", number)) == 1


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-inf", "1e999"])
def test_a_rate_is_a_finite_number(number):
    assert len(errors_of("rate", number)) == 1


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1250", "1250.00"),
        ("1,250.50", "1250.50"),
        ("$1,250.50", "1250.50"),
        (" $ 12 ", "12.00"),
        ("0", "0.00"),
        ("1250.5", "1250.50"),
        ("99999999.99", "99999999.99"),
    ],
)
def test_money_is_taken_as_people_write_it(typed, amount):
    assert fields.MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        "1.250,50",
        "12,50",
        "NaN",
        "Infinity",
        "1e9",
        "1 dollar",
        "١٢٣",
        "1,2,3",
        "0x10",
        "\x00",
    ],
)
def test_money_that_can_be_read_two_ways_is_asked_again(typed):
    with pytest.raises(ValidationError, match=r"like 1,250\.50"):
        fields.MoneyField().clean(typed)


@pytest.mark.parametrize("typed", ["-5", "−5", "-$5", "$-5"])
def test_money_is_never_negative(typed):
    with pytest.raises(ValidationError, match="minus"):
        fields.MoneyField().clean(typed)


@pytest.mark.parametrize("typed", ["100000000", "9" * 400, "9" * 5000 + ".99"])
def test_an_amount_nobody_earns_is_asked_again(typed):
    with pytest.raises(ValidationError, match="too large"):
        fields.MoneyField().clean(typed)


def test_money_left_open_is_not_zero():
    assert fields.MoneyField(required=False).clean("") is None


def test_a_date_of_three_parts():
    assert fields.MemorableDateField().clean(["2", "29", "2016"]) == date(2016, 2, 29)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (["2", "30", "2016"], "February 2016 has 29 days. Check the day."),
        (["2", "29", "2015"], "February 2015 has 28 days. Check the day."),
        (["4", "31", "2016"], "April 2016 has 30 days. Check the day."),
        (["4", "0", "2016"], "April 2016 has 30 days. Check the day."),
        (["13", "1", "2016"], "Choose the month from the list."),
        (["2", "x", "2016"], "Write the day as a number, like 4."),
        (["2", "3", "16"], "Write the year with four digits, like 2016."),
        (["2", "3", "0000"], "Write the year with four digits, like 2016."),
        (["2", "3", "９９９９"], "Write the year with four digits, like 2016."),
        (["2", "", "2016"], "The date still needs: day."),
        (["", "", "2016"], "The date still needs: month, day."),
        (["2", "\x00", "2016"], "Write the day as a number, like 4."),
        (["2", "3", "1899"], "This date cannot be before January 1, 1900. Check the year."),
    ],
)
def test_a_date_that_is_none_says_which_part_is_off(parts, sentence):
    with pytest.raises(ValidationError) as refusal:
        fields.MemorableDateField().clean(parts)
    assert refusal.value.messages == [sentence]


@pytest.mark.usefixtures("spanish")
def test_a_date_that_is_none_says_so_in_spanish():
    with pytest.raises(ValidationError) as refusal:
        fields.MemorableDateField().clean(["2", "30", "2016"])
    assert refusal.value.messages == ["Febrero de 2016 tiene 29 días. Revise el día."]


def test_a_date_has_limits_that_a_form_sets_for_today():
    field = fields.MemorableDateField()
    field.latest = date(2026, 11, 21)

    assert field.clean(["11", "21", "2026"]) == date(2026, 11, 21)
    with pytest.raises(ValidationError, match="after November 21, 2026"):
        field.clean(["11", "22", "2026"])


def test_30_february_comes_back_as_it_was_typed():
    form = Story({"born_on_month": "2", "born_on_day": "30", "born_on_year": "2016"})

    page = form["born_on"].as_widget()

    assert '<option value="2" selected>' in page
    assert 'value="30"' in page
    assert 'value="2016"' in page


def test_a_stored_date_is_shown_in_its_parts():
    page = Story(initial={"born_on": date(2016, 3, 4)})["born_on"].as_widget()
    assert '<option value="3" selected>' in page
    assert 'value="4"' in page


@pytest.mark.parametrize("name", ["born_on", "born_on_month", "choice", "many", "sure"])
@pytest.mark.parametrize("value", ["\x00", "x", ["a", "b"], "\ud800"])
def test_an_answer_not_on_the_page_is_never_an_error_of_ours(name, value):
    form = Story(
        MultiValueDict({"title": ["Fine"], name: value if isinstance(value, list) else [value]})
    )
    form.is_valid()
    str(form[name.removesuffix("_month")])


def test_text_that_becomes_something_else_is_not_counted():
    key = uuid.uuid4()
    form = Story({"title": "Fine", "key": str(key)})
    assert form.is_valid()
    assert form.cleaned_data["key"] == key


def test_an_array_for_one_answer_takes_the_last():
    form = Story(QueryDict("title=a&title=b"))
    assert form.is_valid()
    assert form.cleaned_data["title"] == "b"


@pytest.mark.parametrize(
    "typed", ["505-555-0134", "(505) 555 0134", "+1 505 555 0134", "5055550134"]
)
def test_a_phone_number_is_taken_as_people_write_it(typed):
    assert fields.PhoneField().clean(typed).as_e164 == "+15055550134"


@pytest.mark.parametrize("typed", ["555-0134", "abc", "1" * 300, "\x00", "505-555-013"])
def test_a_number_that_cannot_be_called_is_asked_again(typed):
    assert errors_of("phone", typed)[0].startswith(("Write a phone number", "Some characters"))


def test_unsure_is_an_answer_and_open_is_none():
    field = fields.YesNoUnsureField(required=False)
    assert field.clean("unsure") == fields.YesNoUnsure.UNSURE
    assert field.clean("") is None


def test_yes_and_no_are_true_and_false_and_open_is_neither():
    field = fields.YesNoField(required=False)
    assert [field.clean(answer) for answer in ("yes", "no", "")] == [True, False, None]
    assert [field.prepare_value(known) for known in (True, False, None)] == ["yes", "no", None]


def test_nothing_is_chosen_beforehand():
    class Rides(PortalForm):
        rides = fields.YesNoField()

    assert "checked" not in str(Rides()["rides"])


def upload(name: str = "stub.jpg", content: bytes = b"x") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_several_files_are_one_answer():
    assert len(fields.SeveralFilesField().clean([upload("a.jpg"), upload("b.jpg")])) == 2


def test_an_empty_file_is_named():
    with pytest.raises(ValidationError, match=r"“a\.jpg” is empty"):
        fields.SeveralFilesField().clean([upload("a.jpg", b"")])


def test_a_large_file_is_named_with_the_limit():
    with pytest.raises(ValidationError, match=r"“a\.jpg” is larger than 1 MB"):
        fields.SeveralFilesField(most_megabytes=1).clean([upload("a.jpg", b"x" * 1_048_577)])


def test_no_more_files_than_the_limit():
    with pytest.raises(ValidationError, match="at most 2 files"):
        fields.SeveralFilesField(most_files=2).clean([upload(), upload(), upload()])


def test_no_file_is_an_empty_list_when_none_is_needed():
    assert fields.SeveralFilesField(required=False).clean([]) == []
