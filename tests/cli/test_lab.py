"""``lab`` from the command line: the table, the figures for scripts, the picture."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path


def test_an_evening_is_two_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lab", "evenings", "--evening", "quiet", "--rtf", "0.9"]) == 0
    shown = capsys.readouterr()
    for table in shown.out.split("\n\n"):
        assert [row.split("|")[2].strip() for row in table.splitlines()] == [
            "queue",
            "-" * 20,
            "freshness",
            "fifo",
            "fifo, 60 s to live",
        ]
    assert shown.err == "quiet: 10 messages a minute ...\n"


def test_scripts_get_figures_and_a_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "ages.svg"
    arguments = ["--evening", "quiet", "--seed", "5", "--json", "--plot", str(picture)]
    assert run(["lab", "evenings", *arguments]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["seed"] == 5
    ours = found["evenings"][0]
    assert (ours["evening"], ours["queue"], ours["paid_lost"]) == ("quiet", "freshness", 0)
    assert ET.parse(picture).getroot().tag.endswith("svg")


def test_a_picture_that_can_not_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "nowhere" / "ages.svg"
    assert run(["lab", "evenings", "--evening", "quiet", "--plot", str(missing)]) == 1
    assert "can't be written" in capsys.readouterr().err


@pytest.mark.parametrize("named", [[], ["--evening", "quiet", "--evening", "raid"]])
def test_a_picture_is_of_one_evening(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], named: list[str]
) -> None:
    picture = tmp_path / "ages.svg"
    with pytest.raises(SystemExit) as refused:
        run(["lab", "evenings", *named, "--plot", str(picture)])
    assert refused.value.code == 2
    assert "--plot draws one evening: name it with --evening" in capsys.readouterr().err
    assert not picture.exists()


@pytest.mark.parametrize("arguments", [["--evening", "party"], ["--seed", "-1"], ["--rtf", "1"]])
def test_what_is_no_argument_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        run(["lab", "evenings", *arguments])
    assert refused.value.code == 2
