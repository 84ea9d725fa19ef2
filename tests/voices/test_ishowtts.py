"""The server project's ``ishowtts.toml`` becomes voices and settings, with a word on each line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from ishowtts_desktop.core.config import SpeechConfig
from ishowtts_desktop.voices.ishowtts import import_ishowtts, read_ishowtts
from ishowtts_desktop.voices.library import VoiceLibrary
from ishowtts_desktop.voices.recordings import read_recording
from tests.voices.server_project import WHOLE, server_project, tone

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.voices.ishowtts_report import Report

VOICE = """
[[f5.voices]]
id = "{id}"
reference_audio = "../data/voices/host.wav"
reference_text = "{text}"
language = "en"
"""


@pytest.fixture
def library(tmp_path: Path) -> VoiceLibrary:
    return VoiceLibrary(tmp_path / "library")


def taken_over(folder: Path, library: VoiceLibrary, text: str = WHOLE) -> Report:
    return import_ishowtts(read_ishowtts(server_project(folder, text)), library)


def about(notes: tuple[str, ...], word: str) -> str:
    (note,) = [note for note in notes if word in note]
    return note


def test_a_whole_file_becomes_voices_settings_and_a_report(
    tmp_path: Path, library: VoiceLibrary
) -> None:
    report = taken_over(tmp_path, library)
    # THEN the voices are in the library, with their recordings
    host, mei = library.voices()
    assert {host.name, mei.name} == {"host", "mei"}
    assert (host.language, host.preload, mei.language, mei.preload) == (
        "en-US",
        True,
        "zh-CN",
        False,
    )
    assert host.text == "Good evening everybody, and welcome to the stream."
    assert mei.text == "大家晚上好，欢迎来到直播间。"
    assert host.source == str(tmp_path / "data/voices/host.wav")
    assert (host.span, host.engine) == (None, "f5")
    for voice, file in ((host, "host.wav"), (mei, "mei.flac")):
        kept = library.recording(voice.id)
        given = read_recording(tmp_path / "data/voices" / file)
        assert kept.rate == given.rate
        np.testing.assert_allclose(kept.samples, given.samples, atol=1 / 32_768)
    # and the settings are what the configuration takes
    assert report.settings == {
        "engine": "f5",
        "voice": mei.id,
        "nfe": 8,
        "seed": 42,
        "speed": 1.1,
        "device": "cuda",
        "checkpoint": str(tmp_path / "checkpoints/model_900.safetensors"),
    }
    assert SpeechConfig.model_validate(report.settings).steps == 8
    # and every line of the file is told about
    assert "5, 6, 7, 10, 12, 16" in about(report.changed, "f5.default_nfe_step = 8")
    assert about(report.changed, '"zh_CN"').endswith('is written "zh-CN" here.')
    assert about(report.taken, "seed = 42")
    assert about(report.taken, "vocab.txt")
    assert about(report.taken, 'default_voice = "mei"')
    assert f'HF_HUB_CACHE="{tmp_path / "data/cache/huggingface"}"' in about(
        report.left, "hf_cache_dir"
    )
    assert "twitch://a_channel" in about(report.left, "channels")
    for word in ("bind_addr", "api:", "python_package_path", "engine_label", "index_tts"):
        assert about(report.left, word)
    # but no secret is
    assert "verysecret" not in report.as_text()
    assert "somebody" not in report.as_text()


def test_the_report_can_be_read_and_be_parsed(tmp_path: Path, library: VoiceLibrary) -> None:
    report = taken_over(tmp_path, library)
    text = report.as_text()
    assert [line for line in text.splitlines() if not line.startswith("  ")] == [
        "Taken:",
        "Changed:",
        "Left:",
        "To be looked at:",
    ]
    told = json.loads(json.dumps(report.as_json()))
    assert told["added"] == [voice.id for voice in report.added]
    assert told["settings"] == dict(report.settings)
    assert sum(len(told[kind]) for kind in ("taken", "changed", "left", "findings")) + 4 == len(
        text.splitlines()
    )


def test_imported_twice_there_are_no_twins(tmp_path: Path, library: VoiceLibrary) -> None:
    first = taken_over(tmp_path, library)
    again = taken_over(tmp_path, library)
    assert len(library.voices()) == 2
    assert (again.added, again.known) == ((), first.added)
    assert again.settings == first.settings
    assert "in the library already" in about(again.left, 'as "host"')


def test_a_voice_that_was_renamed_here_is_known_all_the_same(
    tmp_path: Path, library: VoiceLibrary
) -> None:
    first = taken_over(tmp_path, library)
    library.rename(first.added[0].id, "The host of the evening")
    again = taken_over(tmp_path, library)
    assert again.added == ()
    assert 'voice "host"' in about(again.left, 'as "The host of the evening"')


@pytest.mark.parametrize("other", ["text", "recording"])
def test_another_text_or_recording_is_another_voice_beside_the_first(
    tmp_path: Path, library: VoiceLibrary, other: str
) -> None:
    taken_over(tmp_path, library)
    path = server_project(tmp_path, WHOLE.replace("Good evening", "Good day" * (other == "text")))
    if other == "recording":
        path.write_text(WHOLE, encoding="utf-8")
        soundfile.write(tmp_path / "data/voices/host.wav", tone(4.0, 221.0), 24_000)
    again = import_ishowtts(read_ishowtts(path), library)
    (added,) = again.added
    assert added.name == "host"
    assert len({voice.id for voice in library.voices()}) == 3
    assert "another voice of that name" in about(again.changed, 'voice "host"')


def test_a_voice_with_the_recording_and_text_of_another_is_that_one(
    tmp_path: Path, library: VoiceLibrary
) -> None:
    text = 'default_voice = "b"\n[f5]\n' + "".join(VOICE.format(id=i, text="Hello.") for i in "ab")
    report = taken_over(tmp_path, library, text)
    (added,) = report.added
    assert report.known == report.added
    assert report.settings["voice"] == added.id


def test_of_two_voices_with_one_id_the_last_counts_as_on_the_server(
    tmp_path: Path, library: VoiceLibrary
) -> None:
    text = "[f5]\n" + VOICE.format(id="a", text="One.") + VOICE.format(id="a", text="Two.")
    report = taken_over(tmp_path, library, text)
    assert [voice.text for voice in library.voices()] == ["Two."]
    assert "twice" in about(report.left, 'voice "a"')


def test_a_default_voice_below_the_tables_is_understood(
    tmp_path: Path, library: VoiceLibrary
) -> None:
    # GIVEN the key where it was put by people who read the server's README
    one = VOICE.format(id="a", text="One.")
    text = "[f5]\n" + one + VOICE.format(id="b", text="Two.") + 'default_voice = "b"\n'
    report = taken_over(tmp_path, library, text)
    assert library.get(str(report.settings["voice"])).name == "b"


@pytest.mark.parametrize("line", ["", 'default_voice = "gone"\n', "default_voice = 3\n"])
def test_without_a_default_voice_that_is_there_the_first_one_speaks(
    tmp_path: Path, library: VoiceLibrary, line: str
) -> None:
    report = taken_over(tmp_path, library, f"{line}[f5]\n" + VOICE.format(id="a", text="One."))
    assert report.settings["voice"] == report.added[0].id
    assert about(report.changed, "default_voice").endswith('"a" speaks.')


def test_a_file_without_voices_does_not_change_who_speaks(
    tmp_path: Path, library: VoiceLibrary
) -> None:
    report = taken_over(tmp_path, library, "[f5]\ndefault_nfe_step = 16\n")
    assert report.settings == {"nfe": 16}
    assert report.taken == ("f5.default_nfe_step = 16",)


def test_a_long_reference_stays_whole_and_is_found_to_be_too_long(
    tmp_path: Path, library: VoiceLibrary
) -> None:
    text = "[f5]\n" + VOICE.format(id="a", text="One two three four five six seven eight.")
    path = server_project(tmp_path, text)
    soundfile.write(tmp_path / "data/voices/host.wav", tone(15.0), 24_000)
    report = import_ishowtts(read_ishowtts(path), library)
    (voice,) = library.voices()
    assert voice.span is None
    assert library.recording(voice.id).seconds == 15.0
    assert "15.0 s" in about(report.taken, 'voice "a"')
    assert "Choose 3 to 8 seconds" in about(report.findings, "15.0 s long")


def test_of_an_endless_recording_the_beginning_is_kept_and_that_is_told(
    tmp_path: Path, library: VoiceLibrary
) -> None:
    path = server_project(tmp_path, "[f5]\n" + VOICE.format(id="a", text="One."))
    soundfile.write(tmp_path / "data/voices/host.wav", tone(301.0, rate=4_000), 4_000)
    report = import_ishowtts(read_ishowtts(path), library)
    assert library.recording(report.added[0].id).seconds == 300.0
    assert "only the beginning" in about(report.changed, 'voice "a"')


def test_a_broken_voice_is_nobodys_twin(tmp_path: Path, library: VoiceLibrary) -> None:
    text = "[f5]\n" + VOICE.format(id="a", text="One.")
    (broken,) = taken_over(tmp_path, library, text).added
    (tmp_path / "library" / broken.id / "reference.wav").write_bytes(b"RIFF")
    again = taken_over(tmp_path, library, text)
    assert [voice.name for voice in again.added] == ["a"]


def test_one_bad_voice_does_not_stop_the_others(tmp_path: Path, library: VoiceLibrary) -> None:
    text = "[f5]\n" + "".join(VOICE.format(id=i, text=f"Text {i}.") for i in "abc")
    path = server_project(tmp_path, text)
    bad = tmp_path / "data/voices/bad.wav"
    bad.write_bytes(b"RIFF, but not really")
    path.write_text(text.replace("host.wav", "bad.wav", 2).replace("bad.wav", "host.wav", 1))
    report = import_ishowtts(read_ishowtts(path), library)
    assert [voice.name for voice in report.added] == ["a", "c"]
    assert str(bad) in about(report.left, 'voice "b"')


def test_a_recording_that_is_gone_since_the_file_was_read_is_told(
    tmp_path: Path, library: VoiceLibrary
) -> None:
    found = read_ishowtts(server_project(tmp_path))
    (tmp_path / "data/voices/host.wav").unlink()
    report = import_ishowtts(found, library)
    assert [voice.name for voice in report.added] == ["mei"]
    assert "doesn't exist" in about(report.left, "host.wav")


def test_a_library_that_can_not_be_written_is_told_for_each_voice(tmp_path: Path) -> None:
    # GIVEN a file where the library's folder should be
    place = tmp_path / "library"
    place.write_text("in the way", encoding="utf-8")
    report = taken_over(tmp_path, VoiceLibrary(place))
    assert report.added == ()
    assert "voice" not in report.settings
    assert "engine" not in report.settings
    assert len([note for note in report.left if note.startswith('voice "')]) == 3


def test_what_the_web_page_of_the_server_changed_is_pointed_at(
    tmp_path: Path, library: VoiceLibrary
) -> None:
    overrides = tmp_path / "data/voices/overrides/overrides.json"
    overrides.parent.mkdir(parents=True)
    overrides.write_text("{}", encoding="utf-8")
    assert str(overrides) in about(taken_over(tmp_path, library).left, "web page changed")
