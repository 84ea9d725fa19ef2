"""The stream of samples that every output renders: exact, in order, without a click."""

from __future__ import annotations

import math
import threading

import numpy as np
import pytest

from ishowtts_desktop.audio.playback import Playback
from ishowtts_desktop.core.cancel import CancelToken
from tests.support.playing import BLOCK, FADE, RATE, STEP, largest_step, render, say, tone
from tests.support.signal import chirp
from tests.support.waiting import wait_until


def test_nothing_written_is_silence(playback: Playback) -> None:
    out = playback.render(BLOCK)
    assert out.shape == (BLOCK,)
    assert out.dtype == np.float32
    assert not out.any()


def test_samples_come_out_as_they_went_in_head_and_tail(playback: Playback) -> None:
    # GIVEN some silence first, and a sound without any fade of its own
    render(playback, 0.05)
    sound = np.ones(1000, np.float32)
    # WHEN it is said
    say(playback, "a", sound)
    out = render(playback, 0.1)
    # THEN each of its samples is there, the first one first
    np.testing.assert_array_equal(out[:1000], sound)
    played = playback.wait("a", CancelToken())
    assert played.complete
    assert played.started_at == pytest.approx(0.05)
    assert played.ended_at == pytest.approx(0.05 + 1000 / RATE)
    assert playback.underruns == 0


def test_two_utterances_follow_each_other_without_a_gap(playback: Playback) -> None:
    first, second = chirp(0.033, RATE), chirp(0.021, RATE)
    say(playback, "a", first)
    say(playback, "b", second)
    out = render(playback, 0.1)
    both = np.concatenate([first, second])
    np.testing.assert_array_equal(out[: len(both)], both)


def test_the_first_sample_is_dated_by_the_clock() -> None:
    class Noon:
        def now(self) -> float:
            return 12.0

        def wall(self) -> float:
            return 0.0

    playback = Playback(Noon(), RATE)
    say(playback, "a", tone(0.01))
    render(playback, 0.02)
    assert playback.wait("a", CancelToken()).first_sample_at == 12.0


def test_the_end_is_told_with_the_block_that_holds_the_last_sample(playback: Playback) -> None:
    say(playback, "a", tone(0.01))
    playback.render(BLOCK)
    cancel = CancelToken()
    cancel.cancel()
    assert playback.wait("a", cancel).complete


def test_an_utterance_without_samples_is_complete_and_was_never_heard(playback: Playback) -> None:
    playback.finish("a")
    playback.render(BLOCK)
    played = playback.wait("a", CancelToken())
    assert played.complete
    assert played.started_at is played.ended_at is played.first_sample_at is None


def test_an_underrun_is_counted_once_and_neither_end_of_it_clicks(playback: Playback) -> None:
    # GIVEN an utterance whose samples come late, cut at its loudest
    sound = tone(0.2)
    cut = int(0.10125 * RATE)
    playback.write("a", sound[:cut])
    before = render(playback, 0.2)
    assert playback.underruns == 1
    # WHEN the rest arrives
    playback.write("a", sound[cut:])
    playback.finish("a")
    after = render(playback, 0.2)
    # THEN all of the first part was exact, and there was no step
    assert abs(sound[cut - 1]) > 0.4
    np.testing.assert_array_equal(before[:cut], sound[:cut])
    assert largest_step(np.concatenate([before, after])) < STEP
    assert playback.wait("a", CancelToken()).complete
    assert playback.underruns == 1


def test_an_end_at_full_scale_sinks_instead_of_clicking(playback: Playback) -> None:
    say(playback, "a", np.full(300, 0.5, np.float32))
    out = playback.render(1000)
    assert float(np.abs(np.diff(out)).max()) <= 0.5 / FADE + 1e-6
    assert out[300 + FADE] == 0


def test_volume_is_exact_for_what_begins_after_and_ramped_for_what_sounds(
    playback: Playback,
) -> None:
    playback.set_volume(0.5)
    sound = tone(0.3)
    say(playback, "a", sound)
    before = render(playback, 0.1)
    np.testing.assert_allclose(before, sound[: len(before)] / 2, atol=1e-7)
    playback.set_volume(0.0)
    after = render(playback, 0.1)
    assert largest_step(np.concatenate([before, after])) < STEP
    assert not after[-BLOCK:].any()


