"""A paper that could not be used is no paper: the family reads so wherever it looks, and what to do."""

import pytest
from django.urls import reverse

from cms_portal.documents.models import Document, DocumentKind
from intake.actions.applications import let_help
from tests.documents.files import pdf, photo, upload
from tests.factories import SecondHomeFactory, UserFactory
from tests.factories.applications import SentApplicationFactory, answer, start
from tests.factories.dates import today

LOCKED = "This PDF has a password."


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path):
    options = {"location": tmp_path, "base_url": None}
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": options}
    }


@pytest.fixture
def give(django_capture_on_commit_callbacks):
    """Return a function that gives a paper on its page, and lets it be checked."""

    def send(browser, application, content, kind=DocumentKind.DIAGNOSIS):
        papers = {"kind": kind, "papers": [upload(content)]}
        with django_capture_on_commit_callbacks(execute=True):
            assert browser.post(page_of_papers(application), papers).status_code == 302

    return send


def page_of_papers(application):
    if application.is_draft:
        return reverse("intake:step", args=[application.number, "papers"])
    return reverse("intake:add_paper", args=[application.number])


def pages(application):
    page = "intake:check" if application.is_draft else "intake:receipt"
    return [reverse("home"), reverse(page, args=[application.number])]


@pytest.mark.parametrize(
    "begin", [lambda rosa: answer(start(rosa)), lambda rosa: SentApplicationFactory(family=rosa)]
)
def test_a_locked_paper_is_told_where_the_family_looks_until_it_comes_again(
    begin, rosa, signed_in, give
):
    application, browser = begin(rosa), signed_in(rosa.user)
    give(browser, application, pdf(password="1234"))

    for page in pages(application):
        words = browser.get(page).content.decode()
        assert LOCKED in words
        assert f'href="{page_of_papers(application)}' in words

    give(browser, application, photo())

    for page in pages(application):
        assert LOCKED not in browser.get(page).content.decode()


def test_what_we_asked_for_is_not_only_thanked_for(
    rosa, asked, signed_in, django_capture_on_commit_callbacks
):
    browser = signed_in(rosa.user)
    page = reverse("intake:answer_request", args=[asked.application.number, asked.pk])
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(page, {"papers": [upload(pdf(password="1234"))]})

    words = browser.get(page).content.decode()

    assert LOCKED in words
    assert page_of_papers(asked.application) in words
    assert "Thank you" not in words


def test_a_bad_file_beside_a_good_one_is_named_on_the_page_that_asked(rosa, asked, signed_in):
    page = signed_in(rosa.user).post(
        reverse("intake:answer_request", args=[asked.application.number, asked.pk]),
        {"papers": [upload(photo()), upload(b"words", "two.doc")]},
    )

    words = page.content.decode()
    assert "“two.doc” is not a photo or a PDF" in words
    assert "We have your other file." in words
    assert 'name="papers"' in words


def test_another_kind_of_paper_does_not_stand_for_it(rosa, signed_in, give):
    application, browser = SentApplicationFactory(family=rosa), signed_in(rosa.user)
    give(browser, application, pdf(password="1234"))

    give(browser, application, photo(), kind=DocumentKind.INCOME)

    assert Document.objects.unusable().get().kind == DocumentKind.DIAGNOSIS


def test_neither_the_other_home_nor_a_helper_reads_of_it(rosa, office, signed_in, give):
    application, helper = answer(start(rosa)), UserFactory()
    let_help(application=application, helper=helper, on=today(), by=rosa.user)
    other = SecondHomeFactory(child=rosa.child)
    give(signed_in(rosa.user), application, pdf(password="1234"))

    assert LOCKED not in signed_in(other.user).get(reverse("home")).content.decode()
    for page in pages(application):
        assert LOCKED not in signed_in(helper).get(page).content.decode()
