"""A long stream takes no more memory than a short one."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.f5.arch import ARCHS
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.engine import F5Engine, F5Options
from ishowtts_desktop.speech.f5.random_weights import write_random
from ishowtts_desktop.speech.f5.reference import Recording
from tests.support.signal import chirp

if TYPE_CHECKING:
    from collections.abc import Callable

MEGABYTE = 1 << 20


def resident() -> int:
    """Return the process's resident memory in bytes, garbage collected."""
    gc.collect()
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024


@pytest.mark.parametrize(
    "utterances", [12, pytest.param(1000, marks=pytest.mark.soak)], ids=["short", "soak"]
)
def test_utterances_leave_nothing_behind(
    tmp_path: Path, utterances: int, figure: Callable[[str], None]
) -> None:
    write_random(ARCHS["tiny"], tmp_path)
    recording = Recording(chirp(2.0, 24_000), 24_000, "A tone that rises and rises.")
    options = F5Options(nfe=2, seed=1)
    engine = F5Engine(Checkpoint.find(tmp_path), lambda voice, language: recording, options)
    engine.load()

    def say(count: int) -> None:
        for number in range(count):
            # Lengths and languages as they come in a chat, cut short now and then.
            text = f"Line {number}: " + "hello 你好 " * (number % 9)
            cancel = CancelToken()
            for _ in engine.synthesize(SpeechRequest(text), cancel):
                if number % 7 == 3:
                    cancel.cancel()

    # GIVEN an engine that has met every length
    say(15)
    before = resident()
    # WHEN it goes on THEN memory stays
    say(utterances)
    grown = resident() - before
    engine.close()
    figure(f"F5 memory after {utterances} more utterances: {grown / MEGABYTE:+.1f} MB")
    assert grown < 30 * MEGABYTE
