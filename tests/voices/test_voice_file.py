"""``voice.toml``: what the user wrote in it stays, and no bytes of it end the program."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.voice import LONGEST_NAME, Span, Voice
from ishowtts_desktop.voices.voice_file import (
    LARGEST_VOICE_FILE,
    checked_voice,
    parsed,
    written,
)

BY_HAND = """\
# recorded on a rainy day
name = "Rain"  # the name
mood = "calm"
text = 'hello there'
span = {start = 1.0, end = 4.5}

[studio]
microphone = "old"
"""

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
SPANS = st.builds(
    lambda start, seconds: Span(start=start, end=start + seconds),
    st.floats(0, 1e3),
    st.floats(0.01, 1e3),
)
VOICES = st.builds(
    Voice,
    id=st.just("some"),
    name=TEXTS.map("n{}".format),
    language=st.text(max_size=35),
    engine=st.sampled_from(["f5", "f5-reference"]),
    text=TEXTS,
    span=st.none() | SPANS,
    speed=st.floats(0.5, 2.0),
    loudness=st.none() | st.floats(-70, 10),
    preload=st.booleans(),
    consent=st.booleans(),
    licence=TEXTS,
    source=TEXTS,
)


@given(VOICES)
def test_what_is_written_is_read_again(voice: Voice) -> None:
    assert parsed(written(voice), "some") == voice


@given(VOICES, VOICES, st.sampled_from(["", BY_HAND, BY_HAND.replace("\n", "\r\n")]))
def test_a_change_is_read_again_whatever_was_there(first: Voice, last: Voice, hand: str) -> None:
    data = written(first, hand.encode())
    data = written(last, data)
    assert parsed(data, "some") == last


def test_only_what_changed_is_written_and_comments_and_unknown_keys_stay() -> None:
    voice = parsed(BY_HAND.encode(), "rain")
    assert voice == Voice(id="rain", name="Rain", text="hello there", span=Span(start=1.0, end=4.5))

    new = voice.model_copy(update={"text": "hi", "span": Span(start=1.0, end=3.0), "speed": 1.5})
    text = written(new, BY_HAND.encode()).decode()

    expected = BY_HAND.replace("'hello there'", '"hi"').replace("end = 4.5", "end = 3.0")
    assert text.replace("speed = 1.5\n", "") == expected


def test_a_table_of_its_own_takes_a_new_span_and_loses_it() -> None:
    before = b'name = "x"\n[span]\n# seconds\nstart = 0.5\nend = 2.0\n'
    voice = parsed(before, "x")

    moved = written(voice.model_copy(update={"span": Span(start=0.5, end=1.5)}), before)
    assert moved == before.replace(b"2.0", b"1.5")
    assert parsed(written(voice.model_copy(update={"span": None}), before), "x").span is None


def test_the_name_of_the_folder_is_the_id_whatever_the_file_says() -> None:
    assert parsed(b'id = "../other"\nname = "x"\n', "mine").id == "mine"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "name"),
        (b"name = ", "line 1"),
        (b"\xff\xfe", "UTF-8"),
        (b"name = 'x'\nspeed = 99\n", "speed"),
        (b"name = 'x'\nspeed = nan\n", "speed"),
        (b"name = 'x'\nloudness = inf\n", "loudness"),
        (b"name = 'x'\nspan = {start = 2, end = 1}\n", "span"),
        (b"name = 'x'\nspan = 3\n", "span"),
        (b"name = ''\n", "name"),
        (b"name = 'x'\nengine = 'espeak'\n", "embedded"),
        (b"name = 'x'\nengine = 'other'\n", "engine"),
        (b"name = 'x'\na = " + b"[" * 5000, "understood"),
        (b"#" * (LARGEST_VOICE_FILE + 1), "too large"),
    ],
)
def test_a_broken_file_is_a_typed_error_of_one_line(data: bytes, says: str) -> None:
    with pytest.raises(VoiceError, match=says) as caught:
        parsed(data, "some")
    assert "\n" not in caught.value.message
    assert "some" in caught.value.message
    assert caught.value.advice


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")))
def test_no_bytes_end_in_anything_but_a_voice_or_a_typed_error(data: bytes) -> None:
    for content in (data, b'name = "x"\n' + data):
        try:
            voice = parsed(content, "some")
            written(voice.model_copy(update={"speed": 1.25}), content)
        except VoiceError:
            pass


@pytest.mark.parametrize(
    "wrong",
    [
        {"speed": 99.0},
        {"name": ""},
        {"name": "x" * (LONGEST_NAME + 1)},
        {"span": {"start": 2.0, "end": 1.0}},
        {"engine": "espeak"},
    ],
)
def test_a_copy_that_nobody_looked_at_is_refused(wrong: dict[str, object]) -> None:
    voice = Voice(id="x", name="x").model_copy(update=wrong)
    with pytest.raises(VoiceError):
        checked_voice(voice)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(VoiceError, match="can't be written"):
        written(Voice(id="x", name="x").model_copy(update={"text": "\ud800"}))


def test_a_file_that_gets_too_large_is_refused() -> None:
    before = b"name = 'x'\n" + b"#" * (LARGEST_VOICE_FILE - 20)
    voice = parsed(before, "x").model_copy(update={"text": "a text that has no room"})
    with pytest.raises(VoiceError, match="too large"):
        written(voice, before)


def test_a_layout_that_swallows_a_change_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a writer that loses the change, as one for some layout not thought of might
    monkeypatch.setattr("ishowtts_desktop.voices.voice_file._put", lambda *_: None)
    voice = Voice(id="rain", name="other")

    with pytest.raises(VoiceError, match="doesn't take the change"):
        written(voice, BY_HAND.encode())
