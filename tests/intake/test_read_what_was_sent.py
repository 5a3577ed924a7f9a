"""A family reads once more what it sent; nobody it let help does, and nobody else."""

from django.urls import reverse

from intake.actions.applications import let_help
from tests.factories import SecondHomeFactory, UserFactory
from tests.factories.applications import SentApplicationFactory, answer, start
from tests.factories.dates import today


def sent(application):
    return reverse("intake:sent", args=[application.number])


def test_neither_the_other_home_nor_a_helper_reads_it(rosa, office, signed_in):
    application, helper = SentApplicationFactory(family=rosa), UserFactory()
    let_help(application=application, helper=helper, on=today(), by=rosa.user)

    assert (
        signed_in(SecondHomeFactory(child=rosa.child).user).get(sent(application)).status_code
        == 404
    )
    assert signed_in(helper).get(sent(application)).status_code == 403
    receipt = reverse("intake:receipt", args=[application.number])
    assert sent(application) not in signed_in(helper).get(receipt).content.decode()


def test_a_draft_is_read_on_its_own_pages(rosa, signed_in):
    assert signed_in(rosa.user).get(sent(answer(start(rosa)))).status_code == 404


def test_the_receipt_leads_a_family_to_its_answers(rosa, signed_in):
    application = SentApplicationFactory(family=rosa)
    browser = signed_in(rosa.user)
    receipt = browser.get(reverse("intake:receipt", args=[application.number])).content.decode()
    assert sent(application) in receipt

    words = browser.get(sent(application)).content.decode()

    assert f"What you sent for {rosa.child.called}" in words
    assert "Does" in words and "Sign and send" not in words
    assert "/pages/" not in words
