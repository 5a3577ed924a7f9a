"""The pack's HTML: every control is named, described and, if wrong, marked."""

from __future__ import annotations

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from django.template import Context, Template

from cms_portal.ui.gallery import OneQuestionForm, PeopleFormSet, QuestionsForm

CONTROLS = ("input", "select", "textarea")


def controls(page):
    return [
        (tag, attributes)
        for tag, attributes in page.tags
        if tag in CONTROLS and attributes.get("type") != "hidden"
    ]


@pytest.fixture(params=["as written", "with errors"])
def page(request, read):
    form = QuestionsForm() if request.param == "as written" else QuestionsForm({"email": "x"})
    return read(as_crispy_form(form))


def test_every_control_has_a_label(page):
    labelled = {label["for"] for label in page.all("label")}
    assert {attributes["id"] for _, attributes in controls(page)} <= labelled


def test_no_id_is_used_twice(page):
    assert len(page.ids) == len(set(page.ids))


def test_every_description_exists(page):
    described = [attributes.get("aria-describedby") for _, attributes in page.tags]
    targets = {target for value in described if value for target in value.split()}
    assert targets
    assert targets <= set(page.ids)


def test_every_group_has_a_legend(page):
    assert len(page.all("fieldset")) == len(page.all("legend"))


def test_a_wrong_answer_is_marked_and_tied_to_its_sentence(read):
    page = read(as_crispy_form(QuestionsForm({"email": "x"})))

    [email] = page.all("input", type="email")

    assert email["aria-invalid"] == "true"
    assert email["aria-describedby"] == "id_email_error"
    assert email["value"] == "x"
    assert "Write an email address like name@example.com." in page.text


def test_a_group_is_described_by_its_hint_and_its_error(read):
    page = read(as_crispy_form(QuestionsForm({})))
    groups = [fieldset.get("aria-describedby") for fieldset in page.all("fieldset")]
    assert "id_born_on_helptext id_born_on_error" in groups


def test_optional_questions_say_so_and_needed_ones_do_not(page):
    optional = [field for field in QuestionsForm().fields.values() if not field.required]
    assert page.text.count("(optional)") == len(optional)


def test_why_we_ask_is_folded_below_its_question(page):
    assert len(page.all("details")) == 2
    assert "We never show this date to other families." in page.text


def test_one_question_is_the_heading_of_its_page(read):
    page = read(as_crispy_form(OneQuestionForm(prefix="one")))
    assert len(page.all("h1")) == 1
    assert page.text.index("Do you need rides") < page.text.index("Yes")


def test_a_named_group_of_choices_has_its_name(page):
    names = [group["aria-labelledby"] for group in page.all("div", role="group")]
    assert names == ["id_needs_group_0", "id_needs_group_1"]
    assert set(names) <= set(page.ids)


def test_the_browser_validates_nothing_in_a_language_of_its_own(page):
    assert not [attributes for _, attributes in page.tags if "required" in attributes]


def summary(*forms):
    names = {f"form{number}": form for number, form in enumerate(forms)}
    template = Template("{% load ui %}{% error_summary " + " ".join(names) + " %}")
    return template.render(Context(names))


def test_each_line_of_the_summary_leads_to_a_control(read):
    form = QuestionsForm({"born_on_month": "2", "born_on_day": "30", "born_on_year": "2016"})
    page = read(as_crispy_form(form))

    links = [link["href"] for link in read(summary(form)).all("a")]

    assert len(links) == sum(map(len, form.errors.values()))
    ids = {attributes["id"] for _, attributes in controls(page)}
    assert {link.removeprefix("#") for link in links} <= ids


def test_the_summary_counts_and_speaks_for_all_forms_of_a_page(read):
    people = {"people-TOTAL_FORMS": "1", "people-INITIAL_FORMS": "0", "people-0-phone": "x"}
    page = read(summary(OneQuestionForm({}), PeopleFormSet(people, prefix="people")))
    assert "3 answers need a change" in page.text
    assert page.all("div", role="alert")


def test_no_summary_without_problems():
    assert "usa-alert" not in summary(QuestionsForm(), None)


@pytest.mark.parametrize(
    "counts",
    [
        {},
        {"people-TOTAL_FORMS": "x"},
        {"people-TOTAL_FORMS": "-1"},
    ],
)
def test_a_list_whose_counts_were_tampered_with_says_a_sentence(counts, read):
    formset = PeopleFormSet(counts, prefix="people")
    assert not formset.is_valid()
    assert "Part of this page did not arrive. Send it again." in read(summary(formset)).text
    assert as_crispy_form(formset)


def test_a_list_takes_no_more_than_its_limit(read):
    counts = {"people-TOTAL_FORMS": "9" * 40, "people-INITIAL_FORMS": "0"}
    formset = PeopleFormSet(counts, prefix="people")
    assert not formset.is_valid()
    assert len(formset.forms) <= 1004


def test_django_draws_forms_as_the_pack_does(read):
    form = QuestionsForm({"email": "x"})
    assert "usa-form-group--error" in str(form["email"].as_field_group())
    assert read(str(form)).ids.count("id_email_error") == 1
