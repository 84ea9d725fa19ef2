"""The voice gate for real: PulseAudio, with the monitor of a null sink as the microphone."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from ishowtts_desktop.audio.inputs import SoundDevices
from ishowtts_desktop.audio.voice_gate import VoiceGate
from ishowtts_desktop.core.reading_config import GateConfig
from tests.support.pulse import SINK, PulseServer
from tests.support.signal import chirp
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ishowtts_desktop.core.errors import AudioError

RATE = 48_000
TALK_SECONDS = 1.0
RELEASE_SECONDS = 0.3
CONFIG = GateConfig(mode="hold", release_seconds=RELEASE_SECONDS)


@pytest.fixture
def pulse(monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseServer]:
    with PulseServer() as server:
        for name, value in {**server.env, "PULSE_SOURCE": f"{SINK}.monitor"}.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def talk(tmp_path: Path) -> Callable[[], subprocess.Popen[bytes]]:
    """Return what begins to talk into the microphone."""
    soundfile.write(tmp_path / "talk.wav", chirp(TALK_SECONDS, RATE), RATE)
    command = ["paplay", "-d", SINK, str(tmp_path / "talk.wav")]
    return lambda: subprocess.Popen(command, env=os.environ)


def test_talk_is_told_while_it_lasts_and_a_lost_microphone_holds_nobody(
    pulse: PulseServer,
    talk: Callable[[], subprocess.Popen[bytes]],
    figure: Callable[[str], None],
) -> None:
    talks: list[tuple[bool, float]] = []
    problems: list[AudioError | None] = []
    gate = VoiceGate(
        SoundDevices(),
        CONFIG,
        lambda talking: talks.append((talking, time.monotonic())),
        problems.append,
    )
    gate.open()
    try:
        # GIVEN a microphone that hears nothing
        wait_until(lambda: gate.level, 20, "the microphone is heard")
        assert not gate.talking
        # WHEN somebody talks for a second
        with talk() as player:
            wait_until(lambda: talks, 20, "talk is told")
            player.wait()
        wait_until(lambda: len(talks) == 2, 20, "its end is told")
        # THEN that is told for as long as it lasted, and a little longer
        (began, began_at), (ended, ended_at) = talks
        assert (began, ended) == (True, False)
        held = ended_at - began_at
        figure(f"voice gate: held for {held:.2f} s of {TALK_SECONDS} s talk")
        assert held == pytest.approx(
            TALK_SECONDS + RELEASE_SECONDS - CONFIG.attack_seconds, abs=0.3
        )
        assert problems == []
        # WHEN the microphone is pulled out in the middle of a word
        with talk() as player:
            wait_until(lambda: gate.talking, 20, "talk is told again")
            pulse.unload_sink()
            player.kill()
        # THEN nobody is held up, and it is told
        wait_until(lambda: not gate.talking, 20, "the talk is over")
        assert talks[-1][0] is False
        wait_until(lambda: problems, 20, "the problem is told")
        assert problems[0] is not None
        assert problems[0].advice
        # AND when it is there again, so is the gate
        pulse.load_sink()
        wait_until(lambda: problems[-1] is None, 20, "the problem is over")
        with talk() as player:
            wait_until(lambda: gate.talking, 20, "talk is told once more")
            player.kill()
    finally:
        gate.close()
    assert talks[-1][0] is False
    assert np.all(np.diff([float(talking) for talking, _ in talks]) != 0)
