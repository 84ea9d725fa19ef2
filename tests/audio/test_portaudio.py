"""What PortAudio refuses becomes a sentence; its library is a stand-in here."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from ishowtts_desktop.audio.portaudio import PortAudio
from ishowtts_desktop.core.errors import AudioError


class StandIn:
    """Looks like the sounddevice module; ``faults`` names the calls that fail."""

    class PortAudioError(Exception):
        """As sounddevice's."""

    def __init__(self, *devices: str) -> None:
        self.names = devices
        self.faults: set[str] = set()
        self.calls: list[str] = []

    def __call__(self, call: str) -> None:
        self.calls.append(call)
        if call in self.faults:
            raise self.PortAudioError(f"{call} went wrong")

    def _terminate(self) -> None:
        self("terminate")

    def _initialize(self) -> None:
        self("initialize")

    def query_devices(self, name: str | None = None, kind: str | None = None) -> Any:
        self("query")
        if kind is not None:
            return {"name": name, "max_output_channels": 32}
        microphone = {"name": "microphone", "max_output_channels": 0}
        return [microphone, *({"name": name, "max_output_channels": 2} for name in self.names)]

    def OutputStream(self, **options: Any) -> StandInStream:  # noqa: N802 - sounddevice's name
        self(f"open {options['device']}")
        assert options["channels"] == 2
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


def library(monkeypatch: pytest.MonkeyPatch, *devices: str) -> StandIn:
    module = StandIn(*devices)
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    return module


def callback(*_: object) -> None:
    """Do nothing."""


def test_only_devices_that_can_play_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    library(monkeypatch, "pulse", "headset")
    assert PortAudio().devices() == ["pulse", "headset"]


def test_the_sound_servers_own_device_comes_first_and_the_next_one_helps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = library(monkeypatch, "hw:0", "pipewire", "pulse")
    module.faults = {"open pulse", "open pipewire"}
    PortAudio().open("", 48_000, callback)
    opened = [call for call in module.calls if call.startswith("open")]
    assert opened == ["open pulse", "open pipewire", "open None"]


def test_devices_are_looked_for_anew_only_while_no_stream_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module, portaudio = library(monkeypatch, "pulse"), PortAudio()
    stream = portaudio.open("", 48_000, callback)
    before = module.calls.count("initialize")
    portaudio.refresh()
    assert module.calls.count("initialize") == before
    portaudio.release(stream)
    portaudio.refresh()
    assert module.calls.count("initialize") == before + 1


def test_a_stream_that_cannot_start_is_closed_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    module, portaudio = library(monkeypatch, "pulse"), PortAudio()
    module.faults = {"start"}
    with pytest.raises(AudioError, match="start went wrong"):
        portaudio.open("pulse", 48_000, callback)
    assert module.calls[-1] == "close"
    module.faults.clear()
    portaudio.refresh()
    assert module.calls[-1] == "initialize"  # nothing counts as open


@pytest.mark.parametrize("fault", ["initialize", "query"])
def test_a_broken_sound_system_is_told_and_found_again(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, portaudio = library(monkeypatch, "pulse"), PortAudio()
    module.faults = {fault}
    with pytest.raises(AudioError, match=f"{fault} went wrong") as caught:
        portaudio.devices()
    assert caught.value.advice
    # AND after that there is nothing to terminate
    module.faults = {"terminate"}
    portaudio.refresh()
    assert portaudio.devices() == ["pulse"]


def test_no_device_at_all_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    library(monkeypatch)
    with pytest.raises(AudioError, match="No sound device was found"):
        PortAudio().open("", 48_000, callback)
