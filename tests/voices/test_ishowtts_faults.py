"""An ``ishowtts.toml`` may be anything: typed errors and notes, no traceback, nothing opened."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ishowtts_desktop.core.config import SpeechConfig
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.ishowtts import IshowttsImport, import_ishowtts, read_ishowtts
from ishowtts_desktop.voices.ishowtts_file import LARGEST_FILE
from ishowtts_desktop.voices.ishowtts_voices import LARGEST_AUDIO, MOST_VOICES
from ishowtts_desktop.voices.library import VoiceLibrary
from ishowtts_desktop.voices.voice import LONGEST_NAME, LONGEST_TEXT
from tests.voices.server_project import WHOLE, server_project

if TYPE_CHECKING:
    from collections.abc import Callable

SAME_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
GOOD = {"id": "a", "reference_audio": "../data/voices/host.wav", "reference_text": "Hello."}


def found_in(folder: Path, *voices: Any, **keys: Any) -> IshowttsImport:
    document = {"f5": {"voices": list(voices), **keys}}
    return read_ishowtts(server_project(folder, tomlkit.dumps(document)))


def attempt(path: Path) -> IshowttsImport | str:
    """What was read, or why it wasn't."""
    try:
        return read_ishowtts(path)
    except VoiceError as error:
        return error.message


def refused(path: Path) -> str:
    with pytest.raises(VoiceError) as caught:
        read_ishowtts(path)
    assert caught.value.advice
    return caught.value.message


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "has no table [f5]"),
        (b"f5 = 3\n", "has no table [f5]"),
        (b"[[f5]]\n", "has no table [f5]"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "isn't UTF-8 text"),
        ("[f5]\nmodel = '声音'".encode("gbk"), "isn't UTF-8 text"),
        ("[f5]\n".encode("utf-16"), "isn't UTF-8 text"),
        (b"[f5\n", "isn't TOML"),
        (b"[f5]\nmodel = \n", "isn't TOML"),
        (b"[f5]\na = 1\na = 2\n", "isn't TOML"),
        (b"a = " + b"[" * 5000, "isn't TOML"),
        (b"a = " + b"9" * 5000, "isn't TOML"),
        (b"{}", "isn't TOML"),
        (b"# x\n" * (LARGEST_FILE // 4) + b"#", "is larger than 256 KB"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "ishowtts.toml"
    path.write_bytes(data)
    assert told in refused(path)


def test_what_starts_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = server_project(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert len(read_ishowtts(path).voices) == 2


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: None, "There is no file"),
        (lambda path: path.mkdir(), "is a folder"),
        (os.mkfifo, "is not an ordinary file"),
        (lambda path: path.symlink_to("/dev/zero"), "is not an ordinary file"),
        (lambda path: path.symlink_to(path), "can't be read"),
    ],
)
def test_what_is_no_file_is_not_opened(
    tmp_path: Path, make: Callable[[Path], object], told: str
) -> None:
    path = tmp_path / "ishowtts.toml"
    make(path)
    assert told in refused(path)


