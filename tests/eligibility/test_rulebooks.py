from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from eligibility.engine import determine, determine_any
from eligibility.facts import BadFacts
from eligibility.faults import BadRulebook
from eligibility.program_folders import PROGRAMS, load_rulebooks, read_rulebooks, rulebooks
from eligibility.reading import parse_facts
from eligibility.sentences import sentence

FIRST_DAY = date(2023, 1, 12)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A copy of the programs' folders that a test may spoil."""
    return Path(shutil.copytree(PROGRAMS, tmp_path / "programs"))


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_rulebooks_we_ship_are_without_fault():
    found, problems = read_rulebooks()
    assert problems == []
    assert sorted(found) == ["ms-cmp", "nm-cms"]


def test_a_rulebook_begins_with_the_first_guideline_we_hold():
    for code, rulebook in rulebooks().items():
        assert rulebook.begins_on == FIRST_DAY
        with pytest.raises(BadFacts, match="on: must be 2023-01-12 or later"):
            determine(rulebook, parse_facts({"program": code, "on": "2023-01-11"}))
        determine(rulebook, parse_facts({"program": code, "on": "2023-01-12"}))


def test_an_unknown_program_is_refused_by_name():
    with pytest.raises(BadFacts) as refused:
        determine_any(rulebooks(), parse_facts({"program": "tx-abc", "on": "2026-11-21"}))
    assert refused.value.key == "program"


def test_a_rulebook_refuses_the_facts_of_another_program():
    with pytest.raises(BadFacts, match="nm-cms"):
        determine(rulebooks()["nm-cms"], parse_facts({"program": "ms-cmp", "on": "2026-11-21"}))


def test_mississippi_has_no_service_that_pays_and_no_rule_about_income():
    rulebook = rulebooks()["ms-cmp"]
    assert not rulebook.program.pays_for_care
    assert not any(service.payable for service in rulebook.services)
    assert {"income", "payer_of_last_resort"}.isdisjoint(
        one.rule.name for one in rulebook.rules.values()
    )


def test_the_rule_about_assets_is_written_and_dated_out():
    rulebook = rulebooks()["nm-cms"]
    (assets,) = rulebook.suspended_on(date(2026, 11, 21))
    assert assets.rule.name == "assets"
    assert set(assets.note) == {"en", "es"}
    assert "assets" not in rulebook.on(date(2026, 11, 21)).requirements


def test_a_suspended_rule_leaves_the_services_that_require_it(programs: Path):
    services = programs / "nm_cms" / "services.yaml"
    replace_in(
        services,
        "  primary_care_provider: {rule: primary_care_provider, source: nm_program_page}",
        "  primary_care_provider:\n"
        "    rule: primary_care_provider\n"
        "    source: nm_program_page\n"
        "    until: 2026-06-01",
    )
    rulebook = load_rulebooks(programs)["nm-cms"]
    assert "primary_care_provider" in _requires(rulebook.on(date(2026, 5, 31)), "specialty_clinic")
    assert "primary_care_provider" not in _requires(
        rulebook.on(date(2026, 6, 1)), "specialty_clinic"
    )
    assert [one.key for one in rulebook.suspended_on(date(2026, 6, 1))] == [
        "primary_care_provider",
        "assets",
    ]


def _requires(edition, key):
    return next(service.requires for service in edition.services if service.key == key)


def test_the_hash_changes_with_a_value_and_only_from_its_day_on(programs: Path):
    before = load_rulebooks(programs)["nm-cms"]
    replace_in(
        programs / "nm_cms" / "parameters" / "figures.yaml",
        "  - {from: 2012-10-30, value: 30, basis: source, source: nm_residency_rule}",
        "  - {from: 2012-10-30, until: 2026-01-01, value: 30, basis: source, source: nm_residency_rule}\n"
        "  - {from: 2026-01-01, value: 60, basis: source, source: nm_residency_rule}",
    )
    after = load_rulebooks(programs)["nm-cms"]
    assert after.on(date(2025, 12, 31)).hash == before.on(date(2025, 12, 31)).hash
    assert after.on(date(2026, 1, 1)).hash != before.on(date(2026, 1, 1)).hash


