"""A voice as one file: given away, taken in, and nothing believed that comes from outside."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.bundle import SUFFIX, export_voice, import_voice
from ishowtts_desktop.voices.library import VoiceLibrary
from ishowtts_desktop.voices.recordings import encoded
from ishowtts_desktop.voices.voice import Span, Voice
from tests.support.voices import RATE, contents, number_in, take, tone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = st.text(max_size=60)
TOML = b'name = "given"\ntext = "take 3"\nconsent = true\nloudness = -20.0\n'
WAV = encoded(take(3)[1])


@pytest.fixture
def library(tmp_path: Path) -> VoiceLibrary:
    library = VoiceLibrary(tmp_path / "voices")
    library.add(*take(0, "mine"))
    return library


def bundle(
    *entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_STORED
) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in entries:
            archive.writestr(name, content, method)
    return data.getvalue()


def good(**more: Any) -> bytes:
    return bundle(("voice.toml", TOML), ("reference.wav", WAV), **more)


def info(name: str, mode: int = 0, method: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    entry.compress_type = method
    return entry


def patched(data: bytes, *changes: tuple[int, str, int]) -> bytes:
    """Overwrite numbers of the first entry in the central directory, by their place there."""
    changed, start = bytearray(data), data.index(b"PK\x01\x02")
    for place, kind, number in changes:
        struct.pack_into(f"<{kind}", changed, start + place, number)
    return bytes(changed)


def ended(data: bytes, **fields: int) -> bytes:
    """Overwrite what the archive's end says: ``here``, ``entries``, ``size``."""
    changed = bytearray(data)
    places = {"here": (8, "H"), "entries": (10, "H"), "size": (12, "L")}
    for name, number in fields.items():
        place, kind = places[name]
        struct.pack_into(f"<{kind}", changed, len(data) - 22 + place, number)
    return bytes(changed)


def sound(kind: str = "WAV", channels: int = 1, frames: int = 103) -> bytes:
    data = io.BytesIO()
    soundfile.write(data, np.full((frames, channels), 0.25, np.float32), RATE, format=kind)
    return data.getvalue()


def with_wav(wav: bytes) -> bytes:
    return bundle(("voice.toml", TOML), ("reference.wav", wav), method=zipfile.ZIP_DEFLATED)


def with_toml(toml: bytes, **more: Any) -> bytes:
    return bundle(("voice.toml", toml), ("reference.wav", WAV), **more)


