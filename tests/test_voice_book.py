"""Which recording an id stands for, and that it is read again when its files change, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ishowtts_desktop import starters
from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import EngineError, VoiceError
from ishowtts_desktop.engines import make_embedded
from ishowtts_desktop.speech.clips import CLIP
from ishowtts_desktop.starters import STARTERS, Starters
from ishowtts_desktop.voice_book import DRAFT, VoiceBook
from ishowtts_desktop.voices.library import VoiceLibrary
from ishowtts_desktop.voices.recordings import write_recording
from ishowtts_desktop.voices.voice import Span, Voice

if TYPE_CHECKING:
    from pathlib import Path

RATE = 16_000
SOUND = AudioChunk((0.3 * np.sin(np.arange(4 * RATE) * 0.05)).astype(np.float32), RATE)
MINA = Voice(id="", name="Mina", text="This is Mina.", speed=1.2, preload=True)


@pytest.fixture(autouse=True)
def _without_the_stock_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starters, "_example", lambda _: None)


@pytest.fixture
def library(tmp_path: Path) -> VoiceLibrary:
    return VoiceLibrary(tmp_path / "voices")


@pytest.fixture
def book(library: VoiceLibrary) -> VoiceBook:
    return VoiceBook(library, make_embedded)


def test_a_voice_of_the_library_is_cloned_from_its_span_with_its_text(
    library: VoiceLibrary, book: VoiceBook
) -> None:
    voice = library.add(MINA.model_copy(update={"span": Span(start=1, end=3)}), SOUND)
    recording = book.recording(voice.id, "zh")
    assert (recording.text, recording.rate, recording.speed) == ("This is Mina.", RATE, 1.2)
    assert len(recording.samples) == 2 * RATE


def test_it_is_the_same_object_until_its_files_change(
    library: VoiceLibrary, book: VoiceBook
) -> None:
    voice = library.add(MINA, SOUND)
    first = book.recording(voice.id, "en")
    assert book.recording(voice.id, "zh") is first
    library.update(voice.model_copy(update={"text": "That is Mina."}))
    assert book.recording(voice.id, "en").text == "That is Mina."


def test_a_voice_that_was_removed_is_told_and_another_name_is_not_looked_up(
    library: VoiceLibrary, book: VoiceBook
) -> None:
    voice = library.add(MINA, SOUND)
    book.recording(voice.id, "en")
    library.remove(voice.id)
    for name in (voice.id, "nobody", "../etc", "a/b", "\x00"):
        with pytest.raises(EngineError):
            book.recording(name, "en")


@pytest.mark.parametrize(
    ("asked", "language", "expected"),
    [
        ("", "en", 0),
        ("", "zh", 1),
        ("", "fr", 0),
        ("starter-en", "zh", 0),
        ("starter-zh", "en", 1),
        ("starter-xx", "zh", 1),
    ],
)
def test_without_a_voice_the_starter_of_the_language_speaks(
    book: VoiceBook, asked: str, language: str, expected: int
) -> None:
    recording = book.recording(asked, language)
    assert recording.text == STARTERS[expected].text
    assert 2 < len(recording.samples) / recording.rate < 10
    assert book.recording(asked, language) is recording


def test_an_embedded_voice_is_the_starter_in_that_timbre(book: VoiceBook) -> None:
    plain, high = book.recording("", "en"), book.recording("espeak-en+f2", "en")
    assert plain.text == high.text
    assert len(plain.samples) != len(high.samples)


def test_the_voice_that_is_being_made_speaks_before_it_is_saved(book: VoiceBook) -> None:
    with pytest.raises(EngineError, match="gone"):
        book.recording(DRAFT, "en")
    book.set_draft(MINA, SOUND)
    first = book.recording(DRAFT, "en")
    assert first.text == MINA.text
    assert book.recording(DRAFT, "en") is first
    book.set_draft(MINA.model_copy(update={"text": "Else."}), SOUND)
    assert book.recording(DRAFT, "en").text == "Else."


def test_a_starter_is_given_with_its_recording(book: VoiceBook) -> None:
    voice, recording = book.starter("starter-zh")
    assert voice.text == STARTERS[1].text
    assert recording.seconds > 2
    with pytest.raises(VoiceError):
        book.starter("mina")


def test_everybody_is_found_by_id(library: VoiceLibrary, book: VoiceBook) -> None:
    voice = library.add(MINA, SOUND)
    assert book.find(voice.id).name == "Mina"
    assert book.find("starter-zh").engine == "f5"
    assert book.find("espeak-en").engine == "espeak"
    assert book.preloaded() == (voice.id,)
    with pytest.raises(VoiceError, match="nobody"):
        book.find("nobody")


def test_only_so_many_recordings_are_kept(library: VoiceLibrary, book: VoiceBook) -> None:
    first = library.add(MINA, SOUND)
    kept = book.recording(first.id, "en")
    for number in range(40):
        other = library.add(MINA.model_copy(update={"name": f"Voice {number}"}), SOUND)
        book.recording(other.id, "en")
    assert book.recording(first.id, "en") is not kept


def test_the_examples_of_the_stock_package_are_better_starters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = tmp_path / "example.wav"
    write_recording(example, SOUND)
    monkeypatch.setattr(starters, "_example", lambda _: example)
    found = Starters(make_embedded)
    assert [voice.text for voice in found.voices()] != [voice.text for voice in STARTERS]
    assert len(found.recording("starter-en").samples) == len(SOUND.samples)


def test_only_starters_have_a_starter_recording() -> None:
    with pytest.raises(VoiceError, match="mina"):
        Starters(make_embedded).recording("mina")


@pytest.mark.parametrize("name", ["Starter", "Espeak", "Clip", "Draft"])
def test_no_voice_is_mistaken_for_one_that_is_not_in_the_library(
    library: VoiceLibrary, book: VoiceBook, name: str
) -> None:
    voice = library.add(MINA.model_copy(update={"name": name}), SOUND)
    assert voice.id not in (CLIP, DRAFT)
    assert book.recording(voice.id, "zh").text == MINA.text


def test_a_part_does_not_keep_the_whole_recording(library: VoiceLibrary, book: VoiceBook) -> None:
    voice = library.add(MINA.model_copy(update={"span": Span(start=1, end=2)}), SOUND)
    assert book.recording(voice.id, "en").samples.base is None


def test_a_recording_replaced_by_hand_is_as_loud_as_any(
    library: VoiceLibrary, book: VoiceBook
) -> None:
    voice = library.add(MINA, SOUND)
    loud = AudioChunk(SOUND.samples * np.float32(3), RATE)
    write_recording(library.folder / voice.id / "reference.wav", loud)
    # What voice.toml says of the loudness is of another recording.
    assert book.recording(voice.id, "en").loudness is None
