"""The voice gate without a microphone: what it tells, when it listens, and how it copes."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ishowtts_desktop.audio import input_stream, voice_gate
from ishowtts_desktop.audio.capture import FLOOR_DB, Level
from ishowtts_desktop.audio.input_stream import InputStream
from ishowtts_desktop.audio.voice_gate import VoiceGate
from ishowtts_desktop.core.errors import AudioError
from ishowtts_desktop.core.reading_config import GateConfig
from tests.support.hand_fed import RATE, HandFed
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

HOLD = GateConfig(mode="hold", attack_seconds=0.1, release_seconds=0.5)
TALK = np.full(RATE // 5, 0.1, np.float32)
SILENCE = np.zeros(RATE, np.float32)


class Desk:
    """A voice gate at a hand-fed microphone, and what it told."""

    def __init__(self) -> None:
        self.device: HandFed = HandFed()
        self.talks: list[bool] = []
        self.problems: list[str] = []
        self.gates: list[VoiceGate] = []

    def make(self, config: GateConfig = HOLD) -> VoiceGate:
        gate = VoiceGate(self.device, config, self.talks.append, self._worry)
        self.gates.append(gate)
        return gate

    def open(self, config: GateConfig = HOLD) -> VoiceGate:
        gate = self.make(config)
        gate.open()
        self.wait_until_listening()
        return gate

    def wait_until_listening(self) -> None:
        wait_until(lambda: self.device.listening, 5, "the device is open")

    def wait_for(self, *talks: bool) -> None:
        wait_until(lambda: self.talks == list(talks), 5, f"{talks} is told, not {self.talks}")

    def _worry(self, problem: AudioError | None) -> None:
        self.problems.append("" if problem is None else problem.message)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(voice_gate, "RETRY_SECONDS", 0.02)
    monkeypatch.setattr(voice_gate, "QUIET_SECONDS", 30.0)  # a test may feed it slowly
    desk = Desk()
    yield desk
    for gate in desk.gates:
        gate.close()


def test_talk_and_its_end_are_told_and_the_meter_shows_how_loud(desk: Desk) -> None:
    gate = desk.open()
    assert gate.level is None
    desk.device.feed(TALK)
    desk.wait_for(True)
    assert gate.talking
    wait_until(lambda: gate.level, 5)
    assert gate.level is not None
    assert (gate.level.rms, gate.level.peak) == pytest.approx((-20.0, -20.0), abs=0.1)
    desk.device.feed(SILENCE)
    desk.wait_for(True, False)
    assert not gate.talking
    wait_until(lambda: gate.level == Level(FLOOR_DB, FLOOR_DB), 5, "the meter has fallen")
    assert desk.problems == []


def test_nothing_is_opened_unless_somebody_wants_it(desk: Desk) -> None:
    # GIVEN a gate that is off
    gate = desk.make(GateConfig(mode="off"))
    gate.open()
    # WHEN somebody looks at the meter
    gate.listen(True)
    desk.wait_until_listening()
    desk.device.feed(TALK)
    wait_until(lambda: gate.talking, 5)
    assert gate.level is not None
    # THEN nothing is told, and the device is released when nobody looks any more
    gate.listen(False)
    wait_until(lambda: desk.device.released == 1, 5)
    assert gate.level is None
    assert not gate.talking
    assert desk.talks == []
    assert desk.device.opened == [""]


def test_a_gate_that_is_not_open_has_no_thread_and_no_device(desk: Desk) -> None:
    before = threading.active_count()
    gate = desk.make()
    gate.listen(True)
    gate.use(HOLD)
    assert threading.active_count() == before
    assert desk.device.opened == []


def test_another_device_and_another_mode_are_used_at_once(desk: Desk) -> None:
    gate = desk.open()
    desk.device.feed(TALK)
    desk.wait_for(True)
    # WHEN the mode changes while somebody talks, the old one is undone first
    gate.use(HOLD.model_copy(update={"mode": "duck"}))
    desk.device.feed(TALK)
    desk.wait_for(True, False, True)
    # AND another device ends the talk into the first one
    gate.use(HOLD.model_copy(update={"device": "headset"}))
    wait_until(lambda: desk.device.opened == ["", "headset"], 5)
    desk.wait_for(True, False, True, False)
    assert desk.device.released == 1
    gate.use(GateConfig(mode="off", device="headset"))
    wait_until(lambda: desk.device.released == 2, 5)
    assert desk.problems == []


@pytest.mark.parametrize("used", [False, True])
def test_a_configuration_that_is_changed_in_place_matters_only_when_it_is_used(
    desk: Desk, used: bool
) -> None:
    config = HOLD.model_copy()
    gate = desk.open(config)
    if used:
        gate.use(config)
    config.threshold_db = 0.0
    desk.device.feed(TALK)
    desk.wait_for(True)


def test_a_device_that_gives_no_more_ends_the_talk_and_is_opened_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_gate, "QUIET_SECONDS", 0.05)
    monkeypatch.setattr(voice_gate, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(input_stream, "STALL_SECONDS", 0.6)
    # GIVEN a device whose samples just stop in the middle of a word
    gate = desk.open()
    desk.device.feed(TALK)
    desk.wait_for(True)
    # THEN nobody is held up at once, it is told, and the device is tried again
    desk.wait_for(True, False)
    assert desk.problems == []
    wait_until(lambda: desk.problems, 5)
    assert desk.problems == ["The microphone stopped."]
    wait_until(lambda: len(desk.device.opened) > 1 and desk.device.listening, 5)
    # WHEN it gives samples once more
    desk.device.feed(TALK)
    desk.wait_for(True, False, True)
    assert desk.problems == ["The microphone stopped.", ""]
    gate.close()
    assert desk.talks[-1] is False


def test_a_device_that_cannot_be_opened_is_told_once_until_it_can(desk: Desk) -> None:
    desk.device.fault = AudioError("No microphone was found.", "Connect one.")
    gate = desk.make()
    gate.open()
    wait_until(lambda: desk.problems, 5)
    wait_until(lambda: desk.device.asked > 3, 5)
    assert desk.problems == ["No microphone was found."]
    desk.device.fault = None
    desk.wait_until_listening()
    desk.device.feed(SILENCE)
    wait_until(lambda: desk.problems == ["No microphone was found.", ""], 5)


class Frozen(HandFed):
    """A device whose server doesn't answer until ``answers`` is set."""

    def __init__(self, frozen: str) -> None:
        super().__init__()
        self.answers = threading.Event()
        if frozen == "open":
            self.hold = self.answers
        self._releases = frozen == "release"

    def release(self, stream: object) -> None:
        if self._releases:
            self.answers.wait(20)
        super().release(stream)