LONG = np.random.default_rng(1).integers(0, 256, 300_000, np.uint8).tobytes()
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "alone"),
    "text": (lambda: b"hello" * 100, "alone"),
    "a wav": (lambda: WAV, "alone"),
    "truncated": (lambda: good()[:-5], "alone"),
    "no recording": (lambda: bundle(("voice.toml", TOML)), "alone"),
    "no text": (lambda: bundle(("reference.wav", WAV)), "alone"),
    "something more": (
        lambda: bundle(("voice.toml", TOML), ("reference.wav", WAV), ("x", b"")),
        "alone",
    ),
    "a way out": (lambda: bundle(("../voice.toml", TOML), ("reference.wav", WAV)), "alone"),
    "absolute": (lambda: bundle(("/voice.toml", TOML), ("reference.wav", WAV)), "alone"),
    "of windows": (lambda: bundle(("C:\\voice.toml", TOML), ("reference.wav", WAV)), "alone"),
    "in a folder": (lambda: bundle(("x/voice.toml", TOML), ("x/reference.wav", WAV)), "alone"),
    "other case": (lambda: bundle(("VOICE.TOML", TOML), ("reference.wav", WAV)), "alone"),
    "a folder": (lambda: bundle(("voice.toml/", b""), ("reference.wav", WAV)), "alone"),
    "a NUL": (
        lambda: good().replace(b"voice.toml", b"voice.tom\0"),
        "alone|damaged",
    ),
    "a link": (
        lambda: bundle((info("voice.toml", stat.S_IFLNK | 0o777), TOML), ("reference.wav", WAV)),
        "no file",
    ),
    "a device": (
        lambda: bundle((info("voice.toml", stat.S_IFCHR), TOML), ("reference.wav", WAV)),
        "no file",
    ),
    "encrypted": (lambda: patched(good(), (8, "H", 1)), "encrypted"),
    "packed by lzma": (lambda: good(method=zipfile.ZIP_LZMA), "unusual"),
    "unknown packing": (lambda: patched(good(), (10, "H", 99)), "unusual"),
    "a huge text": (lambda: with_toml(b"#" + LONG), "too large"),
    "says it is huge": (lambda: patched(good(), (24, "L", 0xFFFF_FFF0)), "too large"),
    "a bomb": (
        lambda: with_toml(TOML + b"#" * 50_000, method=zipfile.ZIP_DEFLATED),
        "too tightly",
    ),
    "longer than it says": (
        lambda: patched(with_toml(TOML * 50, method=zipfile.ZIP_DEFLATED), (24, "L", 60)),
        "damaged",
    ),
    "shorter than it says": (
        lambda: patched(good(method=zipfile.ZIP_DEFLATED), (24, "L", 5000)),
        "damaged",
    ),
    "a wrong checksum": (lambda: patched(good(), (16, "L", 1)), "damaged"),
    "a changed letter": (lambda: good().replace(b"take 3", b"take 4"), "damaged"),
    "twice the same": (
        lambda: bundle(("voice.toml", TOML), ("voice.tomm", TOML)).replace(b"tomm", b"toml"),
        "alone",
    ),
    "more behind a NUL": (
        lambda: bundle(("voice.toml.zip", TOML), ("reference.wav", WAV)).replace(
            b"toml.zip", b"toml\0zip"
        ),
        "alone",
    ),
    "a million entries": (lambda: ended(good(), here=0xFFFF, entries=0xFFFF), "alone"),
    "a huge directory": (lambda: ended(good(), size=1 << 24), "alone"),
    "fewer than there are": (
        lambda: ended(
            bundle(("voice.toml", TOML), ("reference.wav", WAV), ("x", b"")), here=2, entries=2
        ),
        "alone",
    ),
    "with more at the end": (lambda: good() + b"more", "alone"),
    "of 64 bits": (
        lambda: good()[:-22] + b"PK\x06\x07" + bytes(16) + good()[-22:],
        "alone",
    ),
    "no toml": (lambda: with_toml(b"\xff\xfe"), "UTF-8"),
    "no voice": (lambda: with_toml(b"colour = 3"), "name"),
    "wrong types": (lambda: with_toml(b"name = 'x'\nspan = [1, 2]"), "span"),
    "an embedded voice": (lambda: with_toml(b"name = 'x'\nengine = 'espeak'"), "embedded"),
    "no wav": (lambda: with_wav(b"no sound"), "no WAV"),
    "a flac": (lambda: with_wav(sound("FLAC")), "no WAV"),
    "half a wav": (lambda: with_wav(WAV[:20]), "no sound"),
    "a wav of nothing": (lambda: with_wav(sound(frames=0)), "no sound"),
    "a wav of noise": (lambda: with_wav(b"RIFF\xff\xff\xff\xffWAVE" + LONG), "no sound"),
    "a wav of an hour": (
        lambda: bundle(("voice.toml", TOML), ("reference.wav", encoded(tone(310.0, rate=4000)))),
        "longer than 300 s",
    ),
    "a span beyond it": (lambda: with_toml(TOML + b"span = {start = 1, end = 99}"), "99.0 s"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_exported_voice_is_refused_and_nothing_is_written(
    library: VoiceLibrary, tmp_path: Path, kind: str
) -> None:
    make, says = REFUSED[kind]
    source = tmp_path / f"x{SUFFIX}"
    source.write_bytes(make())
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(VoiceError, match=says) as caught:
        import_voice(library, source)

    assert caught.value.advice
    assert "\n" not in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before
    assert contents(library) == {"mine": ["mine", 0]}


def test_an_archive_made_by_hand_is_taken(library: VoiceLibrary, tmp_path: Path) -> None:
    source = tmp_path / "x.zip"
    for number, data in enumerate((good(), good(method=zipfile.ZIP_DEFLATED)), 1):
        source.write_bytes(data)
        voice = import_voice(library, source)
        assert voice.id == ("given" if number == 1 else "given-2")
        assert number_in(*library.both(voice.id)) == 3
    # Two channels become one.
    source.write_bytes(with_wav(sound(channels=2)))
    assert number_in(*library.both(import_voice(library, source).id)) == 3


def test_a_voice_whose_name_is_there_gets_a_number(library: VoiceLibrary, tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(good())
    names = [import_voice(library, tmp_path / "given").name for _ in range(3)]
    assert names == ["given", "given (2)", "given (3)"]
    assert len({voice.id for voice in library.voices()}) == 4
    # WHEN a voice is made of that name, and not imported, THEN it is called as the user says
    assert library.add(*take(4, "given")).name == "given"


def test_an_exported_voice_is_two_entries_and_the_same_bytes_each_time(
    library: VoiceLibrary, tmp_path: Path
) -> None:
    (library.folder / "mine" / "note.txt").write_text("private", encoding="utf-8")
    first, second = tmp_path / f"1{SUFFIX}", tmp_path / f"2{SUFFIX}"
    export_voice(library, "mine", first)
    export_voice(library, "mine", second)

    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.namelist() == ["voice.toml", "reference.wav"]
        assert archive.testzip() is None


VOICES = st.builds(
    Voice,
    id=st.just(""),
    name=st.text(max_size=60).map("n{}".format),
    language=st.sampled_from(["en", "zh-CN", ""]),
    text=TEXTS,
    span=st.none() | st.just(Span(start=0.25, end=0.5)),
    speed=st.floats(0.5, 2.0),
    consent=st.booleans(),
    licence=TEXTS,
    source=TEXTS.filter(lambda text: "/" not in text and "\\" not in text),
)


@settings(max_examples=25)
@given(voice=VOICES, seed=st.integers(0, 99))
def test_a_voice_that_is_given_away_is_the_same_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, voice: Voice, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("given")
    here, there = VoiceLibrary(folder / "here"), VoiceLibrary(folder / "there")
    levels = np.random.default_rng(seed).integers(-32768, 32768, 8000)
    recording = AudioChunk((levels / 32768).astype(np.float32), RATE)
    kept = here.add(voice, recording)

    export_voice(here, kept.id, folder / "file")
    taken = import_voice(there, folder / "file")

    assert taken == kept
    assert there.get(kept.id) == kept
    assert np.array_equal(there.recording(kept.id).samples, recording.samples)


@pytest.mark.parametrize(
    ("source", "given_away"),
    [
        ("/home/someone/voices/a.wav", "a.wav"),
        ("C:\\Users\\someone\\a.wav", "a.wav"),
        ("\\\\server\\share\\a.wav", "a.wav"),
        ("https://example.org/a.wav", "https://example.org/a.wav"),
        ("microphone", "microphone"),
    ],
)
def test_where_a_recording_lay_is_not_given_away(
    library: VoiceLibrary, tmp_path: Path, source: str, given_away: str
) -> None:
    voice = library.get("mine")
    library.update(voice.model_copy(update={"source": source, "licence": "CC0", "consent": True}))
    export_voice(library, "mine", tmp_path / "file")

    taken = import_voice(library, tmp_path / "file")
    assert (taken.source, taken.licence, taken.consent) == (given_away, "CC0", True)
    assert library.get("mine").source == source


@SAME_FOLDER
@given(place=st.integers(0, 10_000), length=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_damaged_file_is_refused_or_as_good_as_ever(
    tmp_path: Path, place: int, length: int, bit: int
) -> None:
    library = VoiceLibrary(tmp_path / "voices")
    data = bytearray(good())
    data[place % len(data)] ^= 1 << bit
    source = tmp_path / "x"
    for content in (bytes(data), bytes(data[: length % len(data)])):
        source.write_bytes(content)
        try:
            voice = import_voice(library, source)
        except VoiceError:
            continue
        assert number_in(*library.both(voice.id)) == 3
        library.remove(voice.id)


def test_what_can_not_be_read_or_written_is_a_typed_error(
    library: VoiceLibrary, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(1 << 40)
    for name in ("missing", "", "pipe", "huge", "missing/below", "a\0b", "\ud800", "x" * 300):
        with pytest.raises(VoiceError) as caught:
            import_voice(library, tmp_path / name)
        assert caught.value.advice
    with pytest.raises(VoiceError, match="too large"):
        import_voice(library, tmp_path / "huge")
    for name in ("", "missing/below", "a\0b", "\ud800", "x" * 300):
        with pytest.raises(VoiceError, match="can't be written"):
            export_voice(library, "mine", tmp_path / name)
    for voice_id in ("nobody", "../mine"):
        with pytest.raises(VoiceError):
            export_voice(library, voice_id, tmp_path / "x")
    assert contents(library) == {"mine": ["mine", 0]}


def test_an_export_that_fails_leaves_the_file_that_was_there(
    library: VoiceLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "x"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(VoiceError, match="No space left"):
        export_voice(library, "mine", target)

    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["voices", "x"]
