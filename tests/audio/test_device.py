"""The watch over the sound device, with a PortAudio that fails on demand."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ishowtts_desktop.audio import device
from ishowtts_desktop.audio.device import DeviceOutput
from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.errors import AudioError
from tests.support.signal import chirp
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ishowtts_desktop.audio.output import OutputState

RATE = 48_000
BLOCK = 480


class FakeStream:
    """Calls back in real time, until it is told to stall."""

    latency = 0.01

    def __init__(self, callback: Callable[..., None]) -> None:
        self.callback = callback
        self.heard: list[np.ndarray] = []
        self.stalled = threading.Event()
        self.active = True
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fake-stream")

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        while not self._ended.wait(0.01):
            if not self.stalled.is_set():
                self.pull()

    def pull(self) -> None:
        out = np.ones((BLOCK, 2), np.float32)
        self.callback(out, BLOCK, None, None)
        np.testing.assert_array_equal(out[:, 0], out[:, 1])
        self.heard.append(out[:, 0])

    def abort(self) -> None:
        self._ended.set()
        self._thread.join()

    def close(self) -> None:
        pass


class FakePortAudio:
    """A `Backend` whose faults are set from outside."""

    def __init__(self) -> None:
        self.streams: list[FakeStream] = []
        self.problem: Exception | None = None
        self.frozen: threading.Event | None = None

    def refresh(self) -> None:
        pass

    def open(self, name: str, rate: int, callback: Callable[..., None]) -> FakeStream:
        if self.problem is not None:
            raise self.problem
        self.streams.append(FakeStream(callback))
        self.streams[-1].start()
        return self.streams[-1]

    def release(self, stream: Any) -> None:
        if self.frozen is not None:
            self.frozen.wait(30)
        stream.abort()
        stream.close()

    def heard(self) -> np.ndarray:
        return np.concatenate([block for stream in self.streams for block in stream.heard])


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
    for name in ("LOOK_SECONDS", "STALL_SECONDS", "START_SECONDS", "RETRY_SECONDS"):
        monkeypatch.setattr(device, name, getattr(device, name) / 5)
    return FakePortAudio()


@pytest.fixture
def states() -> list[OutputState]:
    return []


@pytest.fixture
def output(backend: FakePortAudio, states: list[OutputState]) -> Iterator[DeviceOutput]:
    output = DeviceOutput(SystemClock(), backend=backend)
    output.watch(states.append)
    yield output
    output.close()


def say(output: DeviceOutput, samples: np.ndarray) -> None:
    output.write("a", AudioChunk(samples, RATE), CancelToken())
    output.finish("a")


def test_a_stalled_device_is_opened_again_and_the_rest_is_heard(
    output: DeviceOutput, backend: FakePortAudio, states: list[OutputState]
) -> None:
    # GIVEN an utterance of which a part has sounded
    sound = chirp(1.0, RATE)
    output.open()
    wait_until(lambda: output.ready, 5)
    assert output.latency == FakeStream.latency
    say(output, sound)
    wait_until(lambda: output.position > 0.2, 5)
    # WHEN the callbacks stop
    backend.streams[0].stalled.set()
    # THEN it is told, the device is opened again, and the sound goes on where it was
    assert output.wait("a", CancelToken()).complete
    ended = output.position
    wait_until(lambda: output.position > ended, 5)  # the last block has reached the stream
    assert [state.ready for state in states] == [True, False, True]
    assert "stopped" in states[1].detail
    assert len(backend.streams) == 2
    heard = backend.heard()
    first = int(np.flatnonzero(heard)[0]) - 1  # the chirp begins with a zero
    heard = heard[first : first + len(sound)]
    different = np.flatnonzero(heard != sound)
    assert 0 < len(different) <= 240  # the sound faded in again
    assert different[-1] - different[0] <= 240


def test_a_device_that_cannot_be_opened_is_told_once_and_tried_again(
    output: DeviceOutput, backend: FakePortAudio, states: list[OutputState]
) -> None:
    backend.problem = AudioError("No sound device was found.", "Connect one.")
    output.open()
    say(output, chirp(0.1, RATE))
    wait_until(lambda: states, 5)
    assert states[0].detail == "No sound device was found. Connect one."
    assert output.position == 0
    assert output.latency == 0
    backend.problem = None
    assert output.wait("a", CancelToken()).complete
    assert [state.ready for state in states] == [False, True]


def test_an_unknown_fault_does_not_end_the_watch(
    output: DeviceOutput, backend: FakePortAudio, states: list[OutputState]
) -> None:
    backend.problem = RuntimeError("nobody thought of this")
    output.open()
    wait_until(lambda: states, 5)
    assert "nobody thought of this" in states[0].detail
    backend.problem = None
    wait_until(lambda: output.ready, 5)


def test_a_stream_that_ended_by_itself_is_opened_again_at_once(
    output: DeviceOutput, backend: FakePortAudio
) -> None:
    output.open()
    wait_until(lambda: output.ready, 5)
    backend.streams[0].stalled.set()
    backend.streams[0].active = False
    wait_until(lambda: len(backend.streams) == 2 and output.ready, 5)


def test_a_stream_that_cannot_even_tell_that_it_ended_is_opened_again(
    output: DeviceOutput, backend: FakePortAudio
) -> None:
    output.open()
    wait_until(lambda: output.ready, 5)
    del backend.streams[0].active  # as PortAudio raises for a stream that it has lost
    backend.streams[0].stalled.set()
    wait_until(lambda: len(backend.streams) == 2 and output.ready, 5)


def test_a_frozen_sound_server_holds_neither_the_watch_nor_close(
    output: DeviceOutput, backend: FakePortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a server that lets no stream go
    monkeypatch.setattr(device, "RELEASE_SECONDS", 0.1)
    output.open()
    wait_until(lambda: output.ready, 5)
    backend.frozen = threading.Event()
    backend.streams[0].stalled.set()
    # WHEN the stream stalls, another one is opened
    wait_until(lambda: len(backend.streams) == 2 and output.ready, 5)
    # THEN the old one, come to life again, takes nothing of the sound
    say(output, chirp(0.5, RATE))
    position = output.position
    backend.streams[0].pull()
    assert not backend.streams[0].heard[-1].any()
    assert output.position >= position
    # AND close is quick
    asked = time.monotonic()
    output.close()
    assert time.monotonic() - asked < 1.0
    backend.frozen.set()


def test_close_fades_out_before_the_device_goes(
    output: DeviceOutput, backend: FakePortAudio
) -> None:
    output.open()
    wait_until(lambda: output.ready, 5)
    say(output, np.full(2 * RATE, 0.5, np.float32))
    wait_until(lambda: output.position > 0.2, 5)
    output.close()
    heard = backend.heard()
    assert heard.max() == 0.5
    assert heard[-1] == 0
    assert np.abs(np.diff(heard)).min() >= -0.5 / 240 - 1e-6
    assert not output.ready


def test_a_fault_while_rendering_is_silence_and_is_logged(
    output: DeviceOutput,
    backend: FakePortAudio,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_frames: int) -> np.ndarray:
        raise ValueError("a fault of ours")

    output.open()
    wait_until(lambda: output.ready, 5)
    monkeypatch.setattr(output._playback, "render", fail)
    wait_until(lambda: "a fault of ours" in caplog.text, 5)
    assert not backend.heard().any()
    assert output.ready


def test_close_without_open_and_twice_does_nothing(output: DeviceOutput) -> None:
    output.close()
    output.close()


NO_PORTAUDIO = """
import sys
sys.modules["sounddevice"] = None
from ishowtts_desktop.audio.device import DeviceOutput
from ishowtts_desktop.core.clock import SystemClock
import threading
told = threading.Event()
output = DeviceOutput(SystemClock())
output.watch(lambda state: told.set())
output.open()
assert told.wait(20)
print(output.state.ready, output.state.detail)
output.close()
"""


def test_a_missing_portaudio_is_told_with_what_to_do() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_PORTAUDIO],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.startswith("False PortAudio is missing")
    assert "libportaudio2" in done.stdout


def test_importing_the_outputs_leaves_portaudio_alone() -> None:
    code = (
        "import sys, ishowtts_desktop.audio.device, ishowtts_desktop.audio.file\n"
        "sys.exit('sounddevice' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