def test_the_hash_covers_the_conditions_the_services_and_the_guideline(programs: Path):
    day = date(2026, 11, 21)
    hashes = {load_rulebooks(programs)["nm-cms"].on(day).hash}
    for name, old, new in (
        ("nm_cms/parameters/conditions.yaml", "codes: J45", "codes: J45-J46"),
        (
            "nm_cms/services.yaml",
            "requires: [residence, age, any_condition]",
            "requires: [residence, age]",
        ),
        ("national/parameters/poverty_guidelines.yaml", "15960", "15961"),
        ("nm_cms/services.yaml", "source: nm_flyer", "source: nm_rule"),
    ):
        replace_in(programs / name, old, new)
        hashes.add(load_rulebooks(programs)["nm-cms"].on(day).hash)
    assert len(hashes) == 5


def test_days_between_two_changes_share_an_edition():
    rulebook = rulebooks()["nm-cms"]
    assert rulebook.on(date(2026, 1, 13)) is rulebook.on(date(2027, 8, 1))
    assert rulebook.on(date(2026, 1, 13)) is not rulebook.on(date(2026, 1, 12))


FAULTS = [
    (
        "nm_cms/parameters/figures.yaml",
        "  - {from: 2012-10-30, value: 21, basis: source, source: nm_program_page}",
        "  - {from: 2012-10-30, value: 21, basis: source}",
        "age_limit: a value without a source is not a value",
    ),
    (
        "nm_cms/parameters/figures.yaml",
        "value: 21, basis: source, source: nm_program_page",
        "value: 21, source: nm_program_page",
        "age_limit: needs a basis",
    ),
    (
        "nm_cms/parameters/figures.yaml",
        "value: 21, basis: source, source: nm_program_page",
        "value: 21, basis: source, source: nowhere",
        "age_limit: there is no source called 'nowhere'",
    ),
    (
        "ms_cmp/parameters/figures.yaml",
        "    owner:\n"
        "      en: Program administrator, Mississippi CMP\n"
        "      es: Administración del programa, CMP de Misisipi\n",
        "",
        "age_limit: a value whose basis is inferred needs an owner",
    ),
    (
        "nm_cms/parameters/figures.yaml",
        "value: 30, basis: source",
        "value: thirty, basis: source",
        "longest_absence: 'thirty' is not a whole number",
    ),
    (
        "nm_cms/parameters/figures.yaml",
        "value: 30, basis: source",
        "value: null, basis: source",
        "longest_absence: only a value whose basis is unknown may be empty",
    ),
    (
        "nm_cms/parameters/figures.yaml",
        "{from: 2012-10-30, value: 30",
        "{from: long ago, value: 30",
        "longest_absence: from must be a date",
    ),
    (
        "nm_cms/parameters/figures.yaml",
        "{from: 2012-10-30, value: 30",
        "{from: 2024-01-01, value: 30",
        "a gap in dates: longest_absence has no value on 2023-01-12",
    ),
    (
        "nm_cms/parameters/figures.yaml",
        "{from: 2012-10-30, value: 30",
        "{from: 2012-10-30, until: 2025-01-01, value: 30",
        "longest_absence: a gap in dates: no value from 2025-01-01 on",
    ),
    (
        "national/parameters/poverty_guidelines.yaml",
        "until: 2024-01-11",
        "until: 2024-01-10",
        "poverty_guideline_48_states: a gap in dates: no value from 2024-01-10 to 2024-01-10",
    ),
    (
        "national/parameters/poverty_guidelines.yaml",
        "until: 2024-01-11",
        "until: 2024-01-12",
        "the periods from 2023-01-12 and from 2024-01-11 overlap",
    ),
    (
        "national/parameters/poverty_guidelines.yaml",
        "    until: 2024-01-11\n",
        "",
        "the periods from 2023-01-12 and from 2024-01-11 overlap",
    ),
    (
        "national/parameters/poverty_guidelines.yaml",
        "unit: guideline",
        "unit: dollars per year",
        "unknown unit 'dollars per year'",
    ),
    (
        "nm_cms/services.yaml",
        "rule: any_condition",
        "rule: any_old_rule",
        "unknown rule 'any_old_rule'",
    ),
    (
        "nm_cms/services.yaml",
        "limit: preschool_age_limit}",
        "limit: school_age}",
        "preschool_age: limit: there is no value called 'school_age'",
    ),
    (
        "nm_cms/services.yaml",
        "limit: preschool_age_limit}",
        "limit: longest_absence}",
        "limit: longest_absence is in days, and years is needed",
    ),
    (
        "nm_cms/services.yaml",
        "{rule: age, source: nm_flyer, limit: preschool_age_limit}",
        "{rule: age, source: nm_flyer}",
        "preschool_age: the rule age needs limit",
    ),
    (
        "nm_cms/services.yaml",
        "{rule: any_condition, source: nm_cyshcn_page}",
        "{rule: any_condition, source: nm_cyshcn_page, limit: age_limit}",
        "any_condition: the rule any_condition does not take limit",
    ),
    (
        "nm_cms/services.yaml",
        "requires: [residence, preschool_age]",
        "requires: [residence, school_age]",
        "developmental_evaluation: requires school_age, which is no rule",
    ),
    (
        "nm_cms/services.yaml",
        "requires: [residence, preschool_age]",
        "requires: []",
        "developmental_evaluation: requires no rule",
    ),
    ("nm_cms/services.yaml", "    payable: true\n", "", "payable must be true or false"),
    ("nm_cms/services.yaml", "intent_matters: true", "intent_matters: 1", "must be true or false"),
    (
        "nm_cms/services.yaml",
        "source: nm_flyer",
        "source: nowhere",
        "there is no source called 'nowhere'",
    ),
    ("nm_cms/services.yaml", "until: 2023-01-12", "until: soon", "assets: until must be a date"),
    (
        "nm_cms/services.yaml",
        "only_groups: [newborn_panel]",
        "only_groups: [newborn_panels]",
        "newborn_bloodspot: there is no group 'newborn_panels' in the list",
    ),
    (
        "nm_cms/services.yaml",
        'marked: ["yes"], only_groups: [newborn_panel]',
        "marked: [covered], only_groups: [newborn_panel]",
        "newborn_bloodspot: picks no condition of the list",
    ),
    (
        "nm_cms/services.yaml",
        "    name: {en: Care coordination, es: Coordinación de cuidados}",
        "    name: {en: Care coordination}",
        "care_coordination: name needs its words in English and Spanish",
    ),
    (
        "nm_cms/parameters/conditions.yaml",
        "codes: C00-C96",
        "codes: C00-99",
        "'C00-99' is not a range of ICD-10-CM codes",
    ),
    (
        "nm_cms/parameters/conditions.yaml",
        "codes: C00-C96",
        "codes: C96-C00",
        "ends before it begins",
    ),
    ("nm_cms/parameters/conditions.yaml", "        es: Cáncer\n", "", "needs its words"),
    ("nm_cms/parameters/conditions.yaml", "        mapping: medium\n", "", "Cancer has no mapping"),
    (
        "nm_cms/parameters/conditions.yaml",
        "      source: nm_provider_page\n      conditions:",
        "      source: nowhere\n      conditions:",
        "conditions, Cancer: there is no source called 'nowhere'",
    ),
    ("nm_cms/sources.yaml", "    es: Folleto", "    sp: Folleto", "nm_flyer: name needs its words"),
    ("nm_cms/program.yaml", "  basis: inferred\n", "", "majority_age: needs a basis"),
    (
        "nm_cms/program.yaml",
        "passes_on_to_medicaid:",
        "passes_on:",
        "passes_on_to_medicaid: has no value",
    ),
    ("nm_cms/program.yaml", "  review_request_days:", "  revue:", "revue: no clock is called so"),
    ("national/clocks.yaml", "value: 45", "value: soon", "decision_days: "),
    ("nm_cms/program.yaml", "state: NM", "state: 5", "state is needed, as text"),
    ("nm_cms/program.yaml", "pays_for_care: true", "pays_for_care: maybe", "pays_for_care must be"),
    ("nm_cms/program.yaml", "code: nm-cms", "code: ms-cmp", "two programs are called ms-cmp"),
    (
        "nm_cms/program.yaml",
        "code: nm-cms",
        "code: nm-cms\ncode: nm-cms",
        "'code' is written twice",
    ),
    ("nm_cms/services.yaml", "rules:", "rules: {", "not YAML"),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "line"), FAULTS, ids=[f"{name}: {line}" for name, _, _, line in FAULTS]
)
def test_a_fault_in_a_folder_is_one_clear_line(
    programs: Path, name: str, old: str, new: str, line: str
):
    replace_in(programs / name, old, new)
    _found, problems = read_rulebooks(programs)
    assert [problem for problem in problems if line in problem], problems
    assert all("\n" not in problem for problem in problems)
    assert len(set(problems)) == len(problems)
    with pytest.raises(BadRulebook):
        load_rulebooks(programs)


