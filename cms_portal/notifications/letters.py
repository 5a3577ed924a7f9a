"""Printed letters: tagged PDF for people who read with their ears, and for a printer and an envelope."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import typst
from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.families.models import Channel, Household
from cms_portal.notifications.cover_sheets import sheet_of
from cms_portal.notifications.deadlines import text_of
from cms_portal.notifications.models import Message
from cms_portal.notifications.paragraphs import PARAGRAPH, Part, parts_of
from cms_portal.notifications.ways import safe_address
from cms_portal.offices.models import Office

logger = logging.getLogger(__name__)

FOLDER = settings.BASE_DIR / "templates" / "letters"
UNIVERSAL_ACCESS = ["ua-1"]


def pdf_of(messages: Sequence[Message], *, plain: bool | None = None) -> bytes:
    """Return messages as letters in one PDF (PDF/UA-1), in their order.

    A letter bears the day it is mailed; a message that went another way, the day it was written. Each is
    the version that goes out; `plain` asks for the one without what names an illness, or for the full one.
    """
    senders = _senders({message.program for message in messages})
    hidden = _kept_addresses_to_hide(messages)
    letters = [
        _letter(message, senders[message.program], plain, show_address=message.pk not in hidden)
        for message in messages
    ]
    language = messages[0].language
    with translation.override(language):
        title = messages[0].title if len(messages) == 1 else _("Letters")
    # Families' own words travel as data, so that nothing in them is read as markup.
    inputs = {"letters": json.dumps(letters), "title": title, "language": language}
    return compile_pdf("letter.typ", inputs)


def cover_sheet_pdf(code: str, *, program: str, language: str) -> bytes:
    """Return one cover sheet by itself, for somebody who prints it at home."""
    sender = _senders({program})[program]
    with translation.override(language):
        sheet = sheet_of(code, programs.get(program), sender)
    return compile_pdf("cover_sheet_alone.typ", {"sheet": json.dumps(sheet), "language": language})


def compile_pdf(template: str, inputs: dict[str, str]) -> bytes:
    """Return a template of `templates/letters` as PDF/UA-1; people's own words come in as data alone."""
    try:
        return _compile(template, inputs, UNIVERSAL_ACCESS)
    except typst.TypstError as error:
        # A name in letters that the font lacks: the standard forbids the gap, a letter must still go.
        logger.warning("a letter is not PDF/UA: %s", error.__class__.__name__)
        return _compile(template, inputs, [])


def _compile(template: str, inputs: dict[str, str], standards: list[Any]) -> bytes:
    return typst.compile(
        str(FOLDER / template),
        root=str(FOLDER),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=standards,
        format="pdf",
    )


def _senders(codes: set[str]) -> dict[str, list[str]]:
    """Return the lines of each program's own address, where mail that cannot be delivered comes back."""
    central = {
        office.program: office
        for office in Office.objects.filter(program__in=codes, is_central=True).order_by("-pk")
    }
    return {code: _lines(central[code]) if code in central else [] for code in codes}


def _lines(office: Office) -> list[str]:
    state = programs.get(office.program).state
    place = " ".join(filter(None, [office.city and f"{office.city},", state, office.zip_code]))
    return [office.street, place] if office.street and office.city else []


def _kept_addresses_to_hide(messages: Sequence[Message]) -> set[int]:
    """Return the messages whose kept address may tell where a hidden household lives.

    A letter keeps the address it was written to; the household may have been hidden since.
    """
    shut = Q(address_is_confidential=True) | Q(is_placement=True)
    homes = [message.household_id for message in messages if message.household_id is not None]
    hidden = set(Household.objects.filter(shut, pk__in=homes).values_list("pk", flat=True))
    return {
        message.pk
        for message in messages
        if message.household_id in hidden
        and message.channel == Channel.LETTER
        and message.address != _mail_address_today(message)
    }


def _mail_address_today(message: Message) -> str:
    if message.to_guardian is None:
        return ""
    today = programs.get(message.program).today()
    return safe_address(message.to_guardian, Channel.LETTER, today)


def _letter(
    message: Message, sender: list[str], plain: bool | None, *, show_address: bool
) -> dict[str, Any]:
    program = programs.get(message.program)
    with translation.override(message.language):
        return {
            "language": message.language,
            "theme": program.theme,
            "program": program.name,
            "agency": program.agency,
            "sender": sender,
            "call_label": _("Call us:"),
            "phone": program.toll_free,
            "free": _("The call is free."),
            "address": message.address.splitlines() if show_address else [],
            "date": date_format(message.dated_on or message.queued_on, "DATE_FORMAT"),
            "title": message.title,
            "parts": [asdict(part) for part in _parts(message, plain)],
            "cover": sheet_of(message.cover_code, program, sender) if message.cover_code else None,
            "closing": [program.name, program.agency],
            "page": _("Page {page} of {pages}"),
            "languages": _other_languages(program),
        }


def _parts(message: Message, plain: bool | None) -> list[Part]:
    """Return what a letter says: without what names an illness, where its reader or home asks for that."""
    if not (goes_out_plain(message) if plain is None else plain and message.plain_text):
        return parts_of(text_of(message))
    phone = programs.get(message.program).toll_free
    words = _(
        "For your privacy this letter does not say everything. Sign in to read all of it, or call "
        "%(phone)s. The call is free."
    )
    return [*parts_of(text_of(message, plain=True)), Part(PARAGRAPH, words % {"phone": phone})]


def goes_out_plain(message: Message) -> bool:
    """Say whether a message has a version that names no illness, and that is the one to print."""
    return bool(message.plain_text) and names_no_illness(message)


def names_no_illness(message: Message) -> bool:
    """Say whether others may open this letter: its adult said so, or the home is kept confidential."""
    guardian = message.to_guardian
    return guardian is not None and (
        guardian.plain_letters or guardian.household.address_is_confidential
    )


def _other_languages(program: programs.Program) -> list[dict[str, str]]:
    """Say in each language how to get the letter in another one, the letter's own first."""
    own = get_language()
    codes = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != own)
    found = []
    for code in codes:
        with translation.override(code):
            words = _("Another language, large print, or someone to read it to you: %(phone)s.")
            found.append({"language": code, "words": words % {"phone": program.toll_free}})
    return found


def as_attachment(content: bytes, name: str) -> HttpResponse:
    """Answer with a PDF to be saved or printed, of which no browser keeps a copy."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
