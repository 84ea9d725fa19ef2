"""Several endings at once: each has its time, none waits for another."""

from __future__ import annotations

import threading
import time

import pytest

from ishowtts_desktop.core.errors import AudioError
from ishowtts_desktop.core.side_by_side import run_side_by_side


def test_one_that_hangs_holds_nobody_up() -> None:
    release, done = threading.Event(), threading.Event()
    works = {"slow": lambda: release.wait(20), "quick": done.set}
    assert not run_side_by_side(works, time.monotonic() + 0.05)
    assert done.is_set()
    release.set()
    assert run_side_by_side(works, time.monotonic() + 20)


def test_what_one_raises_is_raised_when_the_others_had_their_time() -> None:
    done = threading.Event()

    def fail() -> None:
        raise AudioError("the disk is full")

    def work() -> None:
        time.sleep(0.05)
        done.set()

    with pytest.raises(AudioError, match="full"):
        run_side_by_side({"failing": fail, "working": work}, time.monotonic() + 20)
    assert done.is_set()
