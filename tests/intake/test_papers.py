"""Papers of an application: one bad file does not lose the others, and the office opens what came."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms_portal.documents.models import Document, DocumentKind
from cms_portal.work.models import Task
from intake.actions.applications import let_help
from intake.told import papers_of
from tests.documents.files import photo, upload
from tests.factories import SecondHomeFactory, UserFactory
from tests.factories.applications import SentApplicationFactory, answer, start
from tests.factories.dates import today


def papers_url(application):
    return reverse("intake:step", args=[application.number, "papers"])


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path):
    options = {"location": tmp_path, "base_url": None}
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": options}
    }


def test_one_bad_file_does_not_lose_the_others(rosa, signed_in):
    application = start(rosa)

    page = signed_in(rosa.user).post(
        papers_url(application),
        {
            "kind": DocumentKind.INCOME,
            "papers": [
                upload(photo(), "one.jpg"),
                upload(b"words", "two.doc"),
                upload(b"", "3.jpg"),
            ],
        },
    )

    words = page.content.decode()
    assert page.status_code == 422
    assert "“two.doc” is not a photo or a PDF" in words
    assert "“3.jpg” is empty" in words
    assert "We have your other file. Send only what is missing." in words
    assert Document.objects.get().files.count() == 1
    assert "What we have from you" in words
    assert reverse("documents:mine") in words.partition("Is one of these wrong?")[2]


def test_somebody_who_chose_a_paper_by_mistake_can_go_on_without_one(rosa, signed_in):
    application = start(rosa)
    browser = signed_in(rosa.user)

    asked = browser.post(papers_url(application), {"kind": DocumentKind.INCOME})
    gone_on = browser.post(papers_url(application), {"kind": ""})

    assert asked.status_code == 422
    assert "choose “No paper now”" in asked.content.decode()
    assert gone_on.status_code == 302
    assert not Document.objects.exists()


def test_files_without_a_word_what_they_show_are_asked_about(rosa, signed_in):
    application = start(rosa)

    page = signed_in(rosa.user).post(papers_url(application), {"papers": [upload(photo())]})

    assert page.status_code == 422
    assert "Choose what the paper shows" in page.content.decode()
    assert "Choose your photos or files again" in page.content.decode()
    assert not Document.objects.exists()


def test_nothing_is_needed_to_go_on(rosa, signed_in):
    application = start(rosa)

    assert signed_in(rosa.user).post(papers_url(application), {}).status_code == 302


def test_the_office_opens_the_papers_from_the_review(
    rosa, ida, signed_in, django_capture_on_commit_callbacks
):
    application = SentApplicationFactory(family=rosa)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(ida).post(
            reverse("intake:phone", args=[application.number]),
            {"papers-kind": DocumentKind.DIAGNOSIS, "papers-papers": [upload(photo())]},
        )
    file = papers_of(application).get().files.get()

    page = signed_in(ida).get(reverse("intake:review", args=[application.number]))

    address = reverse("documents:file", args=[file.pk])
    assert address in page.content.decode()
    assert "not scanned" in page.content.decode()
    assert signed_in(ida).get(address).status_code == 200


def new_paper_url(application):
    return reverse("intake:add_paper", args=[application.number])


def test_the_other_parent_adds_no_paper_to_this_homes_application(rosa, office, signed_in):
    application = SentApplicationFactory(family=rosa)
    other = SecondHomeFactory(child=rosa.child)

    page = signed_in(other.user).post(
        new_paper_url(application), {"kind": DocumentKind.INCOME, "papers": [upload(photo())]}
    )

    assert page.status_code == 404
    assert not Document.objects.exists()


def give_paper(browser, application):
    given = {"kind": DocumentKind.INCOME, "papers": [upload(photo())]}
    assert browser.post(papers_url(application), given).status_code == 302


@pytest.mark.parametrize("shown_at", ["papers", "check"])
def test_a_helper_reads_of_no_paper_that_the_family_gave_before(rosa, signed_in, shown_at):
    application, helper = answer(start(rosa)), UserFactory()
    let_help(application=application, helper=helper, on=today(), by=rosa.user)
    give_paper(signed_in(rosa.user), application)
    urls = {
        "papers": papers_url(application),
        "check": reverse("intake:check", args=[application.number]),
    }
    told = "1 file" if shown_at == "check" else "What we have from you"
    assert told in signed_in(rosa.user).get(urls[shown_at]).content.decode()

    assert told not in signed_in(helper).get(urls[shown_at]).content.decode()

    give_paper(signed_in(helper), application)
    assert told in signed_in(helper).get(urls[shown_at]).content.decode()


def test_what_was_not_sent_yet_has_its_papers_among_its_pages(rosa, signed_in):
    assert signed_in(rosa.user).get(new_paper_url(start(rosa))).status_code == 404


def test_a_paper_after_sending_is_kept_and_asks_the_worker_to_read_it(rosa, ida, signed_in):
    application = SentApplicationFactory(family=rosa)

    page = signed_in(rosa.user).post(
        new_paper_url(application),
        {"kind": DocumentKind.INCOME, "papers": [upload(photo()), upload(b"words", "two.doc")]},
    )

    assert page.status_code == 422
    assert Document.objects.get().files.count() == 1
    task = Task.objects.get(kind="read_paper")
    assert task.owner == application.worker
    assert "income" not in f"{task.title} {task.why}".lower()


def test_a_paper_that_staff_add_makes_no_task(rosa, ida, signed_in):
    application = SentApplicationFactory(family=rosa)

    signed_in(ida).post(
        new_paper_url(application), {"kind": DocumentKind.INCOME, "papers": [upload(photo())]}
    )

    assert Document.objects.count() == 1
    assert not Task.objects.filter(kind="read_paper").exists()