@pytest.mark.parametrize(
    ("volume", "level"), [(2.0, 1.0), (-1.0, 0.0), (math.nan, 1.0), (math.inf, 1.0)]
)
def test_a_volume_out_of_range_is_limited(playback: Playback, volume: float, level: float) -> None:
    playback.set_volume(volume)
    say(playback, "a", np.full(10, 0.5, np.float32))
    np.testing.assert_array_equal(playback.render(10), np.full(10, 0.5 * level, np.float32))


def test_bad_samples_become_silence_and_loud_ones_are_limited(playback: Playback) -> None:
    bad = np.array([np.nan, np.inf, -np.inf, 3.0, -3.0, 0.25, 1e38], np.float32)
    say(playback, "a", bad)
    np.testing.assert_array_equal(
        playback.render(7), np.array([0, 0, 0, 1, -1, 0.25, 1], np.float32)
    )


def test_no_more_is_taken_than_the_buffer_holds(playback: Playback) -> None:
    assert playback.write("a", tone(3.0)) == 2 * RATE
    assert playback.write("a", tone(1.0)) == 0
    playback.render(BLOCK)
    assert playback.write("a", tone(1.0)) == BLOCK


def test_a_resamplers_tail_fits_even_when_the_buffer_is_full(playback: Playback) -> None:
    playback.write("a", tone(3.0))
    assert playback.write("a", tone(0.1), tail=True) == int(0.1 * RATE)


def test_a_drain_gives_the_speech_without_silence(playback: Playback) -> None:
    first, second = chirp(0.033, RATE), chirp(0.021, RATE)
    say(playback, "a", first)
    say(playback, "b", second)
    out = playback.drain(RATE)
    np.testing.assert_array_equal(out, np.concatenate([first, second]))
    assert not len(playback.drain(RATE))
    assert playback.wait("b", CancelToken()).ended_at == pytest.approx(len(out) / RATE)


def test_after_a_lost_device_the_sound_fades_in_where_it_was(playback: Playback) -> None:
    sound = tone(0.2)
    say(playback, "a", sound)
    cut = len(playback.render(BLOCK + 60))
    playback.interrupted()
    after = playback.render(BLOCK)
    assert largest_step(after) < STEP
    np.testing.assert_array_equal(after[FADE:], sound[cut + FADE : cut + BLOCK])


def test_wait_returns_when_another_thread_renders_the_end(playback: Playback) -> None:
    say(playback, "a", tone(0.1))
    done: list[bool] = []
    waiter = threading.Thread(
        target=lambda: done.append(playback.wait("a", CancelToken()).complete), name="waiter"
    )
    waiter.start()
    render(playback, 0.2)
    waiter.join(5)
    assert done == [True]


@pytest.mark.parametrize("how", ["cancel", "stop", "close"])
def test_wait_is_let_go_though_nothing_renders(playback: Playback, how: str) -> None:
    # GIVEN a wait, and no device that renders
    say(playback, "a", tone(0.1))
    cancel, done = CancelToken(), list[bool]()
    waiter = threading.Thread(
        target=lambda: done.append(playback.wait("a", cancel).complete), name="waiter"
    )
    waiter.start()
    # WHEN it is given up
    {"cancel": cancel.cancel, "stop": lambda: playback.stop("a"), "close": playback.close}[how]()
    # THEN it comes back, and what was stopped stays silent
    wait_until(lambda: done, 5, "the wait returns")
    waiter.join()
    assert done == [False]
    assert not render(playback, 0.2).any()


def test_close_fades_out_and_takes_no_more(playback: Playback) -> None:
    say(playback, "a", tone(1.0))
    before = render(playback, 0.1)
    assert not playback.quiet
    playback.close()
    after = render(playback, 0.05)
    assert largest_step(np.concatenate([before, after])) < STEP
    assert playback.quiet
    playback.resume()
    assert playback.write("b", tone(5.0)) == 5 * RATE
    assert not render(playback, 0.05).any()


def test_many_stopped_and_unwaited_utterances_leave_nothing_behind(playback: Playback) -> None:
    for number in range(500):
        tag = f"tag-{number}"
        playback.write(tag, tone(0.01))
        if number % 2:
            playback.finish(tag)
        playback.stop(tag)
        playback.render(BLOCK)
    assert len(playback._tracks._by_tag) < 100
    say(playback, "last", tone(0.01))
    assert render(playback, 0.05).any()
