"""Stopping and pausing: at once, without a click, and only what was meant."""

from __future__ import annotations

import numpy as np
import pytest

from ishowtts_desktop.audio.playback import FADE_SECONDS, Playback
from ishowtts_desktop.core.cancel import CancelToken
from tests.support.playing import BLOCK, FADE, RATE, STEP, largest_step, render, say, tone
from tests.support.signal import chirp


def test_stop_fades_out_within_five_milliseconds_and_without_a_click(playback: Playback) -> None:
    # GIVEN a long utterance that sounds
    say(playback, "a", tone(1.0))
    before = render(playback, 0.1)
    # WHEN it is stopped
    playback.stop("a")
    after = render(playback, 0.1)
    # THEN it is gone after the fade, which moved in small steps
    assert np.flatnonzero(after)[-1] < FADE
    assert largest_step(np.concatenate([before, after])) < STEP
    played = playback.wait("a", CancelToken())
    assert not played.complete
    assert played.ended_at == pytest.approx(0.1 + FADE_SECONDS)


def test_stop_keeps_the_others(playback: Playback) -> None:
    second = chirp(0.05, RATE)
    say(playback, "a", tone(1.0))
    say(playback, "b", second)
    playback.render(BLOCK)
    playback.stop("a")
    out = render(playback, 0.1)
    np.testing.assert_array_equal(out[FADE : FADE + len(second)], second)
    assert playback.wait("b", CancelToken()).complete


def test_a_stopped_utterance_that_waits_is_never_heard(playback: Playback) -> None:
    first, third = chirp(0.02, RATE), chirp(0.03, RATE)
    say(playback, "a", first)
    say(playback, "b", tone(0.5))
    say(playback, "c", third)
    playback.stop("b")
    out = render(playback, 0.1)
    heard = np.concatenate([first, third])
    np.testing.assert_array_equal(out[: len(heard)], heard)
    played = playback.wait("b", CancelToken())
    assert not played.complete
    assert played.started_at is None


def test_what_is_written_after_a_stop_is_forgotten(playback: Playback) -> None:
    playback.write("a", tone(0.1))
    playback.render(BLOCK)
    playback.stop("a")
    render(playback, 0.05)
    assert playback.write("a", tone(5.0)) == 5 * RATE
    playback.finish("a")
    assert not render(playback, 0.2).any()


def test_a_stop_of_what_was_never_written_means_nothing(playback: Playback) -> None:
    playback.stop("a")
    say(playback, "a", tone(0.1))
    assert render(playback, 0.2).any()


def test_a_stopped_utterance_that_nobody_finished_can_be_said_again(playback: Playback) -> None:
    # GIVEN an utterance that broke off: its writer neither finished it nor waited
    first, second = CancelToken(), CancelToken()
    playback.write("a", tone(0.5), first)
    playback.render(BLOCK)
    playback.stop("a")
    render(playback, 0.05)
    # WHEN its writer comes late, and then somebody says it once more
    playback.write("a", tone(0.5), first)
    late = render(playback, 0.05)
    playback.write("a", tone(0.1), second)
    playback.finish("a")
    # THEN only the second one is heard
    assert not late.any()
    assert render(playback, 0.05).any()
    render(playback, 0.1)
    assert playback.wait("a", CancelToken()).complete


def test_a_wait_for_what_was_never_written_ends_with_its_cancel(playback: Playback) -> None:
    cancel = CancelToken()
    cancel.cancel()
    assert not playback.wait("a", cancel).complete


def test_a_stop_that_comes_too_late_does_not_silence_a_replay(playback: Playback) -> None:
    # GIVEN an utterance that has ended
    say(playback, "a", tone(0.01))
    render(playback, 0.02)
    playback.wait("a", CancelToken())
    # WHEN it is stopped and said once more
    playback.stop("a")
    say(playback, "a", tone(0.01))
    # THEN it is heard
    assert render(playback, 0.02).any()
    assert playback.wait("a", CancelToken()).complete


def test_a_stopped_tag_can_be_said_again_after_its_wait(playback: Playback) -> None:
    say(playback, "a", tone(0.5))
    playback.render(BLOCK)
    playback.stop("a")
    render(playback, 0.02)
    playback.wait("a", CancelToken())
    say(playback, "a", tone(0.01))
    assert render(playback, 0.02).any()


def test_pause_holds_the_position_and_resume_goes_on_gently(playback: Playback) -> None:
    sound = tone(0.5)
    say(playback, "a", sound)
    before = render(playback, 0.1)
    playback.pause()
    pause = render(playback, 0.3)
    playback.resume()
    after = render(playback, 0.6)
    # THEN the pause is silent but for its fade, nothing clicks, nothing but the fade is missing
    assert not pause[FADE:].any()
    assert largest_step(np.concatenate([before, pause, after])) < STEP
    held = len(before) + FADE
    np.testing.assert_array_equal(after[FADE : len(sound) - held], sound[held + FADE :])
    assert playback.wait("a", CancelToken()).complete


def test_what_is_written_during_a_pause_begins_with_its_first_sample(playback: Playback) -> None:
    playback.pause()
    render(playback, 0.05)
    sound = np.ones(100, np.float32)
    say(playback, "a", sound)
    assert not render(playback, 0.05).any()
    playback.resume()
    np.testing.assert_array_equal(playback.render(BLOCK)[:100], sound)


def test_a_stop_during_a_pause_ends_the_utterance(playback: Playback) -> None:
    say(playback, "a", tone(0.5))
    playback.render(BLOCK)
    playback.pause()
    render(playback, 0.05)
    playback.stop("a")
    render(playback, 0.02)
    assert not playback.wait("a", CancelToken()).complete
    playback.resume()
    assert not render(playback, 0.1).any()
