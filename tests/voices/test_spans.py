"""The best part of a recording is the known one, and no edge cuts a word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.sound.activity import find_speech
from ishowtts_desktop.voices.findings import check
from ishowtts_desktop.voices.recordings import read_recording
from ishowtts_desktop.voices.spans import best_span, snapped
from ishowtts_desktop.voices.voice import Span
from tests.support.degraded import (
    RATE,
    chord,
    joined,
    melody,
    mixed,
    noise,
    silence,
    sox,
    spoken,
    strings,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def best(recording: AudioChunk) -> Span:
    span = best_span(recording)
    assert span is not None
    assert 0 <= span.start < span.end <= recording.seconds
    return span


def findings(recording: AudioChunk, span: Span) -> list[str]:
    return [f.code for f in check(recording, "", span=span) if f.code != "text_missing"]


def softened(recording: AudioChunk) -> AudioChunk:
    """As loud as `mixed` makes it."""
    return AudioChunk(0.5 * recording.samples, recording.rate)


def speaks(recording: AudioChunk, seconds: float) -> bool:
    """Whether speech is heard at that second, looked at apart from everything else."""
    return bool(find_speech(recording.samples, recording.rate).loud[round(seconds * 100) - 1])


@pytest.mark.parametrize("voice", ["en", "en+f2", "cmn", "ja+m3", "de", "es+f2", "ko"])
@pytest.mark.parametrize("speed", [130, 200])
def test_of_a_sentence_or_two_it_takes_whole_phrases(voice: str, speed: int) -> None:
    recording = spoken(voice, speed)
    span = best(recording)
    assert 3.0 <= span.seconds <= 8.0
    assert findings(recording, span) == []
    # some silence is kept at either end, and not much
    runs = find_speech(recording.samples, RATE).runs()
    begins, ends = [b / 100 for b, _ in runs], [e / 100 for _, e in runs]
    assert any(-0.01 <= begin - span.start <= 0.13 for begin in begins)
    assert any(-0.01 <= span.end - end <= 0.13 for end in ends)


def test_where_there_is_room_the_margin_is_an_eighth_of_a_second() -> None:
    recording = joined(
        silence(1.0),
        spoken(
            "en", 160, "Tonight we play a new game, and I hope you will like it as much as I do."
        ),
        silence(1.0),
    )
    span = best(recording)
    heard = np.flatnonzero(np.abs(recording.samples) > 0.01) / RATE
    assert heard[0] - span.start == pytest.approx(0.12, abs=0.04)
    assert span.end - heard[-1] == pytest.approx(0.15, abs=0.04)


def spoiled_parts() -> dict[str, Callable[[AudioChunk], AudioChunk]]:
    """Ways to spoil a part, which leave it about as long."""
    return {
        "clipped": lambda part: softened(sox(part, "gain", "-n", "10")),
        "noisy": lambda part: mixed(part, noise(9.0, "pink"), 8),
        "with music": lambda part: mixed(part, strings(9.0), 12),
        "silent": lambda part: silence(part.seconds),
        "music": lambda part: softened(strings(part.seconds)),
        "a tune": lambda part: softened(melody(part.seconds)),
        "noise": lambda part: AudioChunk(0.3 * noise(part.seconds).samples, RATE),
    }


@pytest.mark.parametrize("kind", list(spoiled_parts()))
@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_part_that_isnt_spoiled_is_taken(kind: str, place: int) -> None:
    # GIVEN three parts, of which two are spoiled
    spoil, part = spoiled_parts()[kind], spoken("de")
    parts = [softened(part) if at == place else spoil(part) for at in range(3)]
    recording = joined(*parts)
    # THEN the best span lies in the third
    span = best(recording)
    begin = sum(p.seconds for p in parts[:place])
    assert begin - 0.15 <= span.start
    assert span.end <= begin + part.seconds + 0.15
    assert span.seconds >= 3.0
    assert findings(recording, span) == []


def test_of_a_minute_it_takes_some_seconds() -> None:
    recording = joined(
        *(
            spoken(voice)
            for voice in ("en", "de", "es", "ko", "en+f2", "de+m3", "ja", "es+f2", "en+m3", "ko+f2")
        )
    )
    assert recording.seconds > 60
    span = best(recording)
    assert 3.0 <= span.seconds <= 8.0
    assert findings(recording, span) == []


def test_people_in_a_studio() -> None:
    import f5_tts

    folder = Path(next(iter(f5_tts.__path__))) / "infer/examples"
    for name in ("basic/basic_ref_en.wav", "basic/basic_ref_zh.wav", "multi/town.flac"):
        recording = read_recording(folder / name)
        span = best(recording)
        assert 3.0 <= span.seconds <= 8.0
        assert findings(recording, span) == []


def test_a_short_recording_is_taken_whole() -> None:
    recording = spoken("en", 160)
    short = AudioChunk(recording.samples[: round(2.5 * RATE)], RATE)
    assert best(short) == Span(start=0.0, end=2.5)


def test_where_little_is_said_it_takes_all_of_that() -> None:
    said = spoken("en", 160, "Hello everybody.")
    span = best(joined(silence(5.0), said, silence(5.0)))
    assert 4.7 < span.start < 5.1
    assert 5.9 < span.end < 5.0 + said.seconds + 0.2


def test_speech_without_a_pause_is_cut_at_weak_moments() -> None:
    # GIVEN fifteen seconds of one phrase said again and again
    recording = spoken("de")
    first, last = max(find_speech(recording.samples, RATE).runs(), key=lambda run: run[1] - run[0])
    phrase = recording.samples[(first + 3) * RATE // 100 : (last - 5) * RATE // 100]
    endless = AudioChunk(np.resize(phrase, 15 * RATE), RATE)
    assert len(find_speech(endless.samples, RATE).runs()) == 1
    span = best(endless)
    assert 3.0 <= span.seconds <= 8.0
    level = find_speech(endless.samples, RATE).level_db
    cuts = [at for at in (span.start, span.end) if 0.1 < at < 14.9]
    assert cuts
    for at in cuts:
        assert level[round(at * 100)] < np.median(level)


@pytest.mark.parametrize(
    "recording",
    [silence(0.0), silence(5.0), noise(6.0), noise(2.0, "pink"), chord(6.0), chord(2.0)],
    ids=["nothing", "silence", "noise", "short noise", "chord", "short chord"],
)
def test_without_speech_there_is_none(recording: AudioChunk) -> None:
    assert best_span(recording) is None


@pytest.mark.parametrize("music", [strings, melody])
@pytest.mark.parametrize("seconds", [2.5, 8.0])
def test_of_music_alone_there_is_none(music: Callable[[float], AudioChunk], seconds: float) -> None:
    assert best_span(music(seconds)) is None


def random_signal(seed: int, count: int) -> AudioChunk:
    """Bursts of noise and tones at all levels, from nothing to clipping."""
    random = np.random.default_rng(seed)
    gains = np.repeat(random.choice([0.0, 0.001, 0.1, 3.0], count // 3000 + 1), 3000)[:count]
    signal = random.standard_normal(count) + np.sin(np.arange(count) * random.uniform(0.01, 1))
    return AudioChunk(np.clip(gains * signal, -1, 1).astype(np.float32), 16_000)


@settings(max_examples=50)
@given(seed=st.integers(0, 10_000), count=st.integers(0, 250_000))
def test_it_never_leads_outside(seed: int, count: int) -> None:
    recording = random_signal(seed, count)
    span = best_span(recording)
    if span is not None:
        assert 0 <= span.start < span.end <= recording.seconds
        assert span.seconds <= 8.01


@settings(max_examples=50)
@given(
    seed=st.integers(0, 10_000),
    count=st.integers(1, 80_000),
    start=st.floats(0, 1),
    length=st.floats(0.01, 1),
)
def test_snapping_never_leads_outside(seed: int, count: int, start: float, length: float) -> None:
    recording = random_signal(seed, count)
    begin = start * recording.seconds
    span = snapped(recording, Span(start=begin, end=begin + length * recording.seconds))
    assert 0 <= span.start < span.end <= recording.seconds


@pytest.mark.parametrize("rate", [8_000, 384_000])
def test_a_recording_of_nearly_nothing_is_its_own_span(rate: int) -> None:
    recording = AudioChunk(np.ones(4, np.float32), rate)
    assert snapped(recording, Span(start=0.0, end=9.0)) == Span(start=0.0, end=4 / rate)


@pytest.mark.parametrize("voice", ["en", "de+m3", "ja+f2"])
def test_edges_move_into_the_nearest_silence(voice: str) -> None:
    recording = spoken(voice, 130)
    runs = find_speech(recording.samples, RATE).runs()
    for first, last in runs:
        if last - first < 60:
            continue
        # GIVEN a span that cuts a little of a phrase at both ends
        rough = Span(start=first / 100 + 0.1, end=last / 100 - 0.1)
        span = snapped(recording, rough)
        # THEN the phrase is whole
        assert -0.13 <= span.start - first / 100 <= 0
        assert 0 <= span.end - last / 100 <= 0.13


def test_edges_in_a_silence_stay() -> None:
    recording = joined(silence(1.0), spoken("en"), silence(1.0))
    span = Span(start=0.4, end=recording.seconds - 0.3)
    assert snapped(recording, span) == Span(start=0.4, end=round(recording.seconds - 0.3, 2))


def test_a_span_within_a_word_becomes_the_words_around() -> None:
    recording = spoken("en", 130)
    first, last = find_speech(recording.samples, RATE).runs()[1]
    middle = (first + last) / 200
    span = snapped(recording, Span(start=middle - 0.02, end=middle + 0.02))
    assert (
        find_speech(recording.samples, RATE)
        .speech[round(span.start * 100) : round(span.end * 100)]
        .any()
    )
    assert span.start < middle < span.end


def test_without_any_silence_near_the_weakest_moment_is_taken() -> None:
    recording = spoken("de")
    first, last = max(find_speech(recording.samples, RATE).runs(), key=lambda run: run[1] - run[0])
    phrase = recording.samples[(first + 3) * RATE // 100 : (last - 5) * RATE // 100]
    endless = AudioChunk(np.resize(phrase, 12 * RATE), RATE)
    span = snapped(endless, Span(start=4.0, end=8.0))
    level = find_speech(endless.samples, RATE).level_db
    assert span.start == pytest.approx(4.0, abs=0.31)
    assert span.end == pytest.approx(8.0, abs=0.31)
    assert level[round(span.start * 100)] < np.median(level)
    assert level[round(span.end * 100)] < np.median(level)
