from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.eligibility.children import example_children

PROJECT = Path(__file__).resolve().parents[2]
CHILD: dict[str, Any] = {
    "program": "nm-cms",
    "on": "2026-11-21",
    "date_of_birth": "2015-03-01",
    "residence": {"state": "NM", "intends_to_stay": True},
    "conditions": [{"icd10": "J45.40", "status": "confirmed"}],
    "household": {"size": 4, "children_with_special_needs": 1},
    "income": [{"amount": "2500.00", "period": "monthly"}],
}


def determine(*arguments: str, told: str | bytes = "") -> subprocess.CompletedProcess[bytes]:
    """Run the command as a person would, on a machine that has no database at all."""
    return subprocess.run(
        [sys.executable, "manage.py", "determine", *arguments],
        cwd=PROJECT,
        input=told.encode() if isinstance(told, str) else told,
        capture_output=True,
        check=False,
        env={
            **os.environ,
            "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:1/nowhere",
            "DJANGO_SETTINGS_MODULE": "cms_portal.settings.test",
        },
    )


def ask(*arguments: str) -> str:
    written = io.StringIO()
    call_command("determine", *arguments, stdout=written)
    return written.getvalue()


@pytest.fixture
def child_file(tmp_path: Path) -> Path:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(CHILD))
    return path


def test_a_child_is_answered_without_a_database(child_file: Path):
    done = determine(str(child_file))
    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout)
    assert answer["services"]["care_coordination"]["outcome"] == "available"
    assert answer["services"]["medical_payment"]["ask_next"] == ["coverage.medicaid"]


def test_the_facts_may_come_from_standard_input():
    done = determine("-", told=json.dumps(CHILD))
    assert done.returncode == 0
    assert json.loads(done.stdout)["program"] == "nm-cms"


def test_the_answer_is_the_same_to_the_byte_in_another_process(child_file: Path, monkeypatch):
    answers = set()
    for seed in ("0", "1", "77"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        answers.add(determine(str(child_file)).stdout)
    assert len(answers) == 1


def test_the_answer_in_spanish_differs_in_its_sentences_only(child_file: Path):
    english = json.loads(ask(str(child_file)))
    done = determine("--language", "es", str(child_file))
    spanish = json.loads(done.stdout.decode("utf-8"))
    assert "El ingreso de $30,000 al año es menos de $66,000" in done.stdout.decode("utf-8")
    for answer in (english, spanish):
        for service in answer["services"].values():
            for finding in service["findings"]:
                assert finding.pop("because")
    assert english == spanish


def test_spanish_can_be_written_where_the_locale_knows_no_accents(child_file: Path, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = determine("--language", "es", str(child_file))
    assert done.returncode == 0
    assert "año" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (b"", b"facts"),
        (b"not json", b"facts"),
        (b"[" * 50_000, b"facts"),
        (b'{"program": "nm-cms"}', b"on"),
        (b'{"program": "tx-abc", "on": "2026-11-21"}', b"program"),
        (b'{"on": "2026-11-21"}', b"program"),
        (b'{"program": "nm-cms", "on": "2023-01-11"}', b"on"),
        (b'{"program": "ms-cmp", "on": "2023-01-11"}', b"on"),
        (b'{"program": "nm-cms", "on": "2026-11-21", "ssn": "1"}', b"ssn"),
        (
            b'{"program": "nm-cms", "on": "2026-11-21", "date_of_birth": "2026-11-22"}',
            b"date_of_birth",
        ),
        (b'{"program": "nm-cms", "on": "2026-11-21", "household": {"size": 0}}', b"household.size"),
        (
            b'{"program": "nm-cms", "on": "2026-11-21", "income": [{"amount": NaN}]}',
            b"income.0.amount",
        ),
        (b'{"program": "nm-cms", "on": "2026-11-21", "a\\nb": 1}', b'"a\\nb"'),
    ],
    ids=lambda value: ascii(value)[:60],
)
def test_bad_input_is_one_line_naming_the_key(told: bytes, key: bytes, tmp_path: Path):
    path = tmp_path / "facts.json"
    path.write_bytes(told)
    written = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("determine", str(path), stdout=written)
    assert refused.value.returncode == 2
    assert key.decode() in str(refused.value)
    assert "\n" not in str(refused.value)
    assert written.getvalue() == ""


def test_bad_input_is_said_on_standard_error_with_status_2():
    done = determine("-", told=json.dumps({**CHILD, "household": {"size": 0}}))
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr == b"CommandError: household.size: must be 1 or more\n"


def test_a_file_that_is_not_there_is_one_line_and_status_2(tmp_path: Path):
    done = determine(str(tmp_path / "nothing\nhere.json"))
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1


def test_a_batch_answers_line_by_line_and_goes_on_after_a_bad_one(tmp_path: Path):
    path = tmp_path / "facts.jsonl"
    lines = [json.dumps(CHILD), "{", "", json.dumps({**CHILD, "on": "soon"}), json.dumps(CHILD)]
    path.write_text("\n".join(lines) + "\n")
    done = determine("--batch", str(path))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert len(answers) == 5
    assert answers[0] == answers[4]
    assert [answer["line"] for answer in answers[1:4]] == [2, 3, 4]
    assert all(set(answer) == {"line", "error"} for answer in answers[1:4])
    assert answers[3]["error"].startswith("on: ")


def test_a_batch_without_fault_ends_with_status_0():
    done = determine("--batch", "-", told=json.dumps(CHILD) + "\n" + json.dumps(CHILD))
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout.splitlines()) == 2


def test_a_batch_of_bytes_that_are_no_text_goes_on():
    done = determine("--batch", "-", told=b"\xff\xfe\n" + json.dumps(CHILD).encode())
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2


def test_a_batch_says_the_same_as_one_by_one(tmp_path: Path):
    children = [child.facts for child in example_children()]
    path = tmp_path / "facts.jsonl"
    path.write_text("".join(json.dumps(facts) + "\n" for facts in children))
    answers = [json.loads(line) for line in ask("--batch", str(path)).splitlines()]
    assert len(answers) == len(children)
    for facts, answer in list(zip(children, answers, strict=True))[::40]:
        one = tmp_path / "one.json"
        one.write_text(json.dumps(facts))
        assert json.loads(ask(str(one))) == answer


def test_a_batch_is_answered_while_it_is_read(monkeypatch: pytest.MonkeyPatch):
    written = io.StringIO()

    class Stdin:
        @property
        def buffer(self) -> Iterator[bytes]:
            for number in range(5):
                assert written.getvalue().count("\n") == number
                yield json.dumps(CHILD).encode()

    monkeypatch.setattr(sys, "stdin", Stdin())
    call_command("determine", "-", batch=True, stdout=written)
    assert written.getvalue().count("\n") == 5


def test_the_rulebooks_we_ship_pass_their_check():
    written = io.StringIO()
    call_command("check_rulebooks", stdout=written)
    assert "nm-cms: 12 services, 18 rules, no fault" in written.getvalue()


def test_a_rulebook_with_a_fault_fails_its_check(tmp_path: Path):
    (tmp_path / "nm_cms").mkdir()
    (tmp_path / "nm_cms" / "program.yaml").write_text("code: nm-cms\n")
    written = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_rulebooks", str(tmp_path), stdout=written)
    assert "nm_cms/program.yaml: majority_age: has no value\n" in written.getvalue()
