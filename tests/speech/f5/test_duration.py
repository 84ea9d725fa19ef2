"""Durations: the stock package's formula to the frame, and ours without its cliff."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.core.speaking_rate import SpeakingRate, usual_seconds
from ishowtts_desktop.speech.f5.duration import (
    FRAMES_A_SECOND,
    GUARD,
    SHORTEST,
    Timing,
    natural_frames,
    prompt,
    stock_frames,
)
from ishowtts_desktop.speech.f5.reference import Heard, Reference
from tests.support.stock_text import StockText

ENGLISH = "Some call me nature, others call me mother nature. "
CHINESE = "对，这就是我，万人敬仰的太乙真人。"
REFERENCES = (ENGLISH, CHINESE, "Kurz.", "x", "うん。", "🙂")
TEXTS = ("gg", "666", "草", "nice play", "nice plays!", "你好你", "你好你好", "", "Ünï", "a" * 500)
FRAMES = 500


def speech(text: str, reference: str = ENGLISH, speed: float = 1.0) -> float:
    """Seconds that a text gets behind ``FRAMES`` frames of ``reference``."""
    rate = SpeakingRate.measured(reference, FRAMES / FRAMES_A_SECOND)
    return (natural_frames(FRAMES, rate, text, speed) - FRAMES) / FRAMES_A_SECOND


@pytest.fixture(scope="module")
def stock() -> StockText:
    return StockText.load()


@pytest.mark.parametrize("reference", REFERENCES)
@pytest.mark.parametrize("text", TEXTS)
def test_the_stock_mode_is_the_stock_package_s_to_the_frame(
    reference: str, text: str, stock: StockText
) -> None:
    for frames, speed in ((94, 1.0), (497, 1.0), (1125, 0.7), (333, 1.3)):
        asked, expected = stock.frames(frames, reference, text, speed)
        assert stock_frames(frames, reference, text, speed) == expected
        assert prompt(reference) + text == asked


@settings(max_examples=150, deadline=None)
@given(
    frames=st.integers(1, 1200),
    reference=st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40),
    text=st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
    speed=st.floats(0.3, 3),
)
def test_any_text_gets_the_stock_package_s_frames(
    frames: int, reference: str, text: str, speed: float, stock: StockText
) -> None:
    expected = stock.frames(frames, reference, text, speed)[1]
    assert stock_frames(frames, reference, text, speed) == expected


def test_our_own_mode_has_no_cliff_at_ten_bytes() -> None:
    # GIVEN the two texts between which the stock package falls from 1.9 to 0.7 seconds
    stock_pair = [stock_frames(FRAMES, ENGLISH, text) for text in ("nice play", "nice plays!")]
    assert stock_pair[0] - FRAMES > 2.5 * (stock_pair[1] - FRAMES)
    # THEN ours differ by the sound of two signs
    assert 0 < speech("nice plays!") - speech("nice play") < 0.6


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60), more=st.text(max_size=20), speed=st.floats(0.3, 3))
def test_text_that_goes_on_never_gets_less_time(text: str, more: str, speed: float) -> None:
    assert speech(text, speed=speed) <= speech(text + more, speed=speed)


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=60), reference=st.text(min_size=1, max_size=40))
def test_speech_gets_at_least_the_floor_and_the_guard(text: str, reference: str) -> None:
    seconds = speech(text, reference)
    assert seconds >= SHORTEST + GUARD
    assert seconds == math.ceil(seconds * FRAMES_A_SECOND - 1e-6) / FRAMES_A_SECOND


def test_emoji_buy_no_noise() -> None:
    assert speech("😀😀😀👨‍👩‍👧‍👦🇩🇪") == pytest.approx(SHORTEST + GUARD, abs=0.02)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("gg", 0.4, 0.8),
        ("666", 0.7, 1.3),
        ("草", 0.4, 0.8),
        ("lol that was a really nice play by you", 1.8, 3.6),
        ("这波操作太厉害了，兄弟们刷起来", 2.5, 4.5),
        ("ありがとうございます", 1.0, 2.0),
        ("안녕하세요 여러분", 1.2, 2.2),
        ("Спасибо за стрим, очень круто", 1.8, 3.2),
    ],
)
def test_each_script_gets_about_what_people_take(text: str, least: float, most: float) -> None:
    # GIVEN a voice of the usual rate
    seconds = (natural_frames(FRAMES, SpeakingRate(), text) - FRAMES) / FRAMES_A_SECOND
    assert least <= seconds <= most


def test_a_slow_voice_takes_longer_and_a_fast_one_less() -> None:
    text = "the quick brown fox jumps over the lazy dog"
    usual = usual_seconds(ENGLISH)
    slow, fast = (
        natural_frames(FRAMES, SpeakingRate.measured(ENGLISH, usual * factor), text) - FRAMES
        for factor in (1.3, 0.8)
    )
    assert slow / fast == pytest.approx(1.3 / 0.8, rel=0.08)
    assert speech(text, speed=2.0) < speech(text) < speech(text, speed=0.5)


def test_a_text_that_does_not_fit_its_reference_changes_the_rate_within_bounds() -> None:
    text = "the quick brown fox jumps over the lazy dog"
    # GIVEN one word for ten seconds of sound, and a long text for a tenth of a second
    slowest, fastest = (
        natural_frames(FRAMES, SpeakingRate.measured(words, seconds), text) - FRAMES
        for words, seconds in (("Hm. ", 10.0), (ENGLISH * 4, 0.1))
    )
    # THEN the speech lasts neither half a minute nor nothing
    usual = usual_seconds(text)
    assert slowest / FRAMES_A_SECOND < 2.1 * usual + GUARD
    assert fastest / FRAMES_A_SECOND > 0.5 * usual


def test_a_reference_without_text_is_refused() -> None:
    with pytest.raises(EngineError, match="no text"):
        stock_frames(FRAMES, "", "hello")


@pytest.mark.parametrize("speed", [0.0, -1.0, math.nan, math.inf])
def test_a_senseless_speed_is_refused(speed: float) -> None:
    with pytest.raises(EngineError, match="speed"):
        stock_frames(FRAMES, ENGLISH, "hello", speed)
    with pytest.raises(EngineError, match="speed"):
        natural_frames(FRAMES, SpeakingRate(), "hello", speed)


def test_either_mode_may_be_chosen_and_only_ours_cuts_silence_off() -> None:
    heard = Heard(torch.zeros(FRAMES + 1, 100), FRAMES, 1.0, 1.0, 4.0)
    reference = Reference(heard, ENGLISH, SpeakingRate(latin=1.5))
    ours, stock = Timing(reference, "en", 1.2), Timing(reference, "en", 1.2, "stock")
    assert ours.frames("gg") == natural_frames(FRAMES, SpeakingRate(latin=1.5), "gg", 1.2, "en")
    assert stock.frames("gg") == stock_frames(FRAMES, ENGLISH, "gg", 1.2)
    assert (ours.trims, stock.trims) == (True, False)
    # Where long text is cut is decided by ours: the cliff would lead it astray.
    assert ours.seconds("nice play") == stock.seconds("nice play")
    assert ours.seconds("100,000") > Timing(reference, "zh", 1.2).seconds("100,000")
