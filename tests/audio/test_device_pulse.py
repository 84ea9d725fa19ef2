"""The sound device for real: PulseAudio with a null sink whose monitor is recorded."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ishowtts_desktop.audio import device
from ishowtts_desktop.audio.device import DeviceOutput
from ishowtts_desktop.audio.playback import DUCK_SECONDS
from ishowtts_desktop.audio.portaudio import PortAudio
from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.errors import AudioError
from tests.support.playing import tone
from tests.support.pulse import PulseServer
from tests.support.signal import chirp, find
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ishowtts_desktop.audio.output import OutputState

RATE = 48_000
BLOCK = RATE // 50  # whole periods of the tone


@pytest.fixture
def pulse(monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseServer]:
    with PulseServer() as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def states() -> list[OutputState]:
    return []


@pytest.fixture
def output(
    pulse: PulseServer, states: list[OutputState], monkeypatch: pytest.MonkeyPatch
) -> Iterator[DeviceOutput]:
    monkeypatch.setattr(device, "RETRY_SECONDS", 0.2)
    output = DeviceOutput(SystemClock())
    output.watch(states.append)
    yield output
    output.close()


def say(output: DeviceOutput, tag: str, samples: np.ndarray, rate: int = RATE) -> None:
    output.write(tag, AudioChunk(samples, rate), CancelToken())
    output.finish(tag)


def loudness(samples: np.ndarray) -> float:
    """In dB of full scale."""
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-12))


def blocks(samples: np.ndarray) -> np.ndarray:
    return samples[: len(samples) // BLOCK * BLOCK].reshape(-1, BLOCK)


def hear(pulse: PulseServer, output: DeviceOutput, sounds: list[tuple[np.ndarray, int]]) -> list:
    """Say each of ``sounds`` with its rate, and return a recording of each."""
    heard = []
    for sound, rate in sounds:
        with pulse.record() as recorder:
            say(output, "sound", sound, rate)
            assert output.wait("sound", CancelToken()).complete
            until = output.position + 0.3
            wait_until(lambda until=until: output.position > until, 20)
            heard.append(recorder.stop())
    return heard


def test_every_utterance_is_heard_from_head_to_tail(
    pulse: PulseServer, output: DeviceOutput
) -> None:
    # GIVEN an open device
    with pulse.record():  # keeps the sink awake
        output.open()
        wait_until(lambda: output.position > 0.2, 20)
        assert 0 < output.latency <= 0.041
        # WHEN utterances are said with silence between them; again when the machine was too busy
        for _attempt in range(5):
            dropouts = output.dropouts
            sounds = [(chirp(0.6, RATE), RATE), (chirp(0.6, 22_050), 22_050)]
            recordings = hear(pulse, output, sounds)
            if output.dropouts == dropouts:
                break
    # THEN each is in its recording, both edges and all between
    sound, edge = chirp(0.6, RATE), RATE // 20
    for heard in recordings:
        head, tail = find(sound[:edge], heard, RATE), find(sound[-edge:], heard, RATE)
        assert min(head.correlation, tail.correlation) > 0.99
        assert abs(tail.start - head.start - (len(sound) - edge)) < 0.005 * RATE
        assert find(sound, heard, RATE).correlation > 0.99
    assert output.underruns == 0


def test_a_stopped_utterance_is_silent_within_150_milliseconds(
    pulse: PulseServer, output: DeviceOutput
) -> None:
    with pulse.record() as recorder:
        output.open()
        wait_until(lambda: output.position > 0.2, 20)
        say(output, "a", np.tile(chirp(0.5, RATE), 3))
        wait_until(lambda: np.abs(recorder.samples()[-RATE // 10 :]).max(initial=0) > 0.1, 20)
        # WHEN it is stopped, at a place in the recording that is known
        recorded = recorder.frames
        output.stop("a")
        played = output.wait("a", CancelToken())
        wait_until(lambda: recorder.frames > recorded + RATE // 2, 20)
        heard = recorder.stop()
    assert not played.complete
    last = int(np.flatnonzero(np.abs(heard) > 0.001)[-1])
    assert last - recorded < 0.15 * RATE


def test_ducking_lowers_what_is_heard_and_takes_it_back(
    pulse: PulseServer, output: DeviceOutput, figure: Callable[[str], None]
) -> None:
    duck_db, ramp = -15.0, round((DUCK_SECONDS + 0.1) * RATE)
    with pulse.record() as recorder:
        output.open()
        wait_until(lambda: output.position > 0.2, 20)
        say(output, "a", tone(1.8))
        wait_until(lambda: loudness(recorder.samples()[-BLOCK:]) > -10, 20)
        # WHEN the voice is lowered for half a second, at places in the recording that are known
        begins = recorder.frames
        wait_until(lambda: recorder.frames > begins + RATE // 4, 20)
        lowered = recorder.frames
        output.duck(10 ** (duck_db / 20))
        wait_until(lambda: recorder.frames > lowered + RATE // 2, 20)
        raised = recorder.frames
        output.duck(1.0)
        wait_until(lambda: recorder.frames > raised + RATE // 2, 20)
        heard = recorder.stop()
    # THEN what is heard is as much lower after the ramp, and as loud as before after another one
    before = loudness(heard[begins : begins + BLOCK])
    low = [loudness(part) for part in blocks(heard[lowered + ramp : raised])]
    again = [loudness(part) for part in blocks(heard[raised + ramp : raised + RATE // 2])]
    assert low == pytest.approx([before + duck_db] * len(low), abs=0.5)
    assert again == pytest.approx([before] * len(again), abs=0.5)
    figure(f"ducking by {-duck_db:.0f} dB: heard {before - np.mean(low):.1f} dB lower")


def test_a_sink_that_is_pulled_out_is_told_and_the_rest_sounds_on_the_next_one(
    pulse: PulseServer, output: DeviceOutput, states: list[OutputState]
) -> None:
    sound = chirp(1.6, RATE)
    with pulse.record():
        output.open()
        wait_until(lambda: output.position > 0.2, 20)
        say(output, "a", sound)
        began = output.position
        wait_until(lambda: output.position > began + 0.3, 20)
        # WHEN the sink goes
        pulse.unload_sink()
        wait_until(lambda: not output.ready, 20)
        held = output.position
    assert states[-1].detail
    # AND another one comes
    pulse.load_sink("second")
    with pulse.record("second") as recorder:
        assert output.wait("a", CancelToken()).complete
        until = output.position + 0.5
        wait_until(lambda: output.position > until, 20)
        heard = recorder.stop()
    # THEN what had not been handed over is heard
    missing = round((held - began - 0.05) * RATE)
    rest = sound[max(0, missing) + RATE // 4 :]
    assert find(rest, heard, RATE).correlation > 0.95
    assert [state.ready for state in states] == [True, False, True]


def test_a_sound_server_that_dies_and_comes_back_is_found_again(
    pulse: PulseServer, output: DeviceOutput, states: list[OutputState]
) -> None:
    output.open()
    wait_until(lambda: output.ready, 20)
    pulse.kill()
    wait_until(lambda: not output.ready, 20)
    pulse.start()
    wait_until(lambda: output.ready, 20)
    say(output, "a", chirp(0.3, RATE))
    assert output.wait("a", CancelToken()).complete


def test_a_frozen_sound_server_does_not_hold_close(
    pulse: PulseServer, output: DeviceOutput
) -> None:
    with pulse.record():
        output.open()
        wait_until(lambda: output.position > 0.2, 20)
        pulse.freeze()
        try:
            asked = time.monotonic()
            output.close()
            assert time.monotonic() - asked < 1.0
        finally:
            pulse.thaw()


def test_without_any_device_it_says_so_stays_alive_and_closes_fast(
    pulse: PulseServer, output: DeviceOutput, states: list[OutputState]
) -> None:
    pulse.kill()
    output.open()
    wait_until(lambda: states, 20)
    assert not states[0].ready
    assert "No sound device was found." in states[0].detail
    say(output, "a", chirp(0.1, RATE))
    asked = time.monotonic()
    output.close()
    assert time.monotonic() - asked < 1.0
    assert output.wait("a", CancelToken()).started_at is None


def test_a_device_that_is_not_there_is_named(pulse: PulseServer) -> None:
    backend = PortAudio()
    backend.refresh()
    assert "pulse" in backend.devices()
    with pytest.raises(AudioError, match='"Grandmother\'s radio" was not found'):
        backend.open("Grandmother's radio", RATE, lambda *_: None)
