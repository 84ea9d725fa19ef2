"""A voice while it is edited: whatever is typed, it can be kept, and it knows what has changed."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.desktop.voice_manager.draft import VoiceDraft, name_of
from ishowtts_desktop.desktop.voice_manager.languages import (
    LANGUAGES,
    aloud_text,
    nearest_language,
    trial_sentence,
)
from ishowtts_desktop.voices.voice import LONGEST_NAME, LONGEST_TEXT, Span, Voice

SOUND = AudioChunk(np.zeros(8000, np.float32), 8000)
KEPT = Voice(id="anna", name="Anna", consent=True, span=Span(start=0, end=0.5), loudness=-20.0)


@given(
    st.text(max_size=LONGEST_NAME),
    st.text(max_size=LONGEST_TEXT),
    st.text(max_size=LONGEST_TEXT),
    st.text(max_size=200),
)
@example(name="\u200d", text="\ud800", licence="\x00", file="\u200d\u202e")
def test_whatever_is_typed_can_be_kept(name: str, text: str, licence: str, file: str) -> None:
    draft = VoiceDraft.new(file, "en", SOUND, None, text * 3)
    assert 1 <= len(draft.voice.name) <= LONGEST_NAME
    typed = draft.with_values(name=name.strip(), text=text, licence=licence)
    assert typed.voice.name
    typed.voice.model_dump_json().encode("utf-8")


@given(st.binary(min_size=1, max_size=60).filter(lambda b: b"/" not in b and b"\0" not in b))
def test_every_file_gives_a_name(file: bytes) -> None:
    name = name_of(Path(os.fsdecode(file)))
    assert len(name) <= LONGEST_NAME
    assert VoiceDraft.new(name, "en", SOUND, None).voice.name


def test_it_knows_whether_something_would_be_lost() -> None:
    draft = VoiceDraft(KEPT, SOUND, kept=KEPT)
    assert not draft.changed
    assert draft.with_values(text="Hello.").changed
    assert not draft.with_values(text="Hello.").with_values(text="").changed
    assert draft.with_recording(SOUND, None).changed
    assert VoiceDraft.new("a", "en", SOUND, None).changed
    assert not VoiceDraft(KEPT, SOUND, kept=None, starter=True).changed


def test_the_loudness_belongs_to_its_span() -> None:
    draft = VoiceDraft(KEPT, SOUND, kept=KEPT)
    moved = draft.with_values(span=Span(start=0.1, end=0.5))
    assert moved.voice.loudness is None
    back = moved.with_values(span=Span(start=0.0, end=0.5))
    assert back.voice.loudness == -20.0
    assert not back.changed
    other = draft.with_recording(SOUND, KEPT.span)
    assert other.with_values(text="x").voice.loudness is None


def test_without_consent_it_is_not_whole() -> None:
    VoiceDraft(KEPT, SOUND).must_be_whole()
    with pytest.raises(VoiceError) as caught:
        VoiceDraft.new("a", "en", SOUND, None).must_be_whole()
    assert caught.value.advice


@pytest.mark.parametrize(
    ("tag", "language"),
    [("zh_CN", "zh"), ("de-AT", "de"), ("C", "en"), ("", "en"), ("EN", "en"), ("xx", "en")],
)
def test_the_nearest_language_is_taken(tag: str, language: str) -> None:
    assert nearest_language(tag) == language


def test_there_is_something_to_say_in_every_language() -> None:
    assert all(trial_sentence(tag) for tag in (*LANGUAGES, "zh-TW", "xx"))
    assert aloud_text("en-GB") == aloud_text("en") != ""
    assert aloud_text("xx") == ""
