"""The rules of `conftest.py` bite: threads left behind and skips in CI fail, the home is ours."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLES = """
import os, threading
import pytest
from PySide6.QtCore import QThread

release = threading.Event()
kept = []

def test_leaves_a_thread():
    threading.Thread(target=release.wait, args=(20,), name="forgotten", daemon=True).start()

def test_leaves_a_thread_that_ends_soon():
    release.set()
    threading.Thread(target=threading.Event().wait, args=(0.3,), name="brief").start()

def test_leaves_a_qthread(qtbot):
    kept.append(QThread(objectName="engine"))
    kept[0].start()

def test_ends_its_qthread(qtbot):
    kept[0].quit()
    assert kept[0].wait(5000)

def test_runs_python_in_a_qthread(qtbot):
    class Worker(QThread):
        def run(self):
            threading.current_thread()
    worker = Worker()
    worker.start()
    assert worker.wait(5000)

def test_is_skipped():
    pytest.skip("a part is missing")

@pytest.mark.gpu
def test_is_skipped_without_a_gpu():
    pytest.skip("no GPU")

@pytest.mark.xfail(reason="known to be wrong")
def test_is_expected_to_fail():
    assert False

def test_lives_in_a_home_of_its_own(outside):
    assert os.environ["HOME"] != outside["HOME"]
    assert "PULSE_SERVER" not in os.environ
    assert outside["PULSE_SERVER"] == "elsewhere"
    assert os.stat(os.environ["XDG_RUNTIME_DIR"]).st_mode & 0o777 == 0o700
    assert os.environ["DISPLAY"]
"""


def results(folder: Path, outside: dict[str, str], ci: str) -> dict[str, str]:
    """Run the samples under our rules and return what became of each."""
    folder.joinpath("test_samples.py").write_text(SAMPLES, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    command += ["-c", "pyproject.toml", "--rootdir", str(folder), "-vv", str(folder)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**outside, "CI": ci, "PULSE_SERVER": "elsewhere", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    # a test may pass and then err in its teardown: the last word counts
    found = dict(re.findall(r"::test_(\w+) (PASSED|FAILED|ERROR|SKIPPED|XFAIL)", done.stdout))
    assert found, done.stdout + done.stderr
    return found


@pytest.mark.parametrize(
    ("ci", "skipped", "expected"), [("true", "FAILED", "FAILED"), ("", "SKIPPED", "XFAIL")]
)
def test_the_rules_bite(
    ci: str, skipped: str, expected: str, tmp_path: Path, outside: dict[str, str]
) -> None:
    assert results(tmp_path, outside, ci) == {
        "leaves_a_thread": "ERROR",
        "leaves_a_thread_that_ends_soon": "PASSED",
        "leaves_a_qthread": "ERROR",
        "ends_its_qthread": "PASSED",
        "runs_python_in_a_qthread": "PASSED",
        "is_skipped": skipped,
        "is_skipped_without_a_gpu": "SKIPPED",
        "is_expected_to_fail": expected,
        "lives_in_a_home_of_its_own": "PASSED",
    }
