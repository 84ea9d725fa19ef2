"""The microphone without one: what it keeps, what it tells, how it ends."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from ishowtts_desktop.audio import input_stream
from ishowtts_desktop.audio.capture import FLOOR_DB, Microphone
from ishowtts_desktop.core.errors import AudioError
from tests.support.hand_fed import RATE, HandFed
from tests.support.waiting import wait_until


def ramp(frames: int) -> np.ndarray:
    return np.linspace(-0.5, 0.5, frames, dtype=np.float32)


def test_every_sample_is_kept_in_order() -> None:
    device = HandFed()
    microphone = Microphone(device)
    microphone.start()
    device.feed(ramp(1000))
    assert microphone.seconds == pytest.approx(1000 / RATE)
    recorded = microphone.stop()
    assert recorded.rate == RATE
    assert recorded.samples.dtype == np.float32
    np.testing.assert_array_equal(recorded.samples, ramp(1000))
    assert device.released == 1


def test_two_channels_are_mixed_and_nonsense_is_silence() -> None:
    device = HandFed()
    microphone = Microphone(device)
    microphone.start()
    left, right = np.full(320, 0.5), np.full(320, -0.1)
    right[5] = np.nan
    device.feed(np.stack([left, right], axis=1))
    recorded = microphone.stop().samples
    assert recorded[5] == 0
    np.testing.assert_allclose(np.delete(recorded, 5), 0.2, atol=1e-6)


def test_it_keeps_no_more_than_fits_and_says_that_it_is_full() -> None:
    device = HandFed()
    microphone = Microphone(device, longest=0.105)
    microphone.start()
    assert not microphone.full
    device.feed(ramp(5 * RATE))
    assert microphone.full
    assert microphone.seconds == 0.105
    assert microphone.problem is None
    np.testing.assert_array_equal(microphone.stop().samples, ramp(5 * RATE)[:840])


def test_the_level_is_that_of_the_last_moment() -> None:
    device = HandFed()
    microphone = Microphone(device)
    assert microphone.level.peak == FLOOR_DB
    microphone.start()
    device.feed(np.full(RATE, 1.0))
    assert microphone.level.peak == microphone.level.rms == pytest.approx(0.0)
    device.feed(np.zeros(RATE))
    assert microphone.level.peak == FLOOR_DB
    tone = 0.1 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)
    device.feed(tone)
    assert microphone.level.peak == pytest.approx(-20, abs=0.1)
    assert microphone.level.rms == pytest.approx(-23, abs=0.1)
    microphone.stop()


def test_the_tail_that_the_device_still_holds_is_waited_for() -> None:
    device = HandFed()
    device.latency = 0.1
    microphone = Microphone(device)
    microphone.start()
    device.feed(ramp(1600)[:800])
    late = threading.Timer(0.05, device.feed, args=(ramp(1600)[800:],))
    late.start()
    np.testing.assert_array_equal(microphone.stop().samples, ramp(1600))
    late.join()


def test_what_is_discarded_is_released_at_once() -> None:
    device = HandFed()
    device.latency = 5.0
    microphone = Microphone(device)
    microphone.start()
    asked = time.monotonic()
    microphone.discard()
    microphone.discard()
    assert device.released == 1
    assert time.monotonic() - asked < 0.3
    assert microphone.problem is None


def test_a_device_that_vanishes_is_told_and_what_was_recorded_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(input_stream, "STALL_SECONDS", 0.1)
    device = HandFed()
    microphone = Microphone(device)
    microphone.start()
    device.feed(ramp(800))
    assert microphone.problem is None
    problem = wait_until(lambda: microphone.problem, 5)
    assert problem.message == "The microphone stopped."
    assert problem.advice
    assert len(microphone.stop().samples) == 800
    assert microphone.problem is None


def test_a_stream_that_ended_by_itself_is_told_at_once() -> None:
    device = HandFed()
    microphone = Microphone(device)
    microphone.start()
    device.feed(ramp(800))
    device.active = False
    assert microphone.problem is not None
    assert microphone.problem.message == "The microphone stopped."
    microphone.discard()


def test_a_device_that_gives_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_stream, "START_SECONDS", 0.1)
    microphone = Microphone(HandFed())
    microphone.start()
    problem = wait_until(lambda: microphone.problem, 5)
    assert problem.message == "The microphone gives no sound."
    with pytest.raises(AudioError, match="Nothing was recorded"):
        microphone.stop()


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (AudioError("No microphone was found.", "Connect one."), "No microphone was found."),
        (OSError("boom"), "The microphone failed: boom."),
    ],
)
def test_a_device_that_cannot_be_opened_is_told(fault: Exception, told: str) -> None:
    microphone = Microphone(HandFed(fault))
    with pytest.raises(AudioError) as caught:
        microphone.start()
    assert caught.value.message == told
    assert caught.value.advice
    with pytest.raises(AudioError, match="Nothing was recorded"):
        microphone.stop()


def test_a_frozen_sound_server_is_given_up_and_what_it_opens_late_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(input_stream, "OPEN_SECONDS", 0.1)
    device = HandFed()
    device.hold.clear()
    microphone = Microphone(device)
    asked = time.monotonic()
    with pytest.raises(AudioError, match="doesn't answer"):
        microphone.start()
    assert time.monotonic() - asked < 5
    device.hold.set()
    wait_until(lambda: device.released == 1, 5)
