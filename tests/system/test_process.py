"""When the process began: told by the system, or by who restarted it."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from ishowtts_desktop.system import process

ASK = (
    "import time; from ishowtts_desktop.system.process import process_start;"
    "print(time.monotonic() - process_start())"
)


def test_a_process_knows_how_old_it_is() -> None:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", f"import time; time.sleep(0.5); {ASK}"],
        capture_output=True,
        text=True,
        check=True,
    )
    # THEN its age is what it slept and a little more, to the tick that the system counts in
    assert 0.45 < float(done.stdout) < time.monotonic() - began + 0.05


def test_a_restart_begins_anew_and_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ISHOWTTS_RESTARTED", raising=False)
    before = time.monotonic()
    monkeypatch.setenv("ISHOWTTS_RESTARTED", process.restarted()["ISHOWTTS_RESTARTED"])
    started = process.process_start()
    assert started is not None
    assert before <= started <= time.monotonic()
    assert "ISHOWTTS_RESTARTED" not in os.environ
    older = process.process_start()
    assert older is not None
    assert older < before


@pytest.mark.parametrize("nonsense", ["", "soon"])
def test_a_mark_that_is_none_is_passed_over(monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    monkeypatch.setenv("ISHOWTTS_RESTARTED", nonsense)
    started = process.process_start()
    assert started is not None
    assert started < time.monotonic()
