"""The voice library: kept, changed, copied, removed and brought back."""

from __future__ import annotations

import os
import shutil
import stat
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.sound.loudness import integrated_loudness
from ishowtts_desktop.voices.library import VoiceLibrary
from ishowtts_desktop.voices.recordings import LIMIT_SECONDS
from ishowtts_desktop.voices.voice import LONGEST_NAME, Span, Voice
from tests.support.clock import FakeClock
from tests.support.voices import contents, number_in, take, tone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def library(tmp_path: Path) -> VoiceLibrary:
    return VoiceLibrary(tmp_path / "data" / "voices", FakeClock())


def test_a_library_that_was_never_used_is_empty_and_leaves_nothing_behind(tmp_path: Path) -> None:
    library = VoiceLibrary(tmp_path / "voices")

    assert library.open() == ()
    assert library.voices() == ()
    assert library.removed() == ()
    assert list(tmp_path.iterdir()) == []


def test_a_voice_is_kept_as_two_files_that_only_the_user_can_read(library: VoiceLibrary) -> None:
    voice, recording = take(7, "My Voice")

    kept = library.add(voice, recording)

    assert kept == voice.model_copy(update={"id": "my-voice"})
    folder = library.folder / "my-voice"
    assert sorted(path.name for path in folder.iterdir()) == ["reference.wav", "voice.toml"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for known in (library, VoiceLibrary(library.folder)):
        assert known.voices() == (kept,)
        assert known.get("my-voice") == kept
        assert number_in(*known.both("my-voice")) == 7
        assert np.array_equal(known.recording("my-voice").samples, recording.samples)


def test_voices_of_one_name_get_ids_of_their_own(library: VoiceLibrary) -> None:
    ids = [library.add(*take(number, name)).id for number, name in enumerate("Aaaá")]
    (library.folder / "b").write_text("a file in the way", encoding="utf-8")
    ids.append(library.add(*take(5, "B")).id)

    assert ids == ["a", "a-2", "a-3", "á", "b-2"]
    assert [found[1] for _, found in sorted(contents(library).items())] == [0, 1, 2, 5, 3]


def test_voices_are_listed_by_name(library: VoiceLibrary) -> None:
    for number, name in enumerate(("zoe", "Anna", "小明", "bob")):
        library.add(*take(number, name))
    assert [voice.name for voice in library.voices()] == ["Anna", "bob", "zoe", "小明"]


def test_the_loudness_of_the_span_is_measured_when_it_is_not_given(library: VoiceLibrary) -> None:
    # GIVEN a quiet second, then a loud one
    quiet, loud = tone(1.0, 0.01), tone(1.0, 0.5)
    recording = AudioChunk(np.concatenate([quiet.samples, loud.samples]), loud.rate)
    voice = Voice(id="", name="x", text="x", span=Span(start=1.0, end=2.0))

    kept = library.add(voice, recording)
    assert kept.loudness == pytest.approx(integrated_loudness(loud.samples, loud.rate), abs=0.2)

    # WHEN the span moves, the old figure goes with it
    moved = library.update(kept.model_copy(update={"span": Span(start=0.0, end=1.0)}))
    expected = integrated_loudness(quiet.samples, quiet.rate)
    assert moved.loudness == pytest.approx(expected, abs=0.2)

    # so it does with another recording; one that is given stays
    again = library.update(moved, AudioChunk(recording.samples[::-1].copy(), recording.rate))
    assert again.loudness == kept.loudness
    assert library.update(again.model_copy(update={"loudness": -7.0}), recording).loudness == -7.0
    assert library.get(kept.id).loudness == -7.0


def test_silence_has_no_loudness(library: VoiceLibrary) -> None:
    silence = AudioChunk(np.zeros(8000, np.float32), 8000)
    assert library.add(Voice(id="", name="x"), silence).loudness is None


def test_text_and_recording_change_together(library: VoiceLibrary) -> None:
    voice = library.add(*take(1, "x"))
    (library.folder / "x" / "note.txt").write_text("mine", encoding="utf-8")
    (library.folder / "x" / "takes").mkdir()
    (library.folder / "x" / "takes" / "old.wav").write_bytes(b"old")

    library.update(*take(2, voice_id=voice.id))

    assert contents(library) == {"x": ["voice 2", 2]}
    # What else the user keeps there stays.
    assert (library.folder / "x" / "note.txt").read_text(encoding="utf-8") == "mine"
    assert (library.folder / "x" / "takes" / "old.wav").read_bytes() == b"old"


def test_what_else_is_there_stays_also_where_files_can_not_be_linked(
    library: VoiceLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refused)
    library.add(*take(1, "x"))
    (library.folder / "x" / "note.txt").write_text("mine", encoding="utf-8")
    library.update(*take(2, "x", "x"))
    assert (library.folder / "x" / "note.txt").read_text(encoding="utf-8") == "mine"
    assert contents(library) == {"x": ["x", 2]}


def test_a_hand_edit_survives_an_update(library: VoiceLibrary) -> None:
    voice = library.add(*take(1, "x"))
    path = library.folder / "x" / "voice.toml"
    path.write_text(f"# mine\nmood = 'calm'\n{path.read_text()}", encoding="utf-8")

    library.update(voice.model_copy(update={"speed": 1.5}))
    library.update(*take(2, "x", voice.id))

    assert path.read_text(encoding="utf-8").startswith("# mine\nmood = 'calm'\n")
    assert library.get("x").text == "take 2"


def test_saving_without_a_change_writes_nothing(library: VoiceLibrary) -> None:
    voice = library.add(*take(1))
    before = library.revision(voice.id)
    assert library.update(voice) == voice
    assert library.revision(voice.id) == before


def test_a_new_name_keeps_the_id(library: VoiceLibrary) -> None:
    voice = library.add(*take(1, "old"))
    assert library.rename(voice.id, "new") == voice.model_copy(update={"name": "new"})
    assert contents(library) == {"old": ["new", 1]}
    with pytest.raises(VoiceError, match="name"):
        library.rename(voice.id, "")
    assert contents(library) == {"old": ["new", 1]}


def test_a_copy_is_a_voice_of_its_own(library: VoiceLibrary) -> None:
    library.add(*take(1, "x"))
    path = library.folder / "x" / "voice.toml"
    path.write_text(f"# mine\n{path.read_text()}", encoding="utf-8")

    first, second = library.duplicate("x"), library.duplicate("x")
    named = library.duplicate("x", "Ot\0her")

    assert [first.name, second.name, named.name] == ["x (2)", "x (3)", "Other"]
    assert (library.folder / named.id / "voice.toml").read_text().startswith("# mine\n")
    library.update(*take(2, "x", "x"))
    with pytest.raises(VoiceError, match="name"):
        library.duplicate("x", "n" * (LONGEST_NAME + 1))
    expected = {"x": ["x", 2], "x-2": ["x (2)", 1], "x-3": ["x (3)", 1], "other": ["Other", 1]}
    assert contents(library) == expected


def test_a_copy_of_a_voice_with_the_longest_name_fits(library: VoiceLibrary) -> None:
    library.add(*take(1, "n" * LONGEST_NAME))
    names = {library.duplicate("n" * 64).name for _ in range(2)}
    assert names == {"n" * (LONGEST_NAME - 8) + " (2)", "n" * (LONGEST_NAME - 8) + " (3)"}


def test_the_revision_is_another_one_after_every_change_and_the_same_without(
    library: VoiceLibrary,
) -> None:
    library.add(*take(1, "x"))
    folder = library.folder / "x"
    seen = [library.revision("x")]

    library.rename("x", "y")
    seen.append(library.revision("x"))
    library.update(*take(2, "x", "x"))
    seen.append(library.revision("x"))
    with (folder / "voice.toml").open("a", encoding="utf-8") as file:
        file.write("# more\n")
    seen.append(library.revision("x"))
    # Another file of the same length and time, as `cp -p` leaves it.
    status = (folder / "reference.wav").stat()
    data = (folder / "reference.wav").read_bytes()
    (folder / "reference.wav").write_bytes(data[:-1] + b"x")
    os.utime(folder / "reference.wav", ns=(status.st_atime_ns, status.st_mtime_ns))
    seen.append(library.revision("x"))
    shutil.copytree(folder, library.folder / "z")
    (library.folder / "z" / "reference.wav").unlink()

    assert len(set(seen)) == 5
    assert library.revision("x") == seen[-1] == VoiceLibrary(library.folder).revision("x")
    assert library.revision("z") not in seen
    library.remove("x")
    with pytest.raises(VoiceError, match="no voice x"):
        library.revision("x")


def test_an_edit_by_hand_is_seen(library: VoiceLibrary) -> None:
    library.add(*take(1, "x"))
    assert library.get("x").text == "take 1"
    path = library.folder / "x" / "voice.toml"
    path.write_text(path.read_text().replace("take 1", "take one"), encoding="utf-8")
    assert library.get("x").text == "take one"
    assert [voice.text for voice in library.voices()] == ["take one"]


def test_listing_many_voices_reads_no_recording(
    library: VoiceLibrary, figure: Callable[[str], None]
) -> None:
    library.add(*take(0, "0"))
    for number in range(1, 200):
        shutil.copytree(library.folder / "0", library.folder / str(number))
    for path in library.folder.glob("*/reference.wav"):
        # Whoever read one would be at it for an hour.
        path.unlink()
        path.symlink_to(library.folder / "recording")
    with (library.folder / "recording").open("wb") as file:
        file.truncate(1 << 40)

    began = time.perf_counter()
    assert len(library.voices()) == 200
    first = time.perf_counter()
    assert len(library.voices()) == 200
    again = time.perf_counter()
    figure(f"voice library: 200 voices in {first - began:.3f} s, again in {again - first:.3f} s")


@pytest.mark.parametrize("verb", ["get", "recording", "both", "revision", "remove", "duplicate"])
@pytest.mark.parametrize("voice_id", ["nobody", "../x", "espeak-en", ".trash", ""])
def test_a_voice_that_is_not_there_is_a_typed_error(
    library: VoiceLibrary, verb: str, voice_id: str
) -> None:
    library.add(*take(1, "x"))
    with pytest.raises(VoiceError) as caught:
        getattr(library, verb)(voice_id)
    assert caught.value.advice
    with pytest.raises(VoiceError):
        library.update(*take(1, voice_id=voice_id))
    assert contents(library) == {"x": ["x", 1]}


@pytest.mark.parametrize(
    ("change", "recording", "says"),
    [
        ({"span": Span(start=0.5, end=9.0)}, tone(1.0), "9.0 s"),
        ({"name": ""}, tone(1.0), "name"),
        ({"engine": "espeak"}, tone(1.0), "embedded"),
        ({}, AudioChunk(np.zeros(0, np.float32), 8000), "empty"),
        ({}, AudioChunk(np.full(9, np.nan, np.float32), 8000), "no sound"),
        ({}, AudioChunk(np.zeros(int(8000 * LIMIT_SECONDS) + 9, np.float32), 8000), "at most 5"),
    ],
)
def test_what_can_not_be_a_voice_is_refused_and_nothing_is_left(
    library: VoiceLibrary, change: dict[str, object], recording: AudioChunk, says: str
) -> None:
    kept = library.add(*take(1, "x"))
    before = sorted(library.folder.rglob("*"))
    for voice, keep in (
        (Voice(id="", name="new"), library.add),
        (kept, library.update),
    ):
        with pytest.raises(VoiceError, match=says):
            keep(voice.model_copy(update=change), recording)
    assert sorted(library.folder.rglob("*")) == before
    assert contents(library) == {"x": ["x", 1]}


@pytest.mark.parametrize("name", ["../outside", "/outside", "a/b", "", ".trash", "my-voice/../x"])
def test_an_update_reaches_nothing_outside_of_the_library(
    library: VoiceLibrary, name: str, tmp_path: Path
) -> None:
    voice, recording = take(1, "mine")
    library.add(voice, recording)
    outside = library.folder.parent / "outside"
    outside.mkdir()
    (outside / "voice.toml").write_text('name = "theirs"\ntext = "x"\n', encoding="utf-8")

    with pytest.raises(VoiceError):
        library.update(voice.model_copy(update={"id": name}), recording)

    assert "theirs" in (outside / "voice.toml").read_text("utf-8")
