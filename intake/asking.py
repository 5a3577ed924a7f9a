"""What to ask a family for each rule: the thing, the kind of paper, and papers that would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms_portal.documents.models import DocumentKind
from eligibility.catalogue import service_name
from eligibility.program_folders import rulebooks
from intake.cases import ServiceCase, service_cases
from intake.evidence import proofs_of
from intake.models import Application, Evidence, InformationRequest, Requirement

Words = str | Promise


@dataclass(frozen=True)
class Ask:
    """What we ask for: in one line, what for, and which papers show it; no kind where words will do."""

    what: Words
    for_what: Words
    kind: str = ""
    examples: tuple[Words, ...] = ()
    # What a paper for it proves; none where words will do.
    proves: Requirement | None = None


_BIRTH = Ask(
    _("A paper that shows the date of birth"),
    _("We need it to know which services are for this age."),
    DocumentKind.AGE,
    (
        _("birth certificate"),
        _("hospital paper from the birth"),
        _("passport, or a paper of your tribe, nation or pueblo"),
    ),
    Requirement.BIRTH,
)
_HOME = Ask(
    _("Something that shows where you live"),
    _("We need it to know that you live in this state and plan to stay."),
    DocumentKind.RESIDENCE,
    (
        _("a bill or a letter with your name and town"),
        _("rent agreement"),
        _("a letter from school"),
        _("a letter from a shelter, or from somebody who knows you, if you have no home now"),
    ),
    Requirement.HOME,
)
_DIAGNOSIS = Ask(
    _("A doctor’s paper about the health condition"),
    _("We need it because a doctor has to say what the condition is."),
    DocumentKind.DIAGNOSIS,
    (
        _("a letter from the doctor"),
        _("the summary of a visit"),
        _("a hospital’s discharge paper"),
        _("a test result that names the condition"),
    ),
    Requirement.CONDITION,
)
_INCOME = Ask(
    _("Papers about the money that comes into your home"),
    _("We need them because this help is for families under an income line."),
    DocumentKind.INCOME,
    (
        _("pay stubs of the last 30 days"),
        _("a letter from the employer"),
        _("a letter about benefits or child support"),
        _("last year’s tax return, if you work for yourself"),
    ),
    Requirement.INCOME,
)
_MEDICAID = Ask(
    _("What Medicaid answered you"),
    _("We need it because Medicaid, if you have it, pays before we do."),
    DocumentKind.COVERAGE,
    (
        _("the letter in which Medicaid said yes or no"),
        _("your Medicaid card"),
        _("if you have not applied: just tell us, and we talk about it first"),
    ),
    Requirement.MEDICAID,
)
_POOL = Ask(
    _("What the insurance pool answered you"),
    _("We need it to help with its premium."),
    DocumentKind.COVERAGE,
    (_("the pool’s letter"), _("your card of the pool")),
    Requirement.POOL,
)
_INSURANCE = Ask(
    _("Which health insurance your child has"),
    _("We need it to know if we should help you find insurance."),
    DocumentKind.COVERAGE,
    (_("insurance card, both sides"), _("a letter that the insurance ended")),
    Requirement.INSURANCE,
)
_DOCTOR = Ask(
    _("The name and phone number of your child’s regular doctor"),
    _("We need it because our clinics work together with that doctor."),
)
_SCREEN = Ask(
    _("The result of the newborn screen"),
    _("We need it to know if your baby should be tested again."),
    DocumentKind.DIAGNOSIS,
    (_("the hospital’s paper with the result"), _("a letter about the result")),
    Requirement.SCREEN,
)
_YEARLY = Ask(
    _("This year’s intake assessment"),
    _("We need it because it is done once a year."),
)

# By the rule's name in the library of rules.
ASKS: dict[str, Ask] = {
    "age": _BIRTH,
    "minimum_age": _BIRTH,
    "residence": _HOME,
    "residence_or_born_here": _HOME,
    "covered_condition": _DIAGNOSIS,
    "eligible_condition": _DIAGNOSIS,
    "any_condition": _DIAGNOSIS,
    "named_condition": _DIAGNOSIS,
    "income": _INCOME,
    "payer_of_last_resort": _MEDICAID,
    "insurance_pool": _POOL,
    "uninsured": _INSURANCE,
    "primary_care_provider": _DOCTOR,
    "newborn_hearing": _SCREEN,
    "newborn_bloodspot": _SCREEN,
    "annual_intake": _YEARLY,
}


@dataclass(frozen=True)
class AskedFor:
    """One request as a family reads it."""

    request: InformationRequest

    @property
    def _ask(self) -> Ask:
        return ASKS[self.request.rule]

    @property
    def what(self) -> str:
        return str(self._ask.what)

    @property
    def why(self) -> str:
        return str(self._ask.for_what)

    @property
    def kind(self) -> str:
        return self._ask.kind

    @property
    def examples(self) -> list[str]:
        return [str(example) for example in self._ask.examples]

    @property
    def services(self) -> list[str]:
        """The names of the services that wait for it, in the reader's language."""
        return service_names(self.request.application.program, self.request.services)


def service_names(program: str, keys: Iterable[str]) -> list[str]:
    return [service_name(program, key) for key in keys]


def asked_for(requests: Iterable[InformationRequest]) -> list[AskedFor]:
    return [AskedFor(request) for request in requests]


@dataclass(frozen=True)
class Askable:
    """A rule that cannot be answered yet, and the services that wait for it."""

    rule: str
    because: str
    services: list[str]
    request: InformationRequest | None = None
    proof: Evidence | None = None
    """What proves it already: then the family is asked only with a reason."""

    @property
    def what(self) -> str:
        return str(ASKS[self.rule].what)


def askable(
    cases: Iterable[ServiceCase], proofs: Mapping[str, Evidence] | None = None
) -> list[Askable]:
    """Return what a family can be asked, or was asked, each rule once, what most services need first.

    `proofs` is what its papers prove, by requirement.
    """
    found: dict[str, Askable] = {}
    for case in cases:
        for rule, because in _unknown(case) if case.is_asked and case.is_open else ():
            asked = next((one for one in case.waits_for if one.rule == rule), None)
            proof = (proofs or {}).get(ASKS[rule].proves or "")
            row = found.setdefault(rule, Askable(rule, because, [], asked, proof))
            row.services.append(case.key)
    return sorted(found.values(), key=lambda one: -len(one.services))


def _unknown(case: ServiceCase) -> list[tuple[str, str]]:
    return [(r.rule, r.because) for r in case.reasons if r.outcome == "unknown" and r.rule in ASKS]


def waiting_for(application: Application, rule: str) -> list[str]:
    """Return the undecided services for which one rule is not known yet."""
    return next(
        (one.services for one in askable(service_cases(application)) if one.rule == rule), []
    )


def proof_for(application: Application, rule: str, on: date) -> Evidence | None:
    """Return the paper that proves on a day what a rule asks for."""
    return proofs_of(application, on).get(ASKS[rule].proves or "")


def requirements_of(program: str) -> list[Requirement]:
    """Return what papers can prove for the rules of a program."""
    asked = {one.rule.name for one in rulebooks()[program].rules.values()}
    proven = {ask.proves for rule, ask in ASKS.items() if rule in asked}
    return [one for one in Requirement if one in proven]
