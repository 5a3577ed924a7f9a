"""The questions, in order: what each answer says in facts, and answers that stand for all others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cms_portal import programs
from cms_portal.offices import places
from cms_portal.ui.fields import YesNoUnsure
from eligibility.choices import ELSEWHERE
from eligibility.forms import screening as forms
from eligibility.program_folders import rulebooks

if TYPE_CHECKING:
    from eligibility.screening.course import Screening

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """One page: its key, its form, how an answer becomes facts, and answers that stand for all others.

    `settles` are the facts of the contract that it may make known.
    """

    key: str
    form_class: type[forms.ScreeningForm]
    facts: Callable[[Told, Screening], dict[str, Any]]
    samples: Callable[[Screening], list[dict[str, Any]]]
    settles: tuple[str, ...]
    applies: Callable[[Screening], bool] = lambda screening: True

    def can_change(self, screening: Screening) -> bool:
        """Say whether an answer, alone or with others still open, would change some service."""
        if not self.applies(screening):
            return False
        if any(path.startswith(self.settles) for path in screening.wanted()):
            return True
        now = screening.outcomes()
        return any(screening.outcomes(more) != now for more in self.samples(screening))


def _yes_or_no(answer: Any) -> bool | None:
    return {"yes": True, "no": False}.get(str(answer))


def _sure(answer: Any) -> Any:
    return None if answer == YesNoUnsure.UNSURE else answer or None


def _home(told: Told, screening: Screening) -> dict[str, Any]:
    here = programs.get(screening.program).state
    place = places.of_zip_in(told.get("zip_code"))
    # A ZIP code reaches across a state's border: it can show that home is here, never that it is not.
    by_zip = here if place and place.state == here else None
    state = {"elsewhere": ELSEWHERE, YesNoUnsure.UNSURE: by_zip}.get(told["home"], here)
    stays = {"stays": True, "leaves": False}.get(told["home"])
    return {"residence": {"state": state, "intends_to_stay": stays}}


def _condition(told: Told, _screening: Screening) -> dict[str, Any]:
    if not told.get("text"):
        return {"conditions": []}
    return {"conditions": [{"text": told["text"], "status": told["status"]}]}


def _which(told: Told, screening: Screening) -> dict[str, Any]:
    kept = screening.answers.get("condition", {})
    if told["code"] == forms.NONE_OF_THESE or not kept.get("text"):
        return {}
    return {"conditions": [{"icd10": told["code"], "status": kept["status"]}]}


def _seizure(told: Told, screening: Screening) -> dict[str, Any]:
    code = screening.answers["which"]["code"]
    status = screening.answers["condition"]["status"]
    taken = _yes_or_no(told["on_seizure_medication"])
    return {"conditions": [{"icd10": code, "status": status, "on_seizure_medication": taken}]}


def _money(told: Told, _screening: Screening) -> dict[str, Any]:
    amount = told.get("amount")
    lines = None if amount is None else [{"amount": amount, "period": told["period"] or "annual"}]
    return {"household": {"size": told.get("size")}, "income": lines}


def _newborn(told: Told, _screening: Screening) -> dict[str, Any]:
    return {
        "newborn": {
            "born_in_state": _yes_or_no(told["born_in_state"]),
            "hearing": _sure(told["hearing"]),
            "bloodspot": _sure(told["bloodspot"]),
        }
    }


def _chosen_epilepsy(screening: Screening) -> bool:
    return str(screening.answers.get("which", {}).get("code", "")).startswith("G40")


def _supposing(path: str, *values: Any) -> Callable[[Screening], list[dict[str, Any]]]:
    """Return samples of one fact, by its path in the contract."""

    def samples(_screening: Screening) -> list[dict[str, Any]]:
        group, _dot, name = path.partition(".")
        return [{group: {name: value}} if name else {group: value} for value in values]

    return samples


def _births(screening: Screening) -> list[dict[str, Any]]:
    return [
        {"date_of_birth": (screening.on - timedelta(days=365 * years + 300)).isoformat()}
        for years in (0, 3, 8, 14, 25)
    ]


def _some_condition(screening: Screening) -> list[dict[str, Any]]:
    return [{"conditions": [{"icd10": screening.listed_code(), "status": "confirmed"}]}]


def _each_code(screening: Screening) -> list[dict[str, Any]]:
    return [_which({"code": code}, screening) for code, _name in screening.codes]


def _with_or_without_medicine(screening: Screening) -> list[dict[str, Any]]:
    return [_seizure({"on_seizure_medication": one}, screening) for one in ("yes", "no")]


def _rich_or_poor(_screening: Screening) -> list[dict[str, Any]]:
    return [
        {"household": {"size": 4}, "income": [{"amount": amount, "period": "annual"}]}
        for amount in ("0", "60000", "90000", "900000")
    ]


def _screens(_screening: Screening) -> list[dict[str, Any]]:
    return [
        {"newborn": {"born_in_state": True, "hearing": hearing, "bloodspot": blood}}
        for hearing, blood in (("not_passed", "out_of_range"), ("passed", "in_range"))
    ]


BORN = Question(
    "born",
    forms.BornForm,
    lambda told, _: {"date_of_birth": told["date_of_birth"]},
    _births,
    ("date_of_birth",),
)
HOME = Question(
    "home", forms.HomeForm, _home, _supposing("residence.state", ELSEWHERE), ("residence",)
)
LIVES_HERE = Question(
    "home", forms.LivesHereForm, _home, _supposing("residence.state", ELSEWHERE), ("residence",)
)
THE_REST = (
    Question("condition", forms.ConditionForm, _condition, _some_condition, ("conditions",)),
    Question(
        "which",
        forms.WhichForm,
        _which,
        _each_code,
        ("conditions",),
        lambda screening: bool(screening.codes),
    ),
    Question(
        "seizure",
        forms.SeizureForm,
        _seizure,
        _with_or_without_medicine,
        ("conditions",),
        _chosen_epilepsy,
    ),
    Question(
        "newborn", forms.NewbornForm, _newborn, _screens, ("newborn",), lambda one: one.is_newborn
    ),
    Question(
        "doctor",
        forms.DoctorForm,
        lambda told, _: {
            "has_primary_care_provider": _yes_or_no(told["has_primary_care_provider"])
        },
        _supposing("has_primary_care_provider", True, False),
        ("has_primary_care_provider",),
    ),
    Question(
        "medicaid",
        forms.MedicaidForm,
        lambda told, _: {"coverage": {"medicaid": _sure(told["medicaid"])}},
        _supposing("coverage.medicaid", "enrolled", "denied"),
        ("coverage.medicaid",),
    ),
    Question("money", forms.MoneyForm, _money, _rich_or_poor, ("household.size", "income")),
    Question(
        "others",
        forms.OtherChildrenForm,
        lambda told, _: {
            "household": {"children_with_special_needs": told["children_with_special_needs"]}
        },
        _supposing("household.children_with_special_needs", 1, 2),
        ("household.children_with_special_needs",),
    ),
    Question(
        "insurance",
        forms.InsuranceForm,
        lambda told, _: {"coverage": {"private_insurance": _yes_or_no(told["private_insurance"])}},
        _supposing("coverage.private_insurance", True, False),
        ("coverage.private_insurance",),
    ),
    Question(
        "pool",
        forms.PoolForm,
        lambda told, _: {"coverage": {"insurance_pool": _sure(told["insurance_pool"])}},
        _supposing("coverage.insurance_pool", "accepted", "none"),
        ("coverage.insurance_pool",),
    ),
)


def questions_of(program: str) -> tuple[Question, ...]:
    """Return the questions in order; whether a plan to stay is asked, the program's rules say."""
    rules = rulebooks()[program].rules.values()
    asks_intent = any(one.arguments.get("intent_matters") is True for one in rules)
    return (BORN, HOME if asks_intent else LIVES_HERE, *THE_REST)
