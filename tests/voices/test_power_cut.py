"""Power cuts: at each step of every change, and of a process killed at any moment."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

from ishowtts_desktop.voices.library import VoiceLibrary
from tests.support.power_cut import opened
from tests.support.voices import contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
CHANGES = (
    "add",
    "update",
    "update the text",
    "rename",
    "duplicate",
    "remove",
    "restore",
    "import",
    "empty the trash",
)
QUICK_KILLS, SOAK_KILLS = 20, 200


def command(folder: Path, *more: str) -> tuple[list[str], dict[str, str]]:
    scratch = folder / "tmp"
    scratch.mkdir()
    line = [sys.executable, "-B", "-m", "tests.support.power_cut", str(folder), *more]
    # One thread only: the process forks.
    return line, {**os.environ, "TMPDIR": str(scratch), "OPENBLAS_NUM_THREADS": "1"}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    line, environment = command(tmp_path_factory.mktemp("cuts"))
    done = subprocess.run(
        line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    results: dict[str, Any] = json.loads(done.stdout)
    return results


@pytest.mark.parametrize("change", CHANGES)
def test_a_cut_at_any_step_leaves_what_was_before_or_what_was_wanted(
    found: dict[str, Any], change: str
) -> None:
    result = found[change]
    assert result["wrong"] == []
    # Some cuts came before and some after the moment from which the change counts.
    assert result["steps"] >= 4
    assert 0 < result["done"] < result["steps"]


@pytest.mark.parametrize("change", [name for name in CHANGES if name != "empty the trash"])
def test_a_change_that_is_done_is_synced(found: dict[str, Any], change: str) -> None:
    assert found[change]["unsynced"] == []


def test_a_second_cut_while_the_first_one_is_mended_does_no_harm(found: dict[str, Any]) -> None:
    assert found["twice"]["tried"] > 50
    assert found["twice"]["wrong"] == []


class Victim:
    """A process whose worker changes a library and is killed."""

    def __init__(self, folder: Path) -> None:
        line, environment = command(folder, "loop")
        self._process = subprocess.Popen(
            line,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def live_for(self, seconds: float, seed: int) -> None:
        """Start a worker and kill it after a while."""
        self._line(f"{seed}\n")
        worker = int(self._said())
        time.sleep(seconds)
        os.kill(worker, signal.SIGKILL)
        assert self._said() == "ended"

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            self._open(pipe).close()
        assert self._process.wait(30) == 0

    def _line(self, text: str) -> None:
        self._open(self._process.stdin).write(text)

    def _said(self) -> str:
        return self._open(self._process.stdout).readline().strip()

    @staticmethod
    def _open(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


@pytest.fixture
def victim(tmp_path: Path) -> Iterator[Victim]:
    victim = Victim(tmp_path)
    yield victim
    victim.close()


@pytest.mark.parametrize(
    "kills",
    [QUICK_KILLS, pytest.param(SOAK_KILLS, marks=[pytest.mark.soak, pytest.mark.timeout(600)])],
)
def test_a_process_killed_at_any_moment_leaves_whole_voices(
    tmp_path: Path, victim: Victim, kills: int, figure: Callable[[str], None]
) -> None:
    chance = random.Random(kills)
    seen: set[str] = set()
    for seed in range(kills):
        victim.live_for(chance.uniform(0.0, 0.1), seed)

        if (tmp_path / "voices").exists():
            library = VoiceLibrary(tmp_path / "voices")
            assert library.open() == ()
            seen.update(contents(library))
            for removed in library.removed()[:5]:
                library.restore(removed.token)
            contents(library)
    assert len(seen) > 1
    figure(f"power cut: {kills} kills, {len(seen)} ids seen, every voice whole")


def test_opening_a_library_that_was_never_cut_changes_nothing(tmp_path: Path) -> None:
    from tests.support.power_cut import prepare

    prepare(tmp_path)
    root = tmp_path / "template"
    before = sorted((str(path), path.stat().st_mtime_ns) for path in root.rglob("*"))

    opened(root)

    assert sorted((str(path), path.stat().st_mtime_ns) for path in root.rglob("*")) == before
