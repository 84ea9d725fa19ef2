"""Findings on real speech, clean and spoiled: just what is wrong is found."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.sound.activity import find_speech
from ishowtts_desktop.voices.findings import check
from ishowtts_desktop.voices.recordings import read_recording
from ishowtts_desktop.voices.voice import Span
from tests.support.degraded import (
    RATE,
    TEXTS,
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

EN = TEXTS["en"]
SHORT_CHINESE = "大家好，欢迎来到我的直播间。"


def codes(
    recording: AudioChunk, text: str = EN, language: str = "en", span: Span | None = None
) -> list[str]:
    """The codes of all findings; each has a whole sentence and an advice."""
    findings = check(recording, text, language, span)
    assert all(f.message.endswith(".") and f.advice for f in findings)
    return [finding.code for finding in findings]


@pytest.mark.parametrize("speed", [130, 200])
@pytest.mark.parametrize("timbre", ["", "+f2", "+m3"])
@pytest.mark.parametrize("language", ["en", "ja", "de", "es", "ko"])
def test_clean_speech_has_no_finding(language: str, timbre: str, speed: int) -> None:
    assert codes(spoken(language + timbre, speed), TEXTS[language], language) == []


@pytest.mark.parametrize("speed", [160, 200])
@pytest.mark.parametrize("timbre", ["", "+f2", "+m3"])
def test_clean_mandarin_has_no_finding(timbre: str, speed: int) -> None:
    recording = spoken(f"cmn{timbre}", speed, SHORT_CHINESE)
    assert codes(recording, SHORT_CHINESE, "zh-CN") == []


@pytest.mark.parametrize("name", ["basic_ref_en.wav", "basic_ref_zh.wav"])
def test_people_in_a_studio_have_no_finding(name: str) -> None:
    import f5_tts

    texts = {"basic_ref_en.wav": "Some call me nature, others call me mother nature."}
    folder = Path(next(iter(f5_tts.__path__))) / "infer/examples/basic"
    recording = read_recording(folder / name)
    found = codes(recording, texts.get(name, ""), "")
    assert found == ([] if name in texts else ["text_missing"])


@pytest.mark.parametrize("voice", ["en", "de+m3", "ja+f2", "ko+f2"])
def test_a_phrase_cut_tightly_has_no_finding_of_noise(voice: str) -> None:
    recording = spoken(voice)
    for first, last in find_speech(recording.samples, RATE).runs():
        if last - first >= 200:
            part = slice(round((first + 2) * RATE / 100), round((last - 4) * RATE / 100))
            assert codes(AudioChunk(recording.samples[part], RATE), "") == ["text_missing"]


def test_other_rates_and_levels_are_fine() -> None:
    for rate in (16_000, 24_000, 44_100, 96_000):
        assert codes(sox(spoken("en"), rate=rate)) == []
    assert codes(sox(spoken("en"), "gain", "-n")) == []
    assert codes(sox(spoken("en"), "gain", "-12")) == []


@pytest.mark.parametrize(
    ("kind", "subtype", "channels"),
    [
        ("WAV", "PCM_16", 2),
        ("WAV", "PCM_U8", 1),
        ("WAV", "FLOAT", 8),
        ("FLAC", "PCM_24", 2),
        ("MP3", "MPEG_LAYER_III", 2),
        ("OGG", "VORBIS", 1),
    ],
)
def test_clean_speech_from_any_file_has_no_finding(
    tmp_path: Path, kind: str, subtype: str, channels: int
) -> None:
    samples = np.repeat(spoken("en").samples[:, None], channels, axis=1)
    with (tmp_path / "a").open("wb") as file:
        soundfile.write(file, samples, RATE, format=kind, subtype=subtype)
    assert codes(read_recording(tmp_path / "a")) == []


@pytest.mark.parametrize("kind", ["white", "pink", "brown"])
@pytest.mark.parametrize(("decibels", "found"), [(30, []), (22, []), (10, ["noisy"]), (0, None)])
def test_noise_is_found_where_it_is_loud(kind: str, decibels: int, found: list[str] | None) -> None:
    got = codes(mixed(spoken("en"), noise(8.0, kind), decibels))
    assert got == (["noisy"] if found is None else found)


@pytest.mark.parametrize("music", [chord, strings])
@pytest.mark.parametrize("decibels", [10, 15, 20, 25])
def test_music_under_speech_is_found(music: Callable[[float], AudioChunk], decibels: int) -> None:
    assert codes(mixed(spoken("en"), music(8.0), decibels)) == ["music"]
    assert codes(mixed(spoken("de+f2"), music(8.0), decibels), TEXTS["de"], "de") == ["music"]


@pytest.mark.parametrize("decibels", [5, 10])
def test_a_tune_without_a_pause_under_speech_is_found(decibels: int) -> None:
    assert codes(mixed(spoken("en"), melody(8.0), decibels)) == ["music"]


@pytest.mark.parametrize("music", [chord, strings, melody])
def test_music_alone_is_found(music: Callable[[float], AudioChunk]) -> None:
    assert codes(music(6.0)) == ["music"]


@pytest.mark.parametrize("kind", ["white", "pink", "brown"])
def test_noise_alone_is_noise(kind: str) -> None:
    (finding,) = check(noise(5.0, kind), EN)
    assert finding.code == "noisy"
    assert "No speech" in finding.message


@pytest.mark.parametrize("gain", [3, 6, 12])
def test_clipping_is_found(gain: int) -> None:
    loudest = sox(spoken("en"), "gain", "-n")
    assert codes(sox(loudest, "gain", str(gain))) == ["clipped"]


def test_silence_is_silent_and_nothing_else() -> None:
    assert codes(silence(5.0)) == ["silent"]
    assert codes(silence(30.0)) == ["silent"]
    assert codes(sox(silence(5.0), "dither", rate=24_000)) == ["silent"]
    assert codes(silence(5.0), "") == ["silent", "text_missing"]
    assert codes(silence(0.0)) == ["silent"]


def test_quiet_speech_is_found() -> None:
    assert codes(sox(spoken("en"), "gain", "-22")) == ["quiet"]


@pytest.mark.parametrize("then", [8_000, RATE, 48_000])
def test_a_telephone_is_found(then: int) -> None:
    assert codes(sox(sox(spoken("en"), rate=8_000), rate=then)) == ["low_bandwidth"]


def test_long_pauses_are_found() -> None:
    first, second = spoken("en", 160, "Hello everybody."), spoken("en", 160, "Nice to see you.")
    text = "Hello everybody. Nice to see you."
    assert codes(joined(first, silence(0.2), second), text) == []
    for paused in (
        joined(first, silence(1.5), second),
        joined(silence(1.5), first, second),
        joined(first, second, silence(1.5)),
    ):
        (finding,) = check(paused, text)
        assert finding.code == "long_pause"
        assert "pause of 1." in finding.message


def test_lengths_are_found() -> None:
    short = spoken("en", 160, "Hello everybody.")
    assert codes(short, "Hello everybody.") == ["too_short"]
    long = joined(spoken("en"), spoken("de"))
    (finding,) = check(long, EN + TEXTS["de"])
    assert finding.code == "too_long"
    assert f"{long.seconds:.1f} s" in finding.message


def test_the_span_alone_is_looked_at() -> None:
    # GIVEN speech with clipping, noise and silence after it
    clean = spoken("en")
    spoiled = joined(
        clean, sox(clean, "gain", "25"), AudioChunk(0.3 * noise(4.0).samples, RATE), silence(3.0)
    )
    assert set(codes(spoiled)) >= {"too_long", "clipped"}
    # THEN the clean part has no finding
    assert codes(spoiled, span=Span(start=0.0, end=clean.seconds - 0.1)) == []


def test_a_cut_word_is_found_and_a_silence_is_not() -> None:
    recording = spoken("en", 130)
    runs = find_speech(recording.samples, RATE).runs()
    begin, end = runs[0][0] / 100, runs[-1][1] / 100 + 0.1
    middle = (runs[-1][0] + 80) / 100
    whole = Span(start=begin, end=min(end, recording.seconds))
    assert "cut_word" not in codes(recording, span=whole)
    pause = (runs[1][1] + runs[2][0]) / 200
    assert (
        codes(recording, "Hello everybody, welcome to my stream.", span=Span(start=0.0, end=pause))
        == []
    )
    # an edge at the very end of a word, or at an end of the recording, cuts none
    assert "cut_word" not in codes(recording, span=Span(start=0.0, end=runs[1][1] / 100 - 0.02))
    tight = AudioChunk(recording.samples[: round(middle * RATE)], RATE)
    assert "cut_word" not in codes(tight, span=Span(start=0.0, end=tight.seconds))
    (finding,) = [
        f for f in check(recording, "", span=Span(start=0.0, end=middle)) if f.code == "cut_word"
    ]
    assert "last word" in finding.message
    (finding,) = [
        f for f in check(recording, "", span=Span(start=middle, end=end)) if f.code == "cut_word"
    ]
    assert "first word" in finding.message


@pytest.mark.parametrize("voice", ["en", "de", "ja", "es", "ko"])
def test_a_text_that_isnt_what_is_said_is_found(voice: str) -> None:
    recording, text = spoken(voice), TEXTS[voice]
    assert codes(recording, 3 * text, voice) == ["text_too_long"]
    assert codes(recording, text[: len(text) // 4], voice) == ["text_too_short"]


@pytest.mark.parametrize("text", ["", "   ", "...", "\n\t", "😀", "——"])
def test_no_words_are_no_text(text: str) -> None:
    assert codes(spoken("en"), text) == ["text_missing"]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Minasan konnichiwa. Kyou wa atarashii geemu wo issho ni asobimashou.", "ja", True),
        ("みなさん、こんにちは。きょうはあたらしいゲームをいっしょにあそびましょう。", "ja", False),
        (
            "みなさん、こんにちは。きょうはあたらしいゲームをいっしょにあそびましょう。",
            "en-US",
            True,
        ),
        ("Minasan konnichiwa. Kyou wa atarashii geemu wo issho ni asobimashou.", "tlh", False),
        ("Minasan konnichiwa. Kyou wa atarashii geemu wo issho ni asobimashou.", "", False),
        ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17", "ja", False),
    ],
)
def test_the_text_is_in_the_letters_of_its_language(text: str, language: str, found: bool) -> None:
    assert ("text_language" in codes(spoken("ja"), text, language)) is found


def test_a_span_outside_is_refused() -> None:
    with pytest.raises(VoiceError):
        check(spoken("en"), EN, "en", Span(start=50.0, end=55.0))


def test_findings_cant_be_changed() -> None:
    (finding,) = check(silence(3.0), EN)
    with pytest.raises(dataclasses.FrozenInstanceError):
        finding.code = "loud"  # type: ignore[misc]


@given(
    text=st.text(max_size=60),
    language=st.text(max_size=8),
    count=st.integers(0, 40_000),
    rate=st.sampled_from([4_000, 16_000, 44_100]),
    gain=st.sampled_from([0.0, 1e-3, 0.3, 1e3]),
)
def test_any_recording_and_text_are_judged(
    text: str, language: str, count: int, rate: int, gain: float
) -> None:
    random = np.random.default_rng(count)
    samples = (gain * random.standard_normal(count)).astype(np.float32)
    found = codes(AudioChunk(samples, rate), text, language)
    assert len(found) == len(set(found))
    assert found