def test_a_path_that_can_not_be_is_refused() -> None:
    assert "can't be read" in refused(Path("a\0b"))
    assert "can't be read" in refused(Path("a" * 5000))


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "ishowtts.toml"
    with path.open("wb") as file:
        file.truncate(50 << 20)
    start = time.process_time()
    assert "is larger than" in refused(path)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": None}, "it has no id"),
        ({"id": "  "}, "it has no id"),
        ({"id": 3}, "it has no id"),
        ({"reference_audio": None}, "it has no reference_audio"),
        ({"reference_audio": ["a.wav"]}, "it has no reference_audio"),
        ({"reference_audio": "gone.wav"}, "doesn't exist"),
        ({"reference_audio": "host.wav\0"}, "can't be reached"),
        ({"reference_audio": "h" * 5000}, "can't be reached"),
        ({"reference_audio": "."}, "is a folder"),
        ({"reference_audio": "/dev/zero"}, "is not an ordinary file"),
        ({"reference_audio": "loop"}, "can't be reached"),
        ({"reference_audio": "loop/host.wav"}, "can't be reached"),
        ({"reference_audio": "pipe"}, "is not an ordinary file"),
        ({"reference_audio": "empty.wav"}, "is empty"),
        ({"reference_audio": "huge.wav"}, "is larger than"),
        ({"reference_text": None}, "it has no reference_text"),
        ({"reference_text": " \n"}, "it has no reference_text"),
        ({"reference_text": 5}, "it has no reference_text"),
        ({"reference_text": "a" * (LONGEST_TEXT + 1)}, "characters"),
    ],
)
def test_a_voice_that_can_not_be_is_left_with_the_reason(
    tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    config = tmp_path / "config"
    config.mkdir()
    config.joinpath("loop").symlink_to("loop")
    os.mkfifo(config / "pipe")
    config.joinpath("empty.wav").touch()
    with config.joinpath("huge.wav").open("wb") as file:
        file.truncate(LARGEST_AUDIO + 1)
    voice = {key: value for key, value in {**GOOD, **change}.items() if value is not None}
    found = found_in(tmp_path, voice, {**GOOD, "id": "other"})
    assert [one.id for one in found.voices] == ["other"]
    (note,) = [note for note in found.left if note.startswith("voice ")]
    assert told in note
    assert note.isprintable()


@pytest.mark.parametrize("voices", [3, "host", [1, 2], [[GOOD]], {}])
def test_voices_of_a_wrong_type_are_left(tmp_path: Path, voices: Any) -> None:
    path = server_project(tmp_path, tomlkit.dumps({"f5": {"voices": voices}}))
    found = read_ishowtts(path)
    assert found.voices == ()
    assert [note for note in found.left if note.startswith("voice ")]


def test_one_voice_that_is_no_list_is_taken(tmp_path: Path) -> None:
    path = server_project(tmp_path, tomlkit.dumps({"f5": {"voices": GOOD}}))
    assert [voice.id for voice in read_ishowtts(path).voices] == ["a"]


def test_more_voices_than_anybody_has_are_not_read(tmp_path: Path) -> None:
    found = found_in(tmp_path, *({**GOOD, "id": str(n)} for n in range(MOST_VOICES + 1)))
    assert len(found.voices) == MOST_VOICES
    assert "too many" in found.left[0]


def test_an_absolute_path_is_the_users_own_business(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.wav"
    path.write_bytes(b"RIFF")
    (voice,) = found_in(tmp_path / "server", {**GOOD, "reference_audio": str(path)}).voices
    assert voice.audio == path


@pytest.mark.parametrize(
    ("language", "text", "tag", "told"),
    [
        ("zh-CN", "你好。", "zh-CN", ""),
        ("en", "Hello.", "en", ""),
        ("cn", "你好。", "zh", "is written"),
        ("Chinese", "Hello.", "zh", "is written"),
        ("en_GB", "Hello.", "en-GB", "is written"),
        (None, "你好。", "zh", "it says none"),
        ("klingon", "こんにちは。", "ja", "no language tag"),
        ("../..", "안녕.", "ko", "no language tag"),
        (7, "Привет.", "ru", "no language tag"),
        ("", "Hello.", "en", "no language tag"),
    ],
)
def test_a_language_is_a_tag_or_taken_from_the_text(
    tmp_path: Path, language: Any, text: str, tag: str, told: str
) -> None:
    entry = {**GOOD, "reference_text": text}
    (voice,) = found_in(
        tmp_path, entry if language is None else {**entry, "language": language}
    ).voices
    assert voice.language == tag
    changed = read_ishowtts(tmp_path / "config/ishowtts.toml").changed
    notes = [note for note in changed if "language" in note]
    assert len(notes) == bool(told)
    assert told in "".join(notes)


def test_a_name_is_one_line_and_not_too_long(tmp_path: Path) -> None:
    long = {**GOOD, "id": "n\no\tw " + "x" * 200, "preload": "yes"}
    found = found_in(tmp_path, long, {**GOOD, "id": "\u202e"})
    assert [voice.name for voice in found.voices] == [
        ("n o w " + "x" * 200)[:LONGEST_NAME],
        "ishowtts",
    ]
    assert [note for note in found.changed if "name is cut" in note]
    assert [note for note in found.changed if "preload" in note]
    assert not found.voices[0].preload


VALUES = st.recursive(
    st.text(max_size=20)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.datetimes()
    | st.sampled_from(["../data/voices/host.wav", "config", "zh-CN", "/dev/null", "cuda", "~"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)
SETTINGS = "model ckpt_file vocab_file hf_cache_dir device default_nfe_step seed speed cfg_strength"
KEYS = st.sampled_from(
    [*GOOD, "language", "preload", "engine_label", "default_voice", *SETTINGS.split()]
) | st.text(max_size=8)
TABLES = st.dictionaries(KEYS, VALUES, max_size=6)
VOICES = (
    st.lists(st.builds(lambda changes: {**GOOD, **changes}, TABLES) | TABLES, max_size=4) | VALUES
)
FILES = st.builds(
    lambda top, f5, voices: {**top, "f5": {**f5, "voices": voices}}, TABLES, TABLES, VOICES
)


@SAME_FOLDER
@given(FILES)
def test_whatever_a_file_says_it_is_imported_or_told(
    tmp_path: Path, document: dict[str, Any]
) -> None:
    try:
        text = tomlkit.dumps(document)
        text.encode("utf-8")
    except (ValueError, TypeError):
        return  # what TOML can't say
    path = server_project(tmp_path, text)
    found = attempt(path)
    if isinstance(found, str):
        # tomlkit doesn't read all that it writes.
        assert "isn't TOML" in found
        return
    library = VoiceLibrary(tmp_path / "library")
    report = import_ishowtts(found, library)
    # THEN every voice was added, was known, or is told about
    entries = document["f5"]["voices"]
    entries = entries if isinstance(entries, list) else [entries]
    notes = [note for note in (*report.left, *found.left) if note.startswith("voice ")]
    assert len(report.added) + len(report.known) + len(notes) >= len(entries)
    # and the settings are what the configuration takes, for a voice that is there
    SpeechConfig.model_validate(report.settings)
    voices = {voice.id for voice in library.voices()}
    assert {report.settings.get("voice", "")} <= voices | {""}
    assert {voice.id for voice in (*report.added, *report.known)} <= voices
    report.as_text().encode("utf-8")


@SAME_FOLDER
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8")))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "ishowtts.toml"
    path.write_bytes(b"[f5]\n" + data)
    found = attempt(path)
    assert str(path) in found if isinstance(found, str) else found.voices == ()


@SAME_FOLDER
@given(st.integers(0, len(WHOLE)), st.integers(0, 40), st.text(max_size=3))
def test_a_damaged_file_is_read_or_refused(
    tmp_path: Path, at: int, missing: int, instead: str
) -> None:
    path = server_project(tmp_path, "")
    damaged = WHOLE[:at] + instead + WHOLE[at + missing :]
    path.write_bytes(damaged.encode("utf-8"))
    found = attempt(path)
    if isinstance(found, str):
        assert str(path) in found
    else:
        assert len(found.voices) <= 2
        SpeechConfig.model_validate(dict(found.settings))
