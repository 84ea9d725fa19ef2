"""What a voice may be called and hold: nothing that moves a terminal or lies about its loudness."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ishowtts_desktop.voices.voice import Span, Voice


def voice(**values: Any) -> Voice:
    return Voice(**{"id": "v", "name": "V", **values})


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" Mina \n", "Mina"),
        ("a\x1b[31mb", "a[31mb"),
        ("a\u202eb", "ab"),
        ("a\r\n\tb", "a b"),
        ("小明 🎮", "小明 🎮"),
        ("a\ud800b", "ab"),
    ],
)
def test_a_name_is_one_visible_line(written: str, kept: str) -> None:
    assert voice(name=written).name == kept


@given(name=st.text(max_size=60))
def test_any_name_is_printable_or_refused(name: str) -> None:
    try:
        made = voice(name=name)
    except ValidationError:
        return
    assert made.name == made.name.strip() != ""
    made.name.encode("utf-8")
    assert voice(name=made.name) == made


def test_half_a_surrogate_pair_is_mended() -> None:
    assert voice(text="a\ud83d b\x00").text == "a? b"


@given(text=st.text(max_size=60))
def test_any_text_can_be_written(text: str) -> None:
    assert "\x00" not in voice(text=text).text.encode("utf-8").decode("utf-8")


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"name": " \n "},
        {"name": "x" * 81},
        {"name": 3},
        {"language": "x" * 36},
        {"loudness": -500.0},
        {"loudness": float("nan")},
        {"loudness": float("-inf")},
        {"speed": 9},
        {"engine": "steam"},
        {"text": "x" * 2001},
    ],
)
def test_what_no_voice_can_be_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        voice(**values)


@pytest.mark.parametrize("edges", [(2.0, 2.0), (3.0, 1.0), (-1.0, 1.0), (0.0, float("inf"))])
def test_a_span_goes_forwards(edges: tuple[float, float]) -> None:
    with pytest.raises(ValidationError):
        Span(start=edges[0], end=edges[1])


def test_a_span_knows_its_length() -> None:
    assert Span(start=1.5, end=4.0).seconds == 2.5