def test_a_file_that_is_missing_is_said(programs: Path):
    (programs / "nm_cms" / "sources.yaml").unlink()
    assert any(
        "nm_cms/sources.yaml: cannot be read" in line for line in read_rulebooks(programs)[1]
    )


def test_a_folder_without_programs_is_said(tmp_path: Path):
    assert read_rulebooks(tmp_path)[1] == [f"{tmp_path.name}: there is no program in this folder"]


ZENITH = {
    "program.yaml": """
        code: zz-kids
        state: ZZ
        state_name: {en: Zenith, es: Cenit}
        name: {en: Zenith Kids, es: Niños de Cenit}
        short_name: {en: ZK, es: NC}
        agency: {en: Zenith Health, es: Salud de Cenit}
        toll_free: 1-800-555-0100
        local_phone: null
        pays_for_care: true
        application_noun: {en: application, es: solicitud}
        review_kind: grievance
        timezone: America/Anchorage
        theme: nm
        majority_age: {value: 18, basis: inferred, source: zz_law, owner: {en: Zenith, es: Cenit}}
        health_consent_age: {value: 16, basis: source, source: zz_law}
        clocks:
          decision_days: {value: 30, basis: source, source: zz_law}
        passes_on_to_medicaid:
          value: {en: We pass nothing on., es: No pasamos nada.}
          basis: source
          source: zz_law
        """,
    "sources.yaml": """
        zz_law:
          name: {en: Zenith law, es: Ley de Cenit}
          url: null
        """,
    "services.yaml": """
        rules:
          residence: {rule: residence, source: zz_law}
          age: {rule: age, source: zz_law, limit: age_limit}
          income:
            rule: income
            source: zz_law
            percent: income_limit
            guidelines: poverty_guideline_alaska
            times_a_year: income_times_a_year
          condition:
            rule: covered_condition
            source: zz_law
            list: {from: conditions, marked: [listed]}
        services:
          equipment:
            name: {en: Equipment, es: Equipo}
            summary: {en: Help with equipment., es: Ayuda con equipo.}
            payable: true
            requires: [residence, age, income, condition]
        """,
    "parameters/figures.yaml": """
        age_limit:
          what: {en: Age limit, es: Límite de edad}
          unit: years
          periods: [{from: 2020-01-01, value: 18, basis: source, source: zz_law}]
        income_limit:
          what: {en: Income limit, es: Límite de ingreso}
          unit: percent
          periods:
          - {from: 2020-01-01, until: 2026-07-01, value: 150, basis: source, source: zz_law}
          - {from: 2026-07-01, value: 175, basis: source, source: zz_law}
        conditions:
          what: {en: Conditions, es: Condiciones}
          unit: conditions
          periods:
          - from: 2020-01-01
            basis: source
            source: zz_law
            value:
            - group: lungs
              name: {en: Lungs, es: Pulmones}
              covered: listed
              source: zz_law
              conditions:
              - {codes: J40-J47, en: Lung disease, es: Enfermedad del pulmón, mapping: high}
        """,
}


