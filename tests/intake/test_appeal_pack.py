"""The evidence pack: all there was that day, in one file that never changes; and the letters."""

from __future__ import annotations

import io
import threading

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cms_portal.audit.models import AccessEvent
from cms_portal.audit.tracking import save_tracked
from cms_portal.documents import checking
from cms_portal.documents.models import DocumentFile
from cms_portal.notifications.letters import pdf_of
from intake.actions import appeal_packs, appeal_reviews
from intake.actions.appeals import ask as keep_request
from intake.appealing import refusals_of
from intake.models import Appeal
from intake.states import WrongMove
from tests.documents.files import pdf, photo, upload
from tests.factories import the_portal
from tests.factories.dates import today
from tests.intake.refusing import (
    WHY,
    answer,
    ask,
    hand_over,
    letters,
    members,
    request,
    screen,
    with_committee,
)


def words_of(pack):
    reader = PdfReader(io.BytesIO(appeal_packs.content_of(pack)))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def check_files():
    for file in DocumentFile.objects.being_checked():
        checking.check(file.pk, now=timezone.now(), by=the_portal())


def test_neither_the_family_nor_a_member_without_a_seat_opens_the_pack(
    appeal, rosa, ida, prue, committee, signed_in
):
    with_committee(appeal, committee, prue)
    url = reverse("intake:appeal_pack", args=[appeal.packs.get().pk])

    assert signed_in(rosa.user).get(url).status_code == 404
    assert signed_in(ida).get(url).status_code == 403
    appeal_reviews.name_committee(
        appeal=appeal,
        members=[*committee[1:], _another()],
        by=prue,
        at=timezone.now(),
    )
    assert signed_in(committee[0]).get(url).status_code == 404


def _another():
    return members(number=4)[3]


def test_each_opening_is_kept(appeal, prue, committee, signed_in):
    with_committee(appeal, committee, prue)
    url = reverse("intake:appeal_pack", args=[appeal.packs.get().pk])

    opened = signed_in(committee[0]).get(url)

    assert opened["Content-Type"] == "application/pdf"
    assert "no-store" in opened["Cache-Control"]
    assert appeal.application.child.last_name not in opened["Content-Disposition"]
    look = AccessEvent.objects.get(page="intake:appeal_pack")
    assert (look.actor, look.action, look.child) == (
        committee[0],
        AccessEvent.Action.DOWNLOAD,
        appeal.application.child,
    )


def test_it_holds_the_notice_the_reasons_who_decided_the_request_and_the_papers(
    notice, rosa, ida, sam, prue, committee
):
    appeal = ask(notice, rosa.user, files=[upload(photo()), upload(pdf(pages=2), "letter.pdf")])
    check_files()
    pack = with_committee(appeal, committee, prue).packs.get()

    words = words_of(pack)
    for told in (
        appeal.application.child.full_name,
        "We have decided",
        f"Decided by {ida.name}",
        f"Countersigned by {sam.name}",
        "fingerprint",
        "Source:",
        WHY,
        "1. Another paper",
    ):
        assert told in words
    assert "PO Box 12" not in words
    front = pack.pages - 3
    assert f"pages {front + 1} to {front + 3}" in words


def test_its_front_can_be_read_by_a_screen_reader(appeal, prue, committee):
    pack = with_committee(appeal, committee, prue).packs.get()
    root = PdfReader(io.BytesIO(appeal_packs.content_of(pack))).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()


def test_what_is_still_checked_is_named_and_comes_with_the_next_pack(notice, rosa, prue, committee):
    appeal = ask(notice, rosa.user, files=[upload(photo())])
    first = with_committee(appeal, committee, prue).packs.get()
    assert "still being checked" in words_of(first)
    check_files()
    hand_over(appeal, committee[0])

    second = appeal.packs.last()
    assert second.pages == first.pages + 1
    assert "still being checked" not in words_of(second)


def test_a_protected_home_keeps_its_papers_of_residence_apart(rosa, notice, prue, committee):
    rosa.household.address_is_confidential = True
    save_tracked(rosa.household, by=prue, reason="order of protection")
    appeal = ask(notice, rosa.user, files=[upload(photo())])
    paper = appeal.parts.get().document
    paper.kind = "residence"
    save_tracked(paper, by=prue, reason="what it shows")
    check_files()

    assert "Kept apart" in words_of(with_committee(appeal, committee, prue).packs.get())


def test_a_pack_that_was_changed_is_handed_to_nobody(appeal, prue, committee, signed_in):
    pack = with_committee(appeal, committee, prue).packs.get()
    default_storage.delete(pack.stored_as)
    default_storage.save(pack.stored_as, io.BytesIO(b"%PDF-1.7 other"))
    with pytest.raises(appeal_packs.PackChanged):
        appeal_packs.content_of(pack)

    url = reverse("intake:appeal_pack", args=[pack.pk])
    answered = signed_in(committee[0]).get(url)

    assert answered.status_code == 409
    assert "not as it was made" in answered.content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", ["received", "more_asked", "decided", "not_taken_up"])
def test_each_letter_is_pdf_ua_in_both_languages(notice, rosa, prue, committee, language, name):
    rosa.guardian.written_language = language
    save_tracked(rosa.guardian, by=prue, reason="asked for it")
    appeal = ask(notice, rosa.user)
    if name == "not_taken_up":
        screen(appeal, prue, takes_up=False, words="It asks about another program.")
    elif name != "received":
        with_committee(appeal, committee, prue)
    if name == "decided":
        answer(appeal, committee[0], "upheld")
    if name == "more_asked":
        appeal_reviews.ask_family(
            appeal=appeal, words="A pay stub.", due_on=today(), by=prue, at=timezone.now()
        )

    (message,) = letters(appeal, name)

    reader = PdfReader(io.BytesIO(pdf_of([message])))
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]) == message.language == language
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert "{" not in message.text
    assert WHY not in message.body


@pytest.mark.django_db(transaction=True)
def test_two_members_who_decide_at_once_decide_once(appeal, prue, committee):
    with_committee(appeal, committee, prue)
    said, problems = [], []

    def run(member, word):
        try:
            said.append(answer(Appeal.objects.get(pk=appeal.pk), member, word))
        except (WrongMove, IntegrityError) as problem:
            problems.append(problem)
        finally:
            connection.close()

    both = [(committee[0], "reversed"), (committee[1], "upheld")]
    threads = [threading.Thread(target=run, args=one) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(said), len(problems)) == (1, 1)
    assert isinstance(problems[0], WrongMove)
    answers = set(appeal.services.values_list("answer", flat=True))
    assert len(answers) == 1


@pytest.mark.django_db(transaction=True)
def test_ten_tabs_that_ask_at_once_ask_once(notice, rosa):
    keys, problems = [one.pk for one in refusals_of(notice)], []

    def run():
        try:
            keep_request(
                notice=notice,
                decisions=keys,
                request=request(),
                files=[],
                by=rosa.user,
                at=timezone.now(),
            )
        except IntegrityError as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not problems
    assert Appeal.objects.count() == 1
    assert len(letters(Appeal.objects.get(), "received")) == 1
