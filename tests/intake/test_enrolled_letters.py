"""A family is welcomed once, and has a paper that proves the enrollment and says nothing of health."""

from __future__ import annotations

import io

from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cms_portal.notifications.models import Message
from eligibility.models import Outcome
from intake.actions import notices
from tests.factories import AddressFactory, AssignmentFactory, SecondHomeFactory
from tests.intake.deciding import decide
from tests.intake.enrolling import enroll
from tests.intake.letting_help import let_in


def words_in(answer):
    return " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())


def proof_of(enrolled, *more):
    name = "proof_as_letter" if more else "proof"
    return reverse(f"intake:{name}", args=[enrolled.pk, *more])


def test_the_other_home_and_a_stranger_get_no_proof(enrolled, rosa, signed_in, hal):
    other = SecondHomeFactory(child=rosa.child)
    for user in (hal, other.user):
        browser = signed_in(user)
        assert browser.get(proof_of(enrolled)).status_code == 404
        assert browser.get(proof_of(enrolled, "en")).status_code == 404
        assert browser.post(reverse("intake:mail_proof", args=[enrolled.pk])).status_code == 404


def test_a_language_we_do_not_write_is_no_letter(enrolled, rosa, signed_in):
    assert signed_in(rosa.user).get(proof_of(enrolled, "fr")).status_code == 404


def test_the_proof_names_child_program_and_days_and_nothing_of_health(enrolled, rosa, signed_in):
    browser = signed_in(rosa.user)
    english, spanish = (words_in(browser.get(proof_of(enrolled, code))) for code in ("en", "es"))
    for words in (english, spanish):
        assert rosa.child.full_name in words
        assert "asthma" not in words.lower() and "asma" not in words.lower()
    assert "is enrolled in" in english
    assert "is enrolled in" not in spanish


def test_the_proof_comes_by_mail_in_the_language_asked_for(enrolled, rosa, signed_in):
    answer = signed_in(rosa.user).post(
        reverse("intake:mail_proof", args=[enrolled.pk]), {"language": "es"}
    )
    assert answer.status_code == 302
    letter = Message.objects.get(key="intake/proof_of_enrollment")
    assert (letter.channel, letter.language) == ("letter", "es")
    assert letter.to_guardian == rosa.guardian


def test_a_new_family_is_welcomed_once_by_name_of_its_worker(rosa, ida, office):
    AddressFactory(household=rosa.household)
    AssignmentFactory(child=rosa.child, office=office, worker=ida)
    enrolled = enroll(rosa, ida)
    letter = Message.objects.get(key="intake/welcome")
    assert "Ida Romero" in letter.text and rosa.child.called in letter.text

    decide(enrolled.application, "diagnostic_services", Outcome.AVAILABLE, ida)
    notices.tell_family(application=enrolled.application, by=ida, at=timezone.now())
    assert Message.objects.filter(key="intake/welcome").count() == 1


def test_a_family_that_stops_help_has_it_in_writing_and_a_helper_who_stops_does_not_write(
    draft, rosa, hal, signed_in
):
    let_in(draft, rosa, hal)
    help = draft.helpers.get()
    page = reverse("intake:remove_helper", args=[draft.number, help.pk])
    browser = signed_in(rosa.user)
    browser.post(page)
    browser.post(page)

    letter = Message.objects.get(key="families/sharing_stopped")
    assert letter.to_guardian == rosa.guardian
    assert "Hal Vigil" in letter.text and "cannot take back" in letter.text
