"""How far the processor may run ahead of a device, with events that only note."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.speech.f5 import pace, sampler
from ishowtts_desktop.speech.f5.pace import Pace
from tests.support.f5_pair import V1, pair, utterance

CUDA = SimpleNamespace(type="cuda")


class Device:
    """Notes what is recorded and waited for; an event stands for the step it was recorded after."""

    def __init__(self) -> None:
        self.queued = -1
        self.done = -1

    def event(self) -> Event:
        return Event(self)


class Event:
    def __init__(self, device: Device) -> None:
        self._device = device
        self._step = -1

    def record(self) -> None:
        self._device.queued += 1
        self._step = self._device.queued

    def synchronize(self) -> None:
        self._device.done = self._step


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Device:
    device = Device()
    monkeypatch.setattr(pace, "_event", device.event)
    return device


def test_at_most_one_step_waits_behind_the_one_that_runs(device: Device) -> None:
    ahead = Pace(CUDA)  # type: ignore[arg-type]
    for step in range(20):
        ahead.wait()
        # THEN what was queued and isn't known to be done is one step at most
        assert device.queued - device.done <= 1 or step < 2
        ahead.mark()
    assert device.queued == 19


def test_a_processor_is_never_waited_for(device: Device) -> None:
    ahead = Pace(torch.device("cpu"))
    for _ in range(5):
        ahead.wait()
        ahead.mark()
    assert device.queued == -1


def test_a_cancel_during_a_step_leaves_one_more_at_most(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a device that is waited for, and a user who cancels while its fourth step is at work
    monkeypatch.setattr(sampler, "Pace", lambda _: Pace(CUDA))  # type: ignore[arg-type]
    said, cancel, both = utterance(V1, 40, 9), CancelToken(), pair()
    synchronize = Event.synchronize

    def until(self: Event) -> None:
        synchronize(self)
        if device.done == 3:
            cancel.cancel()

    monkeypatch.setattr(Event, "synchronize", until)
    ready = both.sampler.prepare(said.reference, said.tokens, said.frames)
    assert both.sampler.sample(ready, both.tables(32), said.noise, cancel=cancel) is None
    assert device.queued <= 5
