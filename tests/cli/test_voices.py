"""``voices``: a voice is made, looked at, changed, sent away and taken back, by command lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import tomlkit

from ishowtts_desktop.cli.main import run
from ishowtts_desktop.core.audio import AudioChunk
from ishowtts_desktop.engines import make_embedded
from ishowtts_desktop.starters import STARTERS, spoken
from ishowtts_desktop.voices.recordings import write_recording

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Say = Callable[..., str]

TEXT = STARTERS[0].text


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recordings") / "evening.wav"
    write_recording(path, spoken(STARTERS[0], make_embedded))
    return path


@pytest.fixture
def voices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Say:
    """What runs one command line, in a home of its own, and returns what it printed."""
    monkeypatch.setenv("ISHOWTTS_HOME", str(tmp_path / "home"))

    def say(*arguments: str, code: int = 0) -> str:
        capsys.readouterr()
        assert run(["voices", *arguments]) == code
        printed = capsys.readouterr()
        return printed.err if code else printed.out

    return say


def listed(voices: Say) -> dict[str, dict[str, Any]]:
    told = json.loads(voices("list", "--json"))["voices"]
    return {voice["id"]: voice for voice in told}


def added(voices: Say, recording: Path, *more: str, name: str = "Evening") -> str:
    arguments = ["add", str(recording), "--name", name, "--text", TEXT, "--consent", *more]
    return voices(*arguments).split()[0]


def test_a_good_recording_becomes_a_voice_that_is_listed(voices: Say, recording: Path) -> None:
    told = json.loads(voices("check", str(recording), "--text", TEXT, "--json"))
    assert told["findings"] == []
    assert added(voices, recording, "--speed", "1.1", "--preload") == "evening"
    voice = listed(voices)["evening"]
    assert (voice["name"], voice["language"], voice["engine"]) == ("Evening", "en", "f5")
    assert (voice["text"], voice["speed"], voice["preload"]) == (TEXT, 1.1, True)
    assert -40 < voice["loudness"] < -5
    assert voice["source"] == recording.name
    assert "evening" in voices("list")


def test_what_is_wrong_with_a_recording_is_told_in_words(voices: Say, recording: Path) -> None:
    told = json.loads(voices("check", str(recording), "--text", TEXT * 5, "--json"))
    assert [finding["code"] for finding in told["findings"]] == ["text_too_long"]
    assert all(finding["message"] and finding["advice"] for finding in told["findings"])
    plain = voices("check", str(recording), "--text", TEXT * 5)
    assert told["findings"][0]["message"] in plain
    assert "Nothing is wrong" in voices("check", str(recording), "--text", TEXT)


def test_a_part_of_the_recording_may_be_chosen(voices: Say, recording: Path) -> None:
    voice = added(voices, recording, "--from", "0.5", "--to", "3")
    assert listed(voices)[voice]["span"] == {"start": 0.5, "end": 3.0}
    with pytest.raises(SystemExit, match="2"):
        added(voices, recording, "--from", "3", "--to", "300")
    with pytest.raises(SystemExit, match="2"):
        added(voices, recording, "--from", "-1")


def test_nobody_is_cloned_without_consent_or_text(voices: Say, recording: Path) -> None:
    for wrong in (["--text", TEXT], ["--text", " ", "--consent"], ["--consent"]):
        with pytest.raises(SystemExit, match="2"):
            voices("add", str(recording), "--name", "Evening", *wrong)
    arguments = ["add", str(recording), "--consent", "--text", TEXT, "--name", "x" * 99]
    assert voices(*arguments, code=1).count("\n") == 1
    assert "evening" not in listed(voices)


@pytest.mark.parametrize("file", ["/there/is/none.wav", "/dev/null", "/etc"])
def test_what_is_no_recording_is_one_clear_line(voices: Say, file: str) -> None:
    assert voices("check", file, "--text", TEXT, code=1).count("\n") == 1


def test_a_voice_is_renamed_copied_removed_and_brought_back(voices: Say, recording: Path) -> None:
    voice = added(voices, recording)
    voices("rename", voice, "Abend")
    copy = voices("duplicate", voice).strip()
    assert {listed(voices)[name]["name"] for name in (voice, copy)} == {"Abend", "Abend (2)"}
    token = voices("remove", voice).split("restore ")[1].split("`")[0]
    voices("remove", copy)
    assert not {voice, copy} & set(listed(voices))
    assert voices("restore").strip() == copy
    assert voices("restore", token).strip() == voice
    assert voices("restore", code=1).startswith("ishowtts-desktop: No voice was removed.")


def test_what_nobody_could_speak_with_is_refused_with_the_best_part(
    voices: Say, tmp_path: Path
) -> None:
    said = spoken(STARTERS[0], make_embedded)
    silence, long = tmp_path / "silence.wav", tmp_path / "long.wav"
    write_recording(silence, AudioChunk(np.zeros(64_000, np.float32), 16_000))
    write_recording(long, AudioChunk(np.tile(said.samples, 5), said.rate))
    how = ["--name", "Long", "--text", TEXT, "--consent"]
    assert "nothing to hear" in voices("add", str(silence), *how, code=1)
    assert "--from" in voices("add", str(long), *how, code=1)
    assert voices("add", str(long), *how, "--to", "0.3", code=1).count("\n") == 1
    assert "long" not in listed(voices)


def test_every_change_can_be_told_to_a_program(
    voices: Say, recording: Path, tmp_path: Path
) -> None:
    voice = json.loads(voices("duplicate", added(voices, recording), "--json"))["id"]
    out = tmp_path / "x.ishowvoice"
    assert json.loads(voices("export", voice, str(out), "--json")) == {"out": str(out)}
    token = json.loads(voices("remove", voice, "--json"))["token"]
    assert json.loads(voices("restore", token, "--json")) == {"id": voice}
    assert json.loads(voices("import", str(out), "--json"))["id"].startswith("evening")


def test_a_broken_configuration_stays_where_its_owner_can_mend_it(
    voices: Say, tmp_path: Path
) -> None:
    config, server = tmp_path / "home" / "config.toml", tmp_path / "ishowtts.toml"
    config.parent.mkdir()
    config.write_text("[speech\n", encoding="utf-8")
    server.write_text("[f5]\ndefault_nfe_step = 12\n", encoding="utf-8")
    assert "can't be understood" in voices("import-ishowtts", str(server), code=1)
    assert [path.name for path in config.parent.glob("config*")] == ["config.toml"]


def test_a_voice_travels_in_one_file(voices: Say, recording: Path, tmp_path: Path) -> None:
    voice = added(voices, recording)
    before = listed(voices)[voice]
    file = tmp_path / "evening.ishowvoice"
    voices("export", voice, str(file))
    voices("remove", voice)
    again = voices("import", str(file)).strip()
    assert {**listed(voices)[again], "id": voice} == before
    assert voices("import", str(recording), code=1).count("\n") == 1


@pytest.mark.parametrize("name", ["../evening", "/etc", "a/b", "CON", "", ".", "nobody"])
@pytest.mark.parametrize("verb", ["remove", "duplicate"])
def test_an_id_that_is_none_reaches_no_file(voices: Say, verb: str, name: str) -> None:
    assert voices(verb, name, code=1).count("\n") == 1


def test_a_server_projects_voices_and_settings_are_taken_over(
    voices: Say, recording: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ishowtts.toml"
    settings = {
        "default_nfe_step": 12,
        "voices": [
            {
                "id": "walter",
                "reference_audio": str(recording),
                "reference_text": TEXT,
                "language": "en",
                "preload": True,
            }
        ],
    }
    file.write_text(tomlkit.dumps({"f5": settings}), encoding="utf-8")
    report = voices("import-ishowtts", str(file))
    assert "walter" in report
    assert "agreed to be cloned" in report
    assert listed(voices)["walter"]["preload"] is True
    config = tomlkit.parse((tmp_path / "home" / "config.toml").read_text("utf-8")).unwrap()
    assert config["speech"]["nfe"] == 12
    # WHEN it is done again THEN there are no twins
    json.loads(voices("import-ishowtts", str(file), "--json"))
    assert [name for name in listed(voices) if name.startswith("walter")] == ["walter"]


def test_of_a_very_long_recording_the_beginning_is_read_and_that_is_said(
    voices: Say, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "long.wav"
    write_recording(file, AudioChunk(np.zeros(8_000 * 301, np.float32), 8_000))
    assert run(["voices", "check", str(file)]) == 0
    assert "Only the first 300 s" in capsys.readouterr().err