@pytest.fixture
def with_zenith(programs: Path) -> Path:
    for name, text in ZENITH.items():
        path = programs / "zenith" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(yaml.safe_load(text), allow_unicode=True))
    return programs


def test_a_third_state_is_a_folder_of_yaml_alone(with_zenith: Path):
    three = load_rulebooks(with_zenith)
    assert sorted(three) == ["ms-cmp", "nm-cms", "zz-kids"]
    child = {
        "program": "zz-kids",
        "on": "2026-06-30",
        "date_of_birth": "2015-03-01",
        "residence": {"state": "ZZ"},
        "conditions": [{"icd10": "J47.9", "status": "confirmed"}],
        "household": {"size": 2, "children_with_special_needs": 1},
        "income": [{"amount": "40575.00", "period": "annual"}],
    }
    before = determine_any(three, parse_facts(child)).services["equipment"]
    after = determine_any(three, parse_facts({**child, "on": "2026-07-01"})).services["equipment"]
    assert before.outcome == "not_available"
    assert after.outcome == "available"
    assert sentence(before.findings[0]) == "Home is in Zenith."
    assert sentence(after.findings[2]) == (
        "Income of $40,575 a year is under $47,337.50, the limit for a household of 2."
    )


def test_a_third_state_is_asked_by_its_own_rules(with_zenith: Path):
    three = load_rulebooks(with_zenith)
    child = parse_facts({"program": "zz-kids", "on": "2026-07-01"})
    assert determine_any(three, child).services["equipment"].ask_next == (
        "date_of_birth",
        "residence.state",
        "conditions",
        "household.size",
        "income",
    )