@pytest.mark.parametrize("frozen", ["open", "release"])
def test_a_frozen_sound_server_costs_two_threads_and_not_one_for_each_try(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, frozen: str
) -> None:
    tries: list[InputStream] = []

    def counted(*args: Any, **options: Any) -> InputStream:
        tries.append(InputStream(*args, **options))
        return tries[-1]

    monkeypatch.setattr(voice_gate, "InputStream", counted)
    monkeypatch.setattr(input_stream, "OPEN_SECONDS", 0.05)
    monkeypatch.setattr(input_stream, "START_SECONDS", 0.05)
    for name in ("LOOK_SECONDS", "LAST_RELEASE_SECONDS", "LONGEST_RETRY_SECONDS"):
        monkeypatch.setattr(voice_gate, name, 0.02)
    # GIVEN a server that never answers to what is opened, or released
    device = desk.device = Frozen(frozen)
    before = threading.active_count()
    gate = desk.make()
    gate.open()
    # WHEN it is tried again and again
    wait_until(lambda: len(tries) > 6, 5, "it is tried again")
    # THEN only the gate's own thread and two more are there
    assert device.asked == 2
    assert threading.active_count() == before + 3
    assert desk.problems[-1] == "The sound server doesn't answer."
    # AND it is opened again when the server answers
    device.answers.set()
    wait_until(lambda: device.asked > 2 and device.listening, 5)


def test_a_problem_is_taken_back_when_nobody_wants_the_device_any_more(desk: Desk) -> None:
    desk.device.fault = OSError("odd")
    gate = desk.make()
    gate.open()
    wait_until(lambda: desk.problems, 5)
    gate.use(GateConfig(mode="off"))
    wait_until(lambda: len(desk.problems) == 2, 5)
    assert desk.problems == ["The microphone failed: odd.", ""]


def test_an_output_that_looks_for_its_device_gets_the_library_for_itself(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_gate, "STAND_ASIDE_SECONDS", 0.02)
    desk.open()
    desk.device.feed(TALK)
    desk.wait_for(True)
    desk.device.starved = True
    wait_until(lambda: desk.device.released, 5)
    desk.device.starved = False
    desk.wait_until_listening()
    desk.wait_for(True, False)
    assert desk.problems == []


def test_a_listener_that_fails_does_not_end_the_gate(desk: Desk) -> None:
    def fail(talking: bool) -> None:
        desk.talks.append(talking)
        raise RuntimeError("a window fell over")

    gate = VoiceGate(desk.device, HOLD, fail, lambda _: None)
    desk.gates.append(gate)
    gate.open()
    desk.wait_until_listening()
    desk.device.feed(TALK)
    desk.wait_for(True)
    desk.device.feed(SILENCE)
    desk.wait_for(True, False)


def test_samples_that_are_no_sound_are_silence(desk: Desk) -> None:
    gate = desk.open(HOLD.model_copy(update={"threshold_db": -89.0}))
    desk.device.feed(np.full(RATE, np.nan))
    wait_until(lambda: gate.level, 5)
    assert not gate.talking
    assert desk.talks == []


@pytest.mark.parametrize("frozen", [False, True])
def test_close_takes_the_word_back_and_is_quick(desk: Desk, frozen: bool) -> None:
    if frozen:
        desk.device.hold.clear()
        gate = desk.make()
        gate.open()
    else:
        gate = desk.open()
        desk.device.feed(TALK)
        desk.wait_for(True)
    asked = time.monotonic()
    gate.close()
    gate.close()
    assert time.monotonic() - asked < 1.0
    assert not gate.talking
    assert desk.talks == ([] if frozen else [True, False])
    desk.device.hold.set()
    wait_until(lambda: len(desk.device.opened) == desk.device.released, 5)
