"""The silence after an utterance, what is still to come, and ducking."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ishowtts_desktop.audio.playback import DUCK_SECONDS, Playback
from ishowtts_desktop.core.cancel import CancelToken
from tests.support.playing import BLOCK, FADE, RATE, STEP, largest_step, render, say, tone
from tests.support.signal import chirp


def rest(playback: Playback, tag: str, samples: np.ndarray, seconds: float) -> None:
    assert playback.write(tag, samples) == len(samples)
    playback.finish(tag, seconds)


@pytest.mark.parametrize("drained", [False, True])
def test_what_follows_begins_after_the_rest_to_the_sample(
    playback: Playback, drained: bool
) -> None:
    first, second = chirp(0.033, RATE), chirp(0.021, RATE)
    rest(playback, "a", first, 0.25)
    say(playback, "b", second)
    out = playback.drain(RATE) if drained else render(playback, 0.5)
    begins = len(first) + RATE // 4
    np.testing.assert_array_equal(out[: len(first)], first)
    assert not out[len(first) + FADE : begins].any()
    np.testing.assert_array_equal(out[begins : begins + len(second)], second)
    assert len(out) == begins + len(second) or not drained
    assert playback.underruns == 0


def test_the_record_is_without_the_rest_but_the_wait_is_not(playback: Playback) -> None:
    rest(playback, "a", tone(0.1), 0.2)
    render(playback, 0.25)
    assert playback._tracks.find("a") is not None  # it isn't over yet
    assert playback.buffered == pytest.approx(0.05)
    render(playback, 0.05)
    played = playback.wait("a", CancelToken())
    assert played.complete
    assert played.ended_at == pytest.approx(0.1)
    assert playback.buffered == 0


def test_a_stop_in_the_rest_lets_the_next_one_begin_and_takes_nothing_back(
    playback: Playback,
) -> None:
    second = chirp(0.03, RATE)
    rest(playback, "a", tone(0.1), 3.0)
    say(playback, "b", second)
    render(playback, 0.2)
    playback.stop("a")
    np.testing.assert_array_equal(playback.render(BLOCK * 3), second)
    played = playback.wait("a", CancelToken())
    assert played.complete
    assert played.ended_at == pytest.approx(0.1)
    assert playback.buffered == 0


def test_a_stop_in_the_middle_of_a_word_leaves_no_rest(playback: Playback) -> None:
    second = chirp(0.03, RATE)
    rest(playback, "a", tone(1.0), 3.0)
    say(playback, "b", second)
    render(playback, 0.1)
    playback.stop("a")
    out = render(playback, 0.1)
    np.testing.assert_array_equal(out[FADE : FADE + len(second)], second)
    assert not playback.wait("a", CancelToken()).complete
    assert playback.buffered == 0


def test_an_end_at_full_scale_sinks_into_the_rest(playback: Playback) -> None:
    second = tone(0.05)
    rest(playback, "a", np.full(300, 0.5, np.float32), 0.05)
    say(playback, "b", second)
    out = render(playback, 0.15)
    assert float(np.abs(np.diff(out)).max()) < STEP
    begins = 300 + RATE // 20
    np.testing.assert_array_equal(out[begins : begins + len(second)], second)


def test_a_pause_holds_the_rest_too(playback: Playback) -> None:
    rest(playback, "a", tone(0.1), 0.2)
    say(playback, "b", np.ones(BLOCK, np.float32))
    render(playback, 0.2)
    playback.pause()
    assert not render(playback, 1.0).any()
    playback.resume()
    out = render(playback, 0.2)
    assert int(np.flatnonzero(out)[0]) == RATE // 10
    assert playback.underruns == 0


@pytest.mark.parametrize("seconds", [math.nan, math.inf, -1.0, 0.0])
def test_a_rest_that_makes_no_sense_is_none(playback: Playback, seconds: float) -> None:
    rest(playback, "a", np.ones(BLOCK, np.float32), seconds)
    say(playback, "b", np.ones(BLOCK, np.float32))
    assert playback.render(2 * BLOCK).all()


def test_nothing_rests_after_what_had_no_sound(playback: Playback) -> None:
    playback.finish("a", 1.0)
    say(playback, "b", np.ones(BLOCK, np.float32))
    assert playback.render(BLOCK).all()
    assert playback.wait("a", CancelToken()).started_at is None


def test_what_is_buffered_counts_down_to_nothing(playback: Playback) -> None:
    assert playback.buffered == 0
    playback.write("a", tone(0.5))
    assert playback.buffered == pytest.approx(0.5)
    playback.finish("a", 0.25)
    assert playback.buffered == pytest.approx(0.75)
    playback.pause()
    render(playback, 0.3)
    assert playback.buffered == pytest.approx(0.75)
    playback.resume()
    render(playback, 0.3)
    assert playback.buffered == pytest.approx(0.45)
    render(playback, 1.0)
    assert playback.buffered == 0


def test_what_was_stopped_before_its_turn_is_not_to_come(playback: Playback) -> None:
    rest(playback, "a", tone(0.5), 0.1)
    rest(playback, "b", tone(1.0), 0.1)
    assert playback.buffered == pytest.approx(1.7)
    playback.stop("b")
    assert playback.buffered == pytest.approx(0.6)
    playback.stop("a")
    assert playback.buffered == 0


def test_ducking_goes_down_and_up_again_without_a_click(playback: Playback) -> None:
    # GIVEN something that sounds, at its loudest just now
    sound = tone(1.5)
    say(playback, "a", sound)
    before = np.concatenate([render(playback, 0.1), playback.render(60)])
    assert before[-1] > 0.49
    # WHEN it is ducked, and the volume changes and there is a pause meanwhile
    playback.duck(0.25)
    down = render(playback, DUCK_SECONDS)
    low = render(playback, 0.1)
    playback.set_volume(0.5)
    playback.pause()
    pause = render(playback, 0.1)
    playback.resume()
    again = render(playback, 0.1)
    playback.duck(1.0)
    playback.set_volume(1.0)
    up = render(playback, 0.5)
    # THEN it is as low as was asked, and nothing clicks
    assert np.abs(low).max() == pytest.approx(0.5 * 0.25, rel=0.01)
    assert np.abs(again[BLOCK:]).max() == pytest.approx(0.5 * 0.25 * 0.5, rel=0.01)
    assert np.abs(up[-RATE // 10 :]).max() == pytest.approx(0.5, rel=0.01)
    heard = np.concatenate([before, down, low, pause, again, up])
    assert largest_step(heard) < STEP


def test_what_begins_while_it_is_ducked_is_low_from_its_first_sample(playback: Playback) -> None:
    playback.duck(0.5)
    say(playback, "a", np.ones(BLOCK, np.float32))
    np.testing.assert_array_equal(playback.render(BLOCK), np.full(BLOCK, 0.5, np.float32))


@pytest.mark.parametrize(("gain", "level"), [(2.0, 1.0), (-1.0, 0.0), (math.nan, 1.0)])
def test_a_gain_out_of_range_is_limited(playback: Playback, gain: float, level: float) -> None:
    playback.duck(gain)
    say(playback, "a", np.full(10, 0.5, np.float32))
    np.testing.assert_array_equal(playback.render(10), np.full(10, 0.5 * level, np.float32))