def test_a_third_state_changes_no_other_rulebook(with_zenith: Path):
    day = date(2026, 11, 21)
    for code, rulebook in rulebooks().items():
        assert load_rulebooks(with_zenith)[code].on(day).hash == rulebook.on(day).hash


def test_a_program_may_replace_a_national_value(with_zenith: Path):
    (with_zenith / "zenith" / "parameters" / "income.yaml").write_text(
        yaml.safe_dump(
            {
                "income_times_a_year": {
                    "what": {"en": "Times", "es": "Veces"},
                    "unit": "times_a_year",
                    "periods": [
                        {
                            "from": date(2020, 1, 1),
                            "basis": "source",
                            "source": "zz_law",
                            "value": {
                                "weekly": 48,
                                "monthly": 12,
                                "annual": 1,
                                "biweekly": 24,
                                "semimonthly": 24,
                                "quarterly": 4,
                            },
                        }
                    ],
                }
            }
        )
    )
    rulebook = load_rulebooks(with_zenith)["zz-kids"]
    assert rulebook.on(date(2026, 7, 1)).requirements["income"].values.times_a_year["weekly"] == 48
    nm = load_rulebooks(with_zenith)["nm-cms"]
    assert nm.on(date(2026, 7, 1)).requirements["income"].values.times_a_year["weekly"] == 52


def test_every_setting_that_is_not_from_a_source_names_its_owner():
    for rulebook in rulebooks().values():
        for parameter in rulebook.parameters.values():
            for dated in parameter.dated:
                assert dated.basis == "source" or dated.owner, parameter.key
