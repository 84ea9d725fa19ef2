"""Every step takes every string, and takes time in proportion to its length."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from ishowtts_desktop.core.reading_config import ReadingConfig
from ishowtts_desktop.reading.text.cap import cap
from ishowtts_desktop.reading.text.clean import clean
from ishowtts_desktop.reading.text.duration import cut_to_seconds, seconds_of
from ishowtts_desktop.reading.text.emoji import silence
from ishowtts_desktop.reading.text.emotes import take_out
from ishowtts_desktop.reading.text.language import detect_language
from ishowtts_desktop.reading.text.links import replace
from ishowtts_desktop.reading.text.mentions import mentions, strip_prefix
from ishowtts_desktop.reading.text.prepare import Preparation
from ishowtts_desktop.reading.text.repeats import collapse
from ishowtts_desktop.reading.text.template import fill
from tests.support.lines import HOSTILE, LINES, huge
from tests.support.messages import chat

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS: dict[str, Callable[[str], object]] = {
    "cap": lambda text: cap(text, 200),
    "emotes": lambda text: take_out(text, (), "count"),
    "clean": clean,
    "links": lambda text: replace(text, "link"),
    "reply": lambda text: strip_prefix(text, is_reply=True),
    "mention at the start": lambda text: strip_prefix(text, is_reply=False),
    "mentions": lambda text: mentions(text, "a"),
    "emoji": silence,
    "repeats": collapse,
    "language": detect_language,
    "seconds": seconds_of,
    "cut": lambda text: cut_to_seconds(text, 5.0),
    "template": lambda text: fill("{name} {text}", text, text, "en"),
    "prepare": lambda text: Preparation(ReadingConfig()).prepare(chat(text, name=text)),
    "own line": Preparation(ReadingConfig()).prepare_own,
}


@pytest.mark.parametrize("step", STEPS)
@given(text=LINES)
def test_any_text_is_taken(step: str, text: str) -> None:
    STEPS[step](text)


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hundred_thousand_characters_are_taken_in_little_time(unit: str) -> None:
    # GIVEN a hostile line, WHEN each step takes it, THEN none takes seconds, as one would that is
    # quadratic: the slowest honest one needs a few tenths.
    line = huge(HOSTILE[unit])
    for name, step in STEPS.items():
        began = time.process_time()
        step(line)
        assert time.process_time() - began < 3.0, name


def test_an_ordinary_line_takes_less_than_a_millisecond() -> None:
    preparation = Preparation(ReadingConfig())
    message = chat("@eve hello there, see https://example.com 中文也可以 lol lol lol!!!! 😀")
    times = []
    for _ in range(101):
        began = time.perf_counter()
        preparation.prepare(message)
        times.append(time.perf_counter() - began)
    assert sorted(times)[50] < 0.001
