"""The microphone for real: PulseAudio, with the monitor of a null sink as the source."""

from __future__ import annotations

import os
import subprocess
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from ishowtts_desktop.audio.inputs import SoundDevices
from ishowtts_desktop.core.errors import AudioError
from tests.support.pulse import SINK, PulseServer
from tests.support.signal import Recording, chirp
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RATE = 48_000


@pytest.fixture
def pulse(monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseServer]:
    with PulseServer() as server:
        for name, value in {**server.env, "PULSE_SOURCE": f"{SINK}.monitor"}.items():
            monkeypatch.setenv(name, value)
        yield server


def play(file: Path) -> None:
    subprocess.run(["paplay", "-d", SINK, str(file)], env=os.environ, check=True, timeout=30)


def test_what_is_said_into_it_comes_back_whole(pulse: PulseServer, tmp_path: Path) -> None:
    # GIVEN a microphone that records
    sound, edge = chirp(1.5, RATE), RATE // 20
    # A sink that wakes up swallows the first of what is played, so silence goes before it.
    silence = np.zeros(RATE // 5, np.float32)
    soundfile.write(tmp_path / "chirp.wav", np.concatenate([silence, sound]), RATE)
    devices = SoundDevices()
    assert "pulse" in devices.inputs()
    microphone = devices.microphone("")
    microphone.start()
    wait_until(lambda: microphone.seconds > 0.1, 20)
    # WHEN something sounds, and it is stopped at once
    levels = []
    player = threading.Thread(target=play, args=(tmp_path / "chirp.wav",))
    player.start()
    while player.is_alive():
        levels.append(microphone.level.peak)
        player.join(0.02)
    assert microphone.problem is None
    recorded = microphone.stop()
    # THEN it is in the recording from head to tail, and the meter had shown it
    heard = Recording(recorded.samples, recorded.rate)
    head, tail = heard.find(sound[:edge], RATE), heard.find(sound[-edge:], RATE)
    assert min(head.correlation, tail.correlation) > 0.98
    gap = (tail.start - head.start) / recorded.rate
    assert gap == pytest.approx((len(sound) - edge) / RATE, abs=0.005)
    assert heard.find(sound, RATE).correlation > 0.98
    assert max(levels) == pytest.approx(-6, abs=0.5)


def test_a_sound_server_that_dies_is_told_and_the_recording_is_kept(pulse: PulseServer) -> None:
    microphone = SoundDevices().microphone("")
    microphone.start()
    wait_until(lambda: microphone.seconds > 0.3, 20)
    pulse.kill()
    assert wait_until(lambda: microphone.problem, 20).message == "The microphone stopped."
    assert microphone.stop().seconds > 0.3


def test_without_any_device_it_says_so(pulse: PulseServer) -> None:
    pulse.kill()
    with pytest.raises(AudioError, match="No microphone was found"):
        SoundDevices().microphone("").start()


def test_a_microphone_that_is_not_there_is_named(pulse: PulseServer) -> None:
    with pytest.raises(AudioError, match='"Old faithful" was not found'):
        SoundDevices().microphone("Old faithful").start()
