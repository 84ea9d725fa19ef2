"""What the layers, the sizes and the start promise beyond import-linter's contracts."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "ishowtts_desktop"
LONGEST_FILE = 350
LONGEST_MEAN = 150
HEAVY = ("torch", "torchaudio", "f5_tts", "vocos", "transformers")


def sources(*roots: Path) -> list[Path]:
    return sorted(path for root in roots for path in root.rglob("*.py"))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def imported(path: Path) -> set[str]:
    """The names of all modules that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_no_file_is_longer_than_can_be_read_in_one_sitting() -> None:
    long = {str(p.relative_to(ROOT)): lines(p) for p in sources(PACKAGE, ROOT / "tests")}
    assert {name: count for name, count in long.items() if count > LONGEST_FILE} == {}


def test_the_mean_file_is_a_small_room() -> None:
    counts = [lines(path) for path in sources(PACKAGE)]
    assert sum(counts) / len(counts) <= LONGEST_MEAN


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources(PACKAGE)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_qt_is_imported_in_the_desktop_only() -> None:
    elsewhere = [
        str(path.relative_to(ROOT))
        for path in sources(PACKAGE)
        if path.relative_to(PACKAGE).parts[0] != "desktop"
        and any(name.split(".")[0] in ("PySide6", "shiboken6") for name in imported(path))
    ]
    assert elsewhere == []


def test_no_qthread_is_ever_killed() -> None:
    killed = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources(PACKAGE / "desktop")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("terminate", "setTerminationEnabled")
    ]
    assert killed == []


def test_modules_hold_no_state_that_can_change() -> None:
    changeable = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources(PACKAGE)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and _starts_empty(node.value)
    ]
    assert changeable == []


def _starts_empty(value: ast.expr | None) -> bool:
    """Whether a value begins empty, so that it can only be meant to be filled while running."""
    if isinstance(value, (ast.List, ast.Set)):
        return not value.elts
    if isinstance(value, ast.Dict):
        return not value.keys
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return value.func.id in ("list", "dict", "set", "deque", "defaultdict") and not value.args
    return False


@pytest.mark.parametrize(
    "module",
    ["ishowtts_desktop.desktop.app", "ishowtts_desktop.cli.main", "ishowtts_desktop.assembly"],
)
def test_the_application_starts_without_torch(module: str, tmp_path: Path) -> None:
    # GIVEN a machine that has torch and its like, so that even a guarded import would succeed
    for name in HEAVY:
        tmp_path.joinpath(f"{name}.py").write_text("", encoding="utf-8")
    code = (
        f"import sys, {module}\n"
        f"print(*[name for name in {HEAVY} if name in sys.modules])\n"
        "import torch; assert torch.__file__"
    )
    # WHEN the application is imported
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    # THEN none of them was
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


@pytest.mark.parametrize(
    ("code", "empty"),
    [
        ("x = []", True),
        ("x: dict[int, int] = {}", True),
        ("x = [1]", False),
        ("x = set()", True),
        ("x = frozenset()", False),
        ("x = list((1,))", False),
    ],
)
def test_an_empty_container_is_recognised(code: str, empty: bool) -> None:
    (node,) = ast.parse(code).body
    assert isinstance(node, (ast.Assign, ast.AnnAssign))
    assert _starts_empty(node.value) is empty
