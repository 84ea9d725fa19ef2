"""The embedded engine, with the real espeak-ng."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.espeak import EspeakEngine, words_per_minute
from ishowtts_desktop.speech.espeak_voices import languages
from ishowtts_desktop.voices.embedded import embedded_voices
from tests.support.speaking import espeak, say
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator


SENTENCE = "Hello world, this is a test of speech."
LONG = "This sentence is one of very many that are here. " * 205  # 10,045 characters


@pytest.fixture
def engine() -> Iterator[EspeakEngine]:
    with espeak() as loaded:
        yield loaded


def test_a_sentence_becomes_chunks_of_audible_speech(engine: EspeakEngine) -> None:
    chunks = list(engine.synthesize(SpeechRequest(SENTENCE), CancelToken()))

    samples = np.concatenate([chunk.samples for chunk in chunks])
    assert engine.id == "espeak"
    assert len(chunks) > 20
    assert {chunk.rate for chunk in chunks} == {22050}
    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert 1.5 < len(samples) / 22050 < 3.5
    assert 0.1 < np.abs(samples).max() <= 1.0
    assert samples[0] != 0, "no digital silence before the first sound"


def test_the_same_request_gives_the_same_samples_whatever_was_said_before(
    engine: EspeakEngine,
) -> None:
    voices = ("", "espeak-en+f3", "espeak-zh")
    first = [say(engine, "Hello 你好 again.", "zh", voice) for voice in voices]

    say(engine, "Something else entirely, Привет.", "ru", "espeak-en+m3", 1.7)

    for voice, before in zip(voices, first, strict=True):
        np.testing.assert_array_equal(say(engine, "Hello 你好 again.", "zh", voice), before)


def test_a_second_engine_works_beside_the_first(engine: EspeakEngine) -> None:
    alone = say(engine, SENTENCE)

    with espeak() as second:
        heard: list[np.ndarray] = []
        helper = threading.Thread(
            target=lambda: heard.extend(say(second, SENTENCE) for _ in range(10)), name="second"
        )
        helper.start()
        mine = [say(engine, SENTENCE) for _ in range(10)]
        helper.join()

    # THEN closing the second took nothing from the first
    for samples in [*mine, *heard, say(engine, SENTENCE)]:
        np.testing.assert_array_equal(samples, alone)


@pytest.mark.parametrize("text", ["", " ", "\n\t", "...", "\0", "\x01\x02", "\ud800", "\u200b"])
def test_text_without_anything_to_say_yields_nothing(engine: EspeakEngine, text: str) -> None:
    assert len(say(engine, text)) == 0


def test_nothing_after_a_nul_or_a_lone_surrogate_is_lost(engine: EspeakEngine) -> None:
    whole = say(engine, "one two three")

    for hole in ("\0", "\ud83d", "\x01"):
        np.testing.assert_array_equal(say(engine, f"one{hole}two three"), whole)


@pytest.mark.parametrize(
    ("written", "meaning"),
    [("[[h@loU]]", "hello"), ("<break time='9s'/>x", "x"), ("&lt;", "<"), ("\x0150P hi", "hi")],
)
def test_markup_is_text_and_not_a_command(engine: EspeakEngine, written: str, meaning: str) -> None:
    spoken, interpreted = say(engine, written), say(engine, meaning)

    assert len(spoken) != len(interpreted)
    assert len(spoken) < 8 * 22050, "a break that was obeyed takes nine seconds"


def test_braille_that_overflows_a_buffer_of_espeak_is_passed_over(engine: EspeakEngine) -> None:
    # GIVEN what aborted the whole process: an Arabic voice told to name seven dots and more
    picture = "".join(chr(code) for code in range(0x2800, 0x2900))

    assert len(say(engine, picture, "ar")) == 0
    np.testing.assert_array_equal(
        say(engine, f"مرحبا{picture}", "ar"), say(engine, "مرحبا" + " " * 256, "ar")
    )


def test_signs_that_end_the_process_in_some_voices_are_defused(engine: EspeakEngine) -> None:
    assert len(say(engine, "`", "vi")) == 0
    for language in ("mr", "ne", "bn"):
        np.testing.assert_array_equal(say(engine, "ⓜ", language), say(engine, "m", language))


def test_an_embedded_command_does_not_change_the_voice(engine: EspeakEngine) -> None:
    np.testing.assert_array_equal(
        say(engine, "hello \x0199P there"), say(engine, "hello  99P there")
    )


def test_latin_in_chinese_is_said_in_english_and_chinese_in_english_text_in_mandarin(
    engine: EspeakEngine,
) -> None:
    # GIVEN how each half sounds alone, the second with its leading silence left out
    hello, chinese = say(engine, "hello world", "en"), say(engine, "你好", "zh")

    for language in ("zh", "en", "ja"):
        both = say(engine, "你好hello world", language)
        swapped = say(engine, "hello world你好", language)
        np.testing.assert_array_equal(both[: len(chinese) // 2], chinese[: len(chinese) // 2])
        np.testing.assert_array_equal(swapped[: len(hello) // 2], hello[: len(hello) // 2])
        assert len(both) >= len(hello) + len(chinese)


def test_every_script_is_read_and_not_spelled_by_an_english_voice(engine: EspeakEngine) -> None:
    for text, language in [("привет", "ru"), ("안녕하세요", "ko"), ("こんにちは", "ja")]:
        np.testing.assert_array_equal(say(engine, text, "en"), say(engine, text, language))


def test_an_unknown_language_or_voice_speaks_english(engine: EspeakEngine) -> None:
    expected = say(engine, SENTENCE, "en")

    np.testing.assert_array_equal(say(engine, SENTENCE, "tlh"), expected)
    np.testing.assert_array_equal(say(engine, SENTENCE, "en", "somebody else's"), expected)


def test_every_language_and_every_listed_voice_speaks(engine: EspeakEngine) -> None:
    for language in languages():
        assert len(say(engine, "hello 123", language)) > 2000, language

    said = {voice.id: say(engine, "hello 你好", "zh", voice.id) for voice in embedded_voices()}
    assert min(len(samples) for samples in said.values()) > 2000
    timbres = [said[f"espeak-zh{variant}"] for variant in ("", "+f2", "+f3", "+m3", "+m7")]
    assert len({samples.tobytes() for samples in timbres}) == 5


def test_speed_makes_it_shorter_and_nonsense_is_kept_within_bounds(engine: EspeakEngine) -> None:
    slow, natural, fast = (len(say(engine, SENTENCE, speed=speed)) for speed in (0.5, 1.0, 2.0))

    assert slow > 1.5 * natural
    assert natural > 1.5 * fast
    assert words_per_minute(float("nan")) == words_per_minute(float("inf")) == 175
    assert words_per_minute(-3.0) == 80
    assert words_per_minute(1e300) == 450


def test_ten_thousand_characters_stream_with_bounded_memory(engine: EspeakEngine) -> None:
    # WHEN nobody takes more than the first chunk
    stream = engine.synthesize(SpeechRequest(LONG), CancelToken())
    began = time.monotonic()
    next(stream)
    first = time.monotonic() - began
    pipe = engine._current
    assert pipe is not None
    wait_until(lambda: len(pipe._chunks) == 512, what="the pipe is full")

    # THEN espeak waits, and the rest comes when asked for
    seconds = sum(chunk.seconds for chunk in stream)
    assert seconds > 400
    assert first < 1.0


@settings(max_examples=60)
@given(
    st.text(max_size=60).map(lambda text: text + "\ud800") | st.text(max_size=400),
    st.sampled_from(languages()),
)
def test_any_text_is_said_or_passed_over(text: str, language: str) -> None:
    with espeak() as engine:
        samples = say(engine, text, language)

    assert np.isfinite(samples).all()
    assert (np.abs(samples) <= 1.0).all()


def test_a_thousand_utterances_leave_memory_where_it_was() -> None:
    # GIVEN a process of its own, so that the tests before don't count
    script = """
import psutil
from tests.support.speaking import espeak, say
with espeak() as engine:
    def speak(times):
        for _ in range(times):
            say(engine, "我用 iPhone 玩 hello.", "zh")
        return psutil.Process().memory_info().rss
    warm = speak(100)
    print((speak(300) - warm) / 300)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=120
    )

    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 10_000, "bytes that stay behind an utterance"
