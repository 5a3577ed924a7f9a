"""Letters: printed with the day they are truly mailed, at the address that is safe on that day."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cms_portal.accounts.actions import system_user
from cms_portal.audit.models import AccessEvent
from cms_portal.audit.tracking import save_tracked
from cms_portal.families import actions as families
from cms_portal.families.actions import NotAllowedHere
from cms_portal.families.models import Channel
from cms_portal.notifications import actions, mailing
from cms_portal.notifications.letters import pdf_of
from cms_portal.notifications.models import Message, MessageState
from cms_portal.work.models import Task
from tests.factories import (
    AddressFactory,
    AssignmentFactory,
    BlockFactory,
    FamilyFactory,
    OfficeFactory,
    StaffFactory,
    the_portal,
)
from tests.factories.dates import MS, days_from_today, today

pytestmark = pytest.mark.django_db


def print_(*letters, on=None):
    batch = mailing.print_letters(
        letters=letters, dated_on=on or today(), by=the_portal(), at=timezone.now()
    )
    for letter in letters:
        letter.refresh_from_db()
    return batch


def mail(*letters, on=None):
    return mailing.mark_mailed(
        letters=letters, by=the_portal(), at=timezone.now(), today=on or today()
    )


def words_of(*letters):
    reader = PdfReader(io.BytesIO(pdf_of(letters)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_no_letter_goes_to_an_adult_who_was_blocked_meanwhile(family, write):
    letter = write()
    BlockFactory(child=family.child, user=family.user)

    assert print_(letter) is None
    assert (letter.state, letter.error_code) == (MessageState.FAILED, "blocked")
    assert not Task.objects.exists()


def test_no_letter_goes_where_mail_became_unsafe_meanwhile(family, write):
    letter = write()
    family.guardian.safe_to_mail = False
    save_tracked(family.guardian, by=the_portal(), reason="somebody opens their mail")

    assert print_(letter) is None
    assert (letter.state, letter.error_code) == (MessageState.FAILED, "no_safe_way")
    assert Task.objects.get().about == letter


def test_a_letter_bears_the_address_of_the_day_it_is_printed(family, write):
    letter = write()
    AddressFactory(household=family.household, street="9 New Street", starts_on=today())

    print_(letter)

    assert "9 New Street" in letter.address
    assert "9 New Street" in words_of(letter)[0]


def test_a_letter_is_never_mailed_before_the_day_it_bears(write):
    letter = write()
    print_(letter, on=days_from_today(2))

    with pytest.raises(NotAllowedHere):
        mail(letter)
    assert mail(letter, on=days_from_today(2)) == 1


def test_a_letter_not_mailed_gets_the_day_of_its_next_printing(write):
    letter = write()
    print_(letter)
    mailing.put_back(letters=[letter], by=the_portal())
    letter.refresh_from_db()
    assert (letter.state, letter.dated_on, letter.batch) == (MessageState.QUEUED, None, None)

    print_(letter, on=days_from_today(1))

    assert letter.dated_on == days_from_today(1)


def test_a_letter_is_printed_and_mailed_once(write):
    letter = write()

    assert print_(letter) is not None
    assert print_(letter) is None
    assert mail(letter) == 1
    assert mail(letter) == 0
    letter.refresh_from_db()
    assert letter.state == MessageState.SENT
    assert [row.state for row in letter.history.order_by("pk")] == ["queued", "printed", "sent"]


@pytest.mark.django_db(transaction=True)
def test_two_people_print_a_letter_once(family, write):
    letter, by, start = write(), system_user(), threading.Barrier(2)
    batches = []

    def work() -> None:
        start.wait()
        batches.append(
            mailing.print_letters(letters=[letter], dated_on=today(), by=by, at=timezone.now())
        )
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(batch is None for batch in batches) == [False, True]


def test_returned_mail_is_a_task_and_can_be_noted_twice(family, write):
    letter = write()
    print_(letter)
    mail(letter)

    for _ in range(2):
        returned = mailing.mark_returned(message=letter, on=today(), by=the_portal())

    assert returned.state == MessageState.RETURNED
    assert Task.objects.get().child == family.child


def test_only_what_was_sent_comes_back(write):
    with pytest.raises(NotAllowedHere):
        mailing.mark_returned(message=write(), on=today(), by=the_portal())


def letter_of(text, language="en", program=None, **facts):
    return Message(
        program=program or "nm-cms",
        language=language,
        channel=Channel.LETTER,
        title="We have decided",
        address="Rosa Baca\n1 Calle Larga\nSanta Fe, NM 87501",
        queued_at=timezone.now(),
        text=text,
        **facts,
    )


def test_nothing_a_family_typed_is_read_as_markup():
    typed = '#panic("x") $x^2$ `raw` *bold* @ref <label> \\ // no /* no */ [a](b) #{1+1} "q" = b'

    (page,) = words_of(letter_of(typed))

    for word in ('#panic("x")', "$x^2$", "`raw`", "*bold*", "@ref", "<label>", "#{1+1}", "// no"):
        assert word in page


def test_names_in_other_letters_do_not_stop_a_letter():
    for name in ("Nguyễn Thị Ánh", "Diné Bizaad ą́ł", "李小龍", "😀", "\u202eabc", "a\x07b"):
        assert len(words_of(letter_of(f"For {name}."))) == 1


def test_a_letter_can_be_read_by_a_screen_reader():
    for language in ("en", "es"):
        reader = PdfReader(io.BytesIO(pdf_of([letter_of("Words.", language=language)])))
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert str(root["/Lang"]) == language
        assert reader.metadata.title == "We have decided"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()


def test_a_batch_numbers_the_pages_of_each_letter():
    long = "\n\n".join(["Words and more words. " * 30] * 6)

    pages = words_of(letter_of("Short."), letter_of(long), letter_of("Short.", program=MS))

    assert [page.rsplit("Page ", 1)[1][:6] for page in pages] == [
        "1 of 1",
        "1 of 2",
        "2 of 2",
        "1 of 1",
    ]
    assert "1-877-890-4692" in pages[0]
    assert "1-800-844-0898" in pages[3]


def test_a_letter_offers_the_other_language():
    assert "Otro idioma" in words_of(letter_of("Words."))[0]
    assert "Another language" in words_of(letter_of("Palabras.", language="es"))[0]


def test_the_mail_room_takes_as_many_queries_for_thirty_letters_as_for_three(client):
    office = OfficeFactory()
    client.force_login(StaffFactory(office=office))
    client.get(reverse("notifications:letters"))  # the first click also begins the session
    counts = []
    for more in (3, 27):
        for _ in range(more):
            family = FamilyFactory()
            AddressFactory(household=family.household)
            AssignmentFactory(child=family.child, office=office)
            _queue(family)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("notifications:letters")).content.decode()
        counts.append(len(queries))

    assert page.count('name="letters"') == 30
    assert counts[0] == counts[1] <= 12


def _queue(family):
    from cms_portal.notifications.actions import queue

    return queue(
        key="notifications/sign_in_code",
        guardian=family.guardian,
        child=family.child,
        outside={"code": "-"},
        by=the_portal(),
    )


def test_a_batch_is_opened_mailed_and_leaves_a_note(client, family, write):
    office = OfficeFactory()
    AssignmentFactory(child=family.child, office=office)
    client.force_login(StaffFactory(office=office))
    letter = write()
    batch = print_(letter)

    pdf = client.get(reverse("notifications:batch", args=[batch]))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"] == 'attachment; filename="letters.pdf"'
    assert AccessEvent.objects.get(action="print").child == family.child

    assert client.get(reverse("notifications:batch_mailed", args=[batch])).status_code == 302
    letter.refresh_from_db()
    assert letter.state != MessageState.SENT
    client.post(reverse("notifications:batch_mailed", args=[batch]))
    letter.refresh_from_db()
    assert letter.state == MessageState.SENT
    assert client.get(reverse("notifications:batch", args=[batch])).status_code == 404

    client.post(reverse("notifications:returned", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.state == MessageState.RETURNED


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (today() - timedelta(days=1), "next 7 days"),
        (today() + timedelta(days=8), "next 7 days"),
    ],
)
def test_a_mailing_day_is_today_or_soon(client, family, write, day, said):
    office = OfficeFactory()
    AssignmentFactory(child=family.child, office=office)
    client.force_login(StaffFactory(office=office))
    parts = {"month": day.month, "day": day.day, "year": day.year}
    form = {"letters": [write().pk]} | {f"dated_on_{part}": parts[part] for part in parts}

    answer = client.post(reverse("notifications:letters"), form)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_choosing_no_letter_is_said(client, family):
    client.force_login(StaffFactory(office=OfficeFactory()))

    answer = client.post(reverse("notifications:letters"), {"letters": ["x", "\0", "9" * 30]})

    assert answer.status_code == 422


def test_a_letter_written_before_a_home_was_hidden_no_longer_shows_where_it_is():
    family = FamilyFactory(guardian__preferred_channel=Channel.LETTER)
    AddressFactory(household=family.household, street="77 Hidden Lane")
    letter = actions.queue(
        key="notifications/sign_in_code",
        guardian=family.guardian,
        outside={"code": "-"},
        by=the_portal(),
    )
    assert "77 Hidden Lane" in words_of(letter)[0]

    families.hide_address(
        household=family.household,
        starts_on=today(),
        by=the_portal(),
        reason="in danger",
        street="PO Box 9",
        city="Santa Fe",
        state="NM",
        zip_code="87501",
    )

    assert "Hidden" not in words_of(letter)[0]
