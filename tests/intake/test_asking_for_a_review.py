"""A family that asks for a review loses nothing it chose, and knows by when it can ask."""

from django.urls import reverse
from django.utils.formats import date_format

from intake.models import Appeal
from tests.documents.files import photo, upload
from tests.intake.refusing import ask, mailed


def test_photos_beside_a_missing_reason_are_asked_for_again(notice, rosa, signed_in):
    page = signed_in(rosa.user).post(
        reverse("intake:appeal_ask", args=[notice.application.number, notice.pk]),
        {"narrative": "", "papers": [upload(photo())]},
    )

    assert page.status_code == 422
    assert "Choose your photos or files again" in page.content.decode()
    assert not Appeal.objects.exists()


def test_a_decision_whose_letter_has_not_gone_out_says_when_the_time_begins(
    notice, rosa, signed_in
):
    decision = reverse("intake:decision", args=[notice.application.number])
    begins = "Your time to ask begins when our letter goes out."
    assert begins in signed_in(rosa.user).get(decision).content.decode()

    notice = mailed(notice)

    words = signed_in(rosa.user).get(decision).content.decode()
    assert begins not in words
    assert f"you can ask by {date_format(notice.review_by)}" in words


def test_who_takes_a_request_back_reads_until_when_to_ask_again(notice, rosa, signed_in):
    notice = mailed(notice)
    appeal = ask(notice, rosa.user)

    page = signed_in(rosa.user).get(reverse("intake:appeal_withdraw", args=[appeal.number]))

    assert f"Last day to ask: {date_format(notice.review_by)}." in page.content.decode()
