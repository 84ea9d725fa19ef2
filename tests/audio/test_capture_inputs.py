"""Microphones among the sound devices; PortAudio's library is a stand-in here."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from ishowtts_desktop.audio.inputs import SoundDevices
from ishowtts_desktop.core.errors import AudioError


class StandIn:
    """Looks like the sounddevice module; ``faults`` names the calls that fail."""

    class PortAudioError(Exception):
        """As sounddevice's."""

    def __init__(self, **inputs: int) -> None:
        self.inputs = inputs
        self.rate = 44_100.0
        self.faults: set[str] = set()
        self.calls: list[str] = []
        self.options: dict[str, Any] = {}

    def __call__(self, call: str) -> None:
        self.calls.append(call)
        if call in self.faults:
            raise self.PortAudioError(f"{call} went wrong.\n")

    def _terminate(self) -> None:
        self("terminate")

    def _initialize(self) -> None:
        self("initialize")

    def query_devices(self, name: str | None = None, kind: str | None = None) -> Any:
        self("query")
        if kind is not None:
            channels = self.inputs.get(name or "", 1)
            return {"max_input_channels": channels, "default_samplerate": self.rate}
        found = {"speaker": 0, **self.inputs}.items()
        outputs = {"max_output_channels": 0}
        return [{"name": name, "max_input_channels": n, **outputs} for name, n in found]

    def InputStream(self, **options: Any) -> StandInStream:  # noqa: N802 - sounddevice's name
        self(f"open {options['device']}")
        self.options = options
        return StandInStream(self)


class StandInStream:
    """Looks like a sounddevice stream."""

    def __init__(self, module: StandIn) -> None:
        self._module = module

    def start(self) -> None:
        self._module("start")

    def abort(self) -> None:
        self._module("abort")

    def close(self) -> None:
        self._module("close")


def library(monkeypatch: pytest.MonkeyPatch, **inputs: int) -> StandIn:
    module = StandIn(**inputs)
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    return module


def callback(*_: object) -> None:
    """Do nothing."""


def test_only_what_can_record_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    library(monkeypatch, pulse=32, headset=1)
    assert SoundDevices().inputs() == ["pulse", "headset"]


def test_the_sound_servers_own_device_comes_first_and_the_next_one_helps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = library(monkeypatch, headset=1, pulse=32)
    module.faults = {"open pulse"}
    SoundDevices().open_input("", callback)
    assert [call for call in module.calls if call.startswith("open")] == ["open pulse", "open None"]


@pytest.mark.parametrize(
    ("told", "channels", "rate", "opened"),
    [(44_100.0, 1, 44_100, 1), (192_000.0, 8, 48_000, 2), (0.0, 2, 8_000, 2)],
)
def test_a_device_is_opened_at_its_own_rate_within_reason(
    told: float, channels: int, rate: int, opened: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = library(monkeypatch, headset=channels)
    module.rate = told
    _, found = SoundDevices().open_input("headset", callback)
    assert found == rate
    assert (module.options["samplerate"], module.options["channels"]) == (rate, opened)


def test_no_new_devices_are_looked_for_while_it_records(monkeypatch: pytest.MonkeyPatch) -> None:
    module, devices = library(monkeypatch, headset=1), SoundDevices()
    stream, _ = devices.open_input("headset", callback)
    before = module.calls.count("initialize")
    assert devices.inputs() == ["headset"]
    assert module.calls.count("initialize") == before
    devices.release(stream)
    devices.inputs()
    assert module.calls.count("initialize") == before + 1


def test_a_stream_that_cannot_be_stopped_is_closed_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module, devices = library(monkeypatch, headset=1), SoundDevices()
    stream, _ = devices.open_input("headset", callback)
    module.faults = {"abort"}
    with pytest.raises(module.PortAudioError):
        devices.release(stream)
    assert module.calls[-1] == "close"
    devices.refresh()
    assert module.calls[-1] == "initialize"


def test_an_output_that_is_not_found_while_it_records_wants_the_library_for_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library(monkeypatch, headset=1)
    devices = SoundDevices()
    stream, _ = devices.open_input("headset", callback)
    with pytest.raises(AudioError, match="No sound device was found"):
        devices.open("", 48_000, callback)
    assert devices.starved
    # WHEN nothing is open any more, a look for new devices is enough
    devices.release(stream)
    devices.refresh()
    assert not devices.starved
    with pytest.raises(AudioError, match="No sound device was found"):
        devices.open("", 48_000, callback)
    assert not devices.starved


@pytest.mark.parametrize(("quick", "latency"), [(False, "high"), (True, 0.06)])
def test_a_recording_wants_nothing_lost_and_a_gate_wants_it_soon(
    quick: bool, latency: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = library(monkeypatch, headset=1)
    SoundDevices().open_input("headset", callback, quick=quick)
    assert module.options["latency"] == latency


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("open headset", "The microphone headset can't be opened: open headset went wrong."),
        ("start", "The microphone headset can't start: start went wrong."),
        ("query", "The microphones can't be listed: query went wrong."),
    ],
)
def test_what_the_library_refuses_becomes_a_sentence(
    fault: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, devices = library(monkeypatch, headset=1), SoundDevices()
    module.faults = {fault}
    with pytest.raises(AudioError) as caught:
        devices.open_input("headset", callback)
    assert caught.value.message == told
    assert caught.value.advice
    # AND nothing counts as open
    module.faults.clear()
    before = module.calls.count("initialize")
    devices.inputs()
    assert module.calls.count("initialize") == before + 1


def test_no_microphone_at_all_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    library(monkeypatch)
    with pytest.raises(AudioError, match="No microphone was found"):
        SoundDevices().open_input("", callback)


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(AudioError, match="PortAudio is missing"):
        SoundDevices().inputs()
