"""The WAV file that stands in for a sound device."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.clock import SystemClock
from tests.support.signal import chirp, find
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ishowtts_desktop.audio.file import FileOutput


RATE = 48_000


def say(output: FileOutput, tag: str, samples: np.ndarray, rate: int = RATE) -> None:
    cancel = CancelToken()
    for at in range(0, len(samples), 3000):
        output.write(tag, AudioChunk(samples[at : at + 3000], rate), cancel)
    output.finish(tag)


def read(path: Path) -> np.ndarray:
    samples, rate = soundfile.read(path, dtype="float32")
    assert rate == RATE
    assert soundfile.info(path).subtype == "PCM_16"
    return np.asarray(samples)


def test_unpaced_the_file_holds_the_speech_alone(
    make: Callable[..., FileOutput], tmp_path: Path
) -> None:
    # GIVEN more speech than the buffer holds
    path = tmp_path / "out.wav"
    sounds = [chirp(5.0, RATE), chirp(0.02, RATE)]
    output = make(path, paced=False)
    output.open()
    # WHEN it is said, with pauses of the speaker between
    for number, sound in enumerate(sounds):
        say(output, f"{number}", sound)
        assert output.wait(f"{number}", CancelToken()).complete
    output.close()
    # THEN the file is the speech, to the sample
    np.testing.assert_allclose(read(path), np.concatenate(sounds), atol=1 / 32000)
    assert output.position == pytest.approx(5.02)


def test_unpaced_at_another_rate_the_length_is_right(
    make: Callable[..., FileOutput], tmp_path: Path
) -> None:
    path = tmp_path / "out.wav"
    output = make(path, paced=False)
    output.open()
    say(output, "a", chirp(1.0, 22_050), 22_050)
    output.wait("a", CancelToken())
    output.close()
    heard = read(path)
    assert abs(len(heard) - RATE) <= 1
    assert find(chirp(1.0, RATE), np.pad(heard, 100), RATE).correlation > 0.999


def test_a_rate_that_changes_inside_an_utterance_loses_nothing(
    make: Callable[..., FileOutput], tmp_path: Path
) -> None:
    path, cancel = tmp_path / "out.wav", CancelToken()
    output = make(path, paced=False)
    output.open()
    for rate in (22_050, RATE, 24_000):
        output.write("a", AudioChunk(chirp(0.5, rate), rate), cancel)
    output.finish("a")
    output.wait("a", cancel)
    output.close()
    assert abs(len(read(path)) - 1.5 * RATE) <= 3


def test_paced_the_file_keeps_real_time(make: Callable[..., FileOutput], tmp_path: Path) -> None:
    # GIVEN an output that runs in real time
    path, clock, sound = tmp_path / "out.wav", SystemClock(), AudioChunk(chirp(0.3, RATE), RATE)
    output = make(path)
    began = clock.now()
    output.open()
    # WHEN two utterances are said with a pause between
    times = []
    for number in range(2):
        asked = clock.now()
        output.write(f"{number}", sound, CancelToken())  # whole: a slow machine must not starve it
        output.finish(f"{number}")
        played = output.wait(f"{number}", CancelToken())
        assert played.first_sample_at is not None
        assert played.first_sample_at >= asked
        times.append(played)
        threading.Event().wait(0.1)
    output.close()
    # THEN each is in the file at the second that was told, and the file is as long as it took
    heard = read(path)
    for played in times:
        assert played.started_at is not None
        start, likeness = find(chirp(0.3, RATE), heard[int(played.started_at * RATE) :], RATE)
        assert start <= 1
        assert likeness > 0.999
    assert 0.75 < len(heard) / RATE <= clock.now() - began + 0.1


def test_write_blocks_when_full_and_goes_on_as_soon_as_it_is_cancelled(
    make: Callable[..., FileOutput], tmp_path: Path
) -> None:
    output = make(tmp_path / "out.wav")
    output.open()
    cancel, done = CancelToken(), threading.Event()
    much = AudioChunk(chirp(60.0, RATE), RATE)

    def write_much() -> None:
        output.write("a", much, cancel)
        done.set()

    writer = threading.Thread(target=write_much, name="writer")
    writer.start()
    assert not done.wait(0.3)
    asked = time.monotonic()
    cancel.cancel()
    assert done.wait(5)
    assert time.monotonic() - asked < 1.0
    writer.join()
    output.close()


@pytest.mark.parametrize("how", ["stop", "close"])
def test_a_blocked_write_is_let_go(
    make: Callable[..., FileOutput], how: str, tmp_path: Path
) -> None:
    output = make(tmp_path / "out.wav")
    output.open()
    chunk = AudioChunk(chirp(60.0, RATE), RATE)
    writer = threading.Thread(target=lambda: output.write("a", chunk, CancelToken()), name="writer")
    writer.start()
    wait_until(lambda: output._playback._ring.written, 5)
    {"stop": lambda: output.stop("a"), "close": output.close}[how]()
    writer.join(5)
    assert not writer.is_alive()
    output.close()


def test_stop_is_heard_in_the_file_within_a_block_and_a_fade(
    make: Callable[..., FileOutput], tmp_path: Path
) -> None:
    path = tmp_path / "out.wav"
    output = make(path)
    output.open()
    output.write("a", AudioChunk(np.full(RATE, 0.5, np.float32), RATE), CancelToken())
    wait_until(lambda: output.position > 0.2, 5)
    output.stop("a")
    played = output.wait("a", CancelToken())
    wait_until(lambda: output.position > 0.6, 5)
    output.close()
    heard = read(path)
    assert not played.complete
    assert played.ended_at is not None
    assert played.ended_at < 0.5
    assert not heard[round(played.ended_at * RATE) :].any()
    assert np.abs(np.diff(heard[round((played.started_at or 0) * RATE) :])).max() < 0.01


def test_pause_and_volume_reach_the_file(make: Callable[..., FileOutput], tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    output = make(path, paced=False)
    output.open()
    output.set_volume(0.5)
    output.pause()
    say(output, "a", np.full(1000, 0.5, np.float32))
    output.resume()
    assert output.wait("a", CancelToken()).complete
    output.close()
    np.testing.assert_allclose(read(path), np.full(1000, 0.25), atol=1e-4)


def test_what_was_played_before_close_is_in_the_file(
    make: Callable[..., FileOutput], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a disk that is slower than the speaker
    output = make(tmp_path / "out.wav", paced=False)
    output.open()
    save, closing = output._save, threading.Event()

    def save_late(block: np.ndarray) -> bool:
        closing.wait(5)
        return save(block)

    monkeypatch.setattr(output, "_save", save_late)
    # WHEN it is closed as soon as the end was told
    say(output, "a", chirp(0.05, RATE))
    assert output.wait("a", CancelToken()).complete
    closer = threading.Thread(target=output.close, name="closer")
    closer.start()
    wait_until(output._closing.is_set, 5)
    closing.set()
    closer.join()
    # THEN nothing is missing
    assert len(read(tmp_path / "out.wav")) == 0.05 * RATE


def test_a_replay_of_what_was_cancelled_is_heard_and_holds_nothing_of_the_first(
    make: Callable[..., FileOutput], tmp_path: Path
) -> None:
    # GIVEN a resampled utterance that was cancelled before its end, and given up
    path, cancel = tmp_path / "out.wav", CancelToken()
    output = make(path, paced=False)
    output.open()
    output.pause()
    output.write("a", AudioChunk(np.full(2000, 0.9, np.float32), 22_050), cancel)
    cancel.cancel()
    output.write("a", AudioChunk(np.full(2000, 0.9, np.float32), 22_050), cancel)
    output.resume()
    # WHEN it is said again
    say(output, "a", np.full(11_025, 0.1, np.float32), 22_050)
    played = output.wait("a", CancelToken())
    output.close()
    # THEN it is whole, and alone
    heard = read(path)
    assert played.complete
    assert played.started_at is not None
    assert abs(len(heard) - played.started_at * RATE - RATE / 2) <= 1
    assert np.abs(heard).max() < 0.2
