"""``rules``: written into a file and taken over in another home."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.cli.main import run
from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.config_file import ConfigFile

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.core.config import Config

OTHERS = """\
# theirs
[rules]
shortest = 4
wisdom = 1
[words.nicknames]
bob = "Bobby"
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("ISHOWTTS_HOME", str(folder))
    return folder


def config_in(home: Path) -> Config:
    config, problem = ConfigFile(home / "config.toml", SystemClock()).load()
    assert problem is None
    return config


def test_rules_travel_from_one_home_to_another(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "rules.toml"
    home.joinpath("config.toml").write_text(
        "[rules]\nblocked_words = ['剧透']\n[private]\nwords = ['Maple']\n", encoding="utf-8"
    )
    assert run(["rules", "export", str(book)]) == 0
    assert capsys.readouterr().out.strip() == str(book)
    assert b"Maple" not in book.read_bytes()

    other = tmp_path / "other"
    monkeypatch.setenv("ISHOWTTS_HOME", str(other))
    assert run(["rules", "import", str(book), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "changed": ["rules.blocked_words"],
        "skipped": [],
    }
    assert config_in(other).rules.blocked_words == ["剧透"]
    assert run(["rules", "import", str(book)]) == 0
    assert capsys.readouterr().out == "Nothing changed.\n"


def test_a_file_made_by_hand_changes_what_it_says_and_skips_what_nobody_knows(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.joinpath("config.toml").write_text("# mine\n[rules]\nlongest = 9\n", encoding="utf-8")
    (tmp_path / "theirs.toml").write_text(OTHERS, encoding="utf-8")
    assert run(["rules", "import", str(tmp_path / "theirs.toml")]) == 0
    printed = capsys.readouterr()
    assert printed.out == "Changed: rules.shortest, words.nicknames\n"
    assert printed.err == "Not known here, skipped: rules.wisdom\n"
    config = config_in(home)
    assert (config.rules.shortest, config.rules.longest) == (4, 9)
    assert config.words.nicknames == {"bob": "Bobby"}
    assert home.joinpath("config.toml").read_text(encoding="utf-8").startswith("# mine\n")


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"[rules]\nshortest = -1\n", "(line 2)"), (b"\x00", "understood"), (None, "can't be read")],
)
def test_a_broken_file_changes_nothing(
    home: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes | None,
    told: str,
) -> None:
    if content is not None:
        (tmp_path / "x.toml").write_bytes(content)
    assert run(["rules", "import", str(tmp_path / "x.toml")]) == 1
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert not home.joinpath("config.toml").exists()


def test_a_configuration_that_is_broken_stays_where_it_is(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.joinpath("config.toml").write_text("[rules", encoding="utf-8")
    assert run(["rules", "export", str(tmp_path / "x.toml")]) == 1
    assert "can't be understood" in capsys.readouterr().err
    assert home.joinpath("config.toml").read_text(encoding="utf-8") == "[rules"


def test_a_file_that_is_there_is_written_over_only_when_asked(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "there.toml"
    there.write_text("precious", encoding="utf-8")
    assert run(["rules", "export", str(there)]) == 1
    assert "--force" in capsys.readouterr().err
    assert there.read_text(encoding="utf-8") == "precious"
    assert run(["rules", "export", str(there), "--force"]) == 0
    assert "[rules]" in there.read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["nowhere/x.toml", "home", "pipe"])
def test_a_place_that_takes_no_file_is_told(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert run(["rules", "export", str(tmp_path / place), "--force"]) == 1
    error = capsys.readouterr().err
    assert "can't be written" in error
    assert error.count("\n") == 1


def test_a_full_disk_leaves_no_empty_file(
    home: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(target: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ishowtts_desktop.core.files.replace_file", full)
    assert run(["rules", "export", str(tmp_path / "x.toml")]) == 1
    assert "No space left" in capsys.readouterr().err
    assert not tmp_path.joinpath("x.toml").exists()
