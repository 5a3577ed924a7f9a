"""An example of every letter there is: what its words are filled with, in each language.

A new message without an example fails the tests of letters.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format

from cms_portal.families.models import Channel, Guardian, Household
from cms_portal.notifications.deadlines import LAST_DAY, REPLY_BY
from cms_portal.notifications.models import Message, MessageState
from cms_portal.notifications.wording import health, word

EVERY_KEY = sorted(
    f"{path.parts[-3]}/{path.stem}"
    for path in (settings.BASE_DIR / "templates").glob("*/messages/*.txt")
    if path.stem != "general"
)
# An illness that no list has: whatever letter names it, the plain one may not.
ILLNESS = "Canariasis"
MAILED_ON, SOON, LATER = date(2026, 11, 30), date(2026, 12, 18), date(2027, 11, 29)
ADDRESS = "Elena Prueba Luna\n1204 Calle del Ejemplo, Apt 7\nSanta Fe, NM 87501"


def example(key: str, language: str, program: str = "nm-cms", *, plain: bool = False) -> Message:
    """Return a letter as it lies in its envelope; `plain` as to a home where others open letters."""
    with translation.override(language):
        values = _NAMED | _say(EXAMPLES[key], language)
    wording = word(
        key=key,
        language=language,
        channel=Channel.LETTER,
        program=program,
        values=values,
        outside={name: values[name] for name in ("code", "page", "leave") if name in values},
    )
    home = Household(program=program, address_is_confidential=plain)
    return Message(
        program=program,
        to_guardian=Guardian(household=home, first_name="Elena", last_name="Prueba Luna"),
        key=key,
        language=language,
        channel=Channel.LETTER,
        address=ADDRESS,
        state=MessageState.PRINTED,
        dated_on=MAILED_ON,
        queued_at=timezone.now(),
        reply_days=30,
        end_days=10,
        title=wording.title,
        text=wording.text,
        plain_text=wording.plain_text,
    )


def _say(told: Any, language: str) -> Any:
    """Return an example in one language: a pair of words is English and Spanish."""
    if isinstance(told, Pair):
        return told[language == "es"]
    if isinstance(told, dict):
        return {name: _say(part, language) for name, part in told.items()}
    if isinstance(told, list):
        return [_say(part, language) for part in told]
    return told


class Pair(tuple[Any, Any]):
    """The same in English and in Spanish."""


def both(english: Any, spanish: Any) -> Pair:
    return Pair((english, spanish))


def ill(english: str, spanish: str) -> Pair:
    """Words that name an illness."""
    return Pair((health(english.format(ILLNESS)), health(spanish.format(ILLNESS))))


_NAMED = {"guardian": "Elena", "child": "Marisol", "number": "K7PM-3XQ9", "worker": "Ida Romero"}


def day(on: date) -> Pair:
    """Return a day in words, as callers that write days themselves do."""
    said = []
    for language in ("en", "es"):
        with translation.override(language):
            said.append(date_format(on, "DATE_FORMAT"))
    return both(*said)


SERVICE = both("Care coordination", "Coordinación de cuidados")
PAYMENT = both("Payment for medical care", "Pago de atención médica")
AGED = {"youth": "Marisol", "age": 18, "birthday": LATER}
ASKED = {
    "what": both("A paper that shows what your home earns", "Un papel que muestre lo que se gana"),
    "why": both(
        "We need it to see if this help fits your income.",
        "Lo necesitamos para ver si esta ayuda corresponde a sus ingresos.",
    ),
    "examples": [
        both("two pay stubs in a row", "dos talones de pago seguidos"),
        both("a letter from your employer", "una carta de su empleador"),
    ],
    "services": [PAYMENT],
    "words": ill("The last paper was about {}.", "El último papel era sobre {}."),
    "due_on": SOON,
    "until": LATER,
}
VISIT = {
    "day": SOON,
    "time": time(9, 30),
    "is_call": False,
    "was_moved": True,
    "office": both("Santa Fe office", "Oficina de Santa Fe"),
    "street": "605 Letrado St",
    "city": "Santa Fe",
    "interpreter": "es",
}
REVIEW = {
    "asked_on": day(date(2026, 10, 5)),
    "told_on": day(date(2026, 9, 20)),
    "due_on": SOON,
    "services": [PAYMENT],
    "answers": [
        {"name": SERVICE, "is_yes": True, "reasons": ill("{} counts now.", "{} ya cuenta.")},
        {
            "name": PAYMENT,
            "is_yes": False,
            "reasons": ill("{} is paid by Medicaid.", "Medicaid paga {}."),
        },
    ],
    "words": ill("We read all about {}.", "Leímos todo sobre {}."),
    "facts": ill("a letter about {}", "una carta sobre {}"),
    "papers": [both("Letter from a doctor", "Carta de un médico")],
    "why": ill("It was not about {}.", "No era sobre {}."),
    "last_day": day(date(2026, 10, 2)),
    "signed": "Sam Trujillo",
    "signed_on": day(MAILED_ON),
    "any_no": True,
    "kind": "record_review",
}
DECISION = {
    "yes": [
        {
            "name": SERVICE,
            "starts": day(MAILED_ON),
            "until": day(LATER),
            "reasons": [
                both("Age 9 is under 21.", "Tiene 9 años, menos de 21."),
                ill("{} is on the list of conditions.", "{} está en la lista."),
            ],
        }
    ],
    "no": [
        {
            "name": PAYMENT,
            "starts": day(MAILED_ON),
            "until": LAST_DAY,
            "reasons": [
                both("Medicaid pays for this care.", "Medicaid paga esta atención."),
                ill("Nothing for {} is left to pay.", "No queda nada que pagar por {}."),
            ],
            "sources": ["7.30.3 NMAC"],
        }
    ],
    "open": [both("Diagnostic services", "Servicios de diagnóstico")],
    "waits_for": [both("A paper with the diagnosis", "Un papel con el diagnóstico")],
    "papers": [both("Pay stub (October 1, 2026)", "Talón de pago (1 de octubre de 2026)")],
    "told_on": day(date(2026, 10, 5)),
    "review_by": REPLY_BY,
    "decision_days": 60,
}
ENROLLED = {"starts": MAILED_ON, "last_day": LATER}
NEWS = {"news": [], "name": "CMS", "leave": "https://example.test/leave/", "page": "-"}
EXAMPLES: dict[str, dict[str, Any]] = {
    "accounts/address_in_use": {},
    "accounts/card_given": {},
    "accounts/contact_changed": {},
    "accounts/long_code": {"code": "12345678"},
    "accounts/pin_changed": {},
    "accounts/proof_added": {},
    "accounts/proof_removed": {},
    "families/authority_ended": {"name": "Mateo", "from_day": MAILED_ON},
    "families/sharing_stopped": {"name": "Hal Vigil", "from_day": MAILED_ON},
    "intake/age_limit": AGED
    | {
        "age": 21,
        "ending": [
            both(
                "Care coordination: November 28, 2027",
                "Coordinación de cuidados: 28 de noviembre de 2027",
            )
        ],
        "going_on": [ill("Help for adults with {}", "Ayuda para adultos con {}")],
    },
    "intake/application_received": {"answer_by": SOON},
    "intake/could_not_reach": {"is_known": True},
    "intake/decision_notice": DECISION,
    "intake/draft_reminder": {},
    "intake/enrollment_ended": {
        "last_day": LAST_DAY,
        "reason": both("Not renewed", "No se renovó"),
        "by_family": False,
        "until": LATER,
    },
    "intake/helper_joined": {"helper": "Hal Vigil", "until": SOON},
    "intake/information_asked": ASKED,
    "intake/information_reminder": ASKED,
    "intake/papers_not_received": ASKED,
    "intake/proof_of_enrollment": ENROLLED | {"full_name": "Marisol Prueba Luna"},
    "intake/referral_news": {"page": "https://example.test/r/"},
    "intake/referral_receipt": {"page": "https://example.test/r/"},
    "intake/renewal_reminder": {"last_day": SOON},
    "intake/review_decided": REVIEW,
    "intake/review_more_asked": {
        "day": SOON,
        "words": ill("Send the plan for {}.", "Mande el plan de {}."),
    },
    "intake/review_not_taken_up": REVIEW,
    "intake/review_received": REVIEW,
    "intake/turned_18_parent": AGED | {"birthday": MAILED_ON},
    "intake/turned_18_youth": AGED | {"birthday": MAILED_ON},
    "intake/turning_18_parent": AGED,
    "intake/turning_18_youth": AGED,
    "intake/visit_cancelled": VISIT,
    "intake/visit_planned": VISIT,
    "intake/welcome": ENROLLED | {"phone": "(505) 555-0100"},
    "notifications/sign_in_code": {"code": "123 456"},
    "welcome/confirm_news": NEWS,
    "welcome/news": NEWS,
}
# Nobody prints these: they go to an email or a phone alone.
NEVER_PRINTED = {
    "accounts/address_in_use",
    "accounts/long_code",
    "intake/referral_news",
    "intake/referral_receipt",
    "notifications/sign_in_code",
    "welcome/confirm_news",
    "welcome/news",
}
LETTERS = [key for key in EVERY_KEY if key not in NEVER_PRINTED]
