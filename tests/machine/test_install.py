"""Setting up a checkout does what is needed and no more, and says in one line what it cannot do."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import namedtuple
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.apps import apps

from cms_portal.database.state import PROJECT
from cms_portal.launch import install, lock, steps
from cms_portal.launch.steps import StepFailed, one_clear_line, run_quietly
from tests.browser import chromium

PYTHON = sys.executable


def test_an_old_python_is_told_what_is_needed(monkeypatch):
    source = (PROJECT / "cms_portal/launch/__init__.py").read_text()
    ast.parse(source, feature_version=(3, 7))
    version = namedtuple("version", "major minor micro")(3, 8, 1)
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed; this is 3\.8\."):
        exec(source)


@pytest.fixture
def checkout(tmp_path, monkeypatch) -> list[str]:
    """A checkout with an environment, and the names of the steps that it is put through."""
    for name, path in (("STAMP", tmp_path / "stamp"), ("TEST_LOCK", tmp_path / "dev.txt")):
        monkeypatch.setattr(install, name, path)
    (tmp_path / "dev.txt").write_text("django==5.2\n")
    done: list[str] = []
    monkeypatch.setattr(install, "run_quietly", lambda name, command, *_: done.append(name))
    monkeypatch.setattr(install, "make_environment", lambda: None)
    return done


def test_packages_are_installed_once_for_each_lock(checkout, tmp_path):
    install.install_packages(tmp_path / "dev.txt")
    install.install_packages(tmp_path / "dev.txt")
    assert checkout == ["Installer", "Packages"]

    (tmp_path / "dev.txt").write_text("django==5.2.1\n")
    install.install_packages(tmp_path / "dev.txt")
    assert checkout == ["Installer", "Packages"] * 2


def test_pip_does_the_work_when_uv_cannot(checkout, tmp_path, monkeypatch):
    commands: list[list[str]] = []

    def run(name, command, *_):
        commands.append(command)
        if "uv" in command:
            raise StepFailed("uv cannot run here")

    monkeypatch.setattr(install, "run_quietly", run)
    install.install_packages(tmp_path / "dev.txt")
    assert "pip" in commands[-1]
    assert "uv" not in commands[-1]
    assert all("--require-hashes" in command for command in commands)


def test_styles_wait_for_the_node_of_the_packages_where_the_machine_has_none(monkeypatch):
    tried: list[str] = []

    def build(python):
        tried.append(python)
        if python == sys.executable:
            raise StepFailed("no Node 18 or newer here")

    monkeypatch.setattr(sys, "argv", ["install"])
    monkeypatch.setattr(install, "PYTHON", Path("/checkout/.venv/bin/python"))
    monkeypatch.setattr(install, "build_styles", build)
    monkeypatch.setattr(install, "install_packages", lambda lock: None)
    monkeypatch.setattr(install, "compile_messages", lambda: None)
    install.main()
    assert tried == [sys.executable, "/checkout/.venv/bin/python"]


def test_a_failed_installation_is_not_remembered(checkout, tmp_path, monkeypatch):
    def fail(name, command, *_):
        raise StepFailed("no network")

    monkeypatch.setattr(install, "run_quietly", fail)
    with pytest.raises(StepFailed):
        install.install_packages(tmp_path / "dev.txt")
    assert not install.STAMP.exists()


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("raise SystemExit('No space left on device (os error 28)')", "Demo: the disk is full."),
        ("print('Collecting'); print('error: no such package'); exit(1)", "no such package"),
        ("raise ValueError('odd')", "Demo: ValueError: odd"),
        ("exit(3)", "Demo: it failed and said nothing."),
    ],
)
def test_a_failed_step_says_why_in_one_line(tmp_path, monkeypatch, script, expected):
    monkeypatch.setattr(steps, "LOGS", tmp_path)
    with pytest.raises(SystemExit) as ended, one_clear_line():
        run_quietly("Demo", [PYTHON, "-c", script])
    assert expected in str(ended.value)
    assert "\n" not in str(ended.value)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(28, "No space left on device", "/x/log"), "The disk is full (/x/log)."),
        (PermissionError(13, "Permission denied", "/x"), "No permission to write here (/x)."),
        (OSError(30, "Read-only file system"), "No permission to write here."),
    ],
)
def test_what_the_machine_refuses_is_one_line(error, expected):
    with pytest.raises(SystemExit, match=re.escape(expected)), one_clear_line():
        raise error


def test_a_missing_browser_is_named_and_not_skipped(monkeypatch):
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    monkeypatch.setattr(chromium.os.path, "exists", lambda path: False)
    monkeypatch.setattr(chromium, "DEBIAN", Path("/nowhere"))
    monkeypatch.delenv("PORTAL_CHROMIUM", raising=False)
    with pytest.raises(chromium.NoBrowser, match="install the package chromium"):
        chromium.install_where_possible()


def test_the_locks_hold_hashes_no_address_and_no_second_driver():
    assert lock.find_faults(PROJECT) == []


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("requirements.txt", "psycopg==3.2 \\\n    --hash=sha256:0\n", "psycopg 3"),
        ("requirements-dev.txt", "psycopg-binary==3.2 \\\n    --hash=sha256:0\n", "psycopg 3"),
        ("requirements.txt", "--index-url https://mirror.example/simple\n", "an address"),
        ("requirements.txt", "django==5.2\n", "django==5.2 has no hash"),
        ("requirements.txt", "tzdata==1 ; sys_platform == 'win32'\n", "has no hash"),
        ("package-lock.json", '"resolved": "https://mirror.example/sass.tgz"\n', "an address"),
    ],
)
def test_a_lock_with_a_fault_is_named(tmp_path, name, words, expected):
    for lock_name in (*(f"{lock_name}.txt" for lock_name in lock.LOCKS), lock.STYLES_LOCK):
        (tmp_path / lock_name).write_text("")
    (tmp_path / name).write_text(words)
    assert any(fault.startswith(name) and expected in fault for fault in lock.find_faults(tmp_path))


def test_make_help_names_every_target():
    makefile = (PROJECT / "Makefile").read_text()
    targets = next(line for line in makefile.splitlines() if line.startswith(".PHONY")).split()[1:]
    shown = subprocess.run(
        ["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    for target in targets:
        assert f"  make {target}" in shown.stdout


def test_the_portal_runs_on_the_locked_packages_alone():
    """What only tests install must not be imported by the portal itself."""
    locked = set(re.findall(r"(?m)^([\w.-]+)==", (PROJECT / "requirements.txt").read_text()))
    providers = packages_distributions()
    ours = {"cms_portal", "eligibility", "intake", "clinics", "carecoord", "tests"}
    installed = {config.name.split(".")[0] for config in apps.get_app_configs()}
    foreign = (installed | set(imported_modules(ours))) - ours - sys.stdlib_module_names
    assert len(foreign) > 20
    for module in sorted(foreign):
        names = {re.sub(r"[-_.]+", "-", name).lower() for name in providers.get(module, [])}
        assert names & locked, f"{module} is not in requirements.txt"


def imported_modules(packages: set[str]) -> Iterator[str]:
    """The first name of every absolute import."""
    for package in packages - {"tests"}:
        for path in (PROJECT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    yield from (alias.name.split(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    yield node.module.split(".")[0]
