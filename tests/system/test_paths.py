"""Where the user's files are."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop.system.paths import Paths

if TYPE_CHECKING:
    import pytest


def test_a_home_of_its_own_holds_everything(tmp_path: Path) -> None:
    paths = Paths.of_user({"ISHOWTTS_HOME": str(tmp_path)})

    assert paths == Paths.under(tmp_path)
    assert all(tmp_path in path.parents for path in astuple(paths))
    assert len(set(astuple(paths))) == 7
    assert list(tmp_path.iterdir()) == []


def test_the_platform_decides_otherwise(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "d"))

    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)

    for environment in ({}, {"ISHOWTTS_HOME": ""}):
        paths = Paths.of_user(environment)
        assert paths.config_file == tmp_path / "c" / "ishowtts-desktop" / "config.toml"
        assert paths.history_file == tmp_path / "d" / "ishowtts-desktop" / "history.sqlite"


def test_a_relative_home_becomes_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)

    assert Paths.of_user({"ISHOWTTS_HOME": "portable"}).logs == tmp_path / "portable" / "logs"
    assert Paths.of_user({"ISHOWTTS_HOME": "~/x"}).data == Path.home() / "x" / "data"
