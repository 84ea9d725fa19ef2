"""What viewers chose, from run to run."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ishowtts_desktop.reading.chosen_voices import ChosenVoices
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.core.errors import VoiceError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "chosen-voices.json"


def test_choices_come_back_in_the_next_run(path: Path) -> None:
    voices = ChosenVoices(path)
    assert voices.problem is None
    voices.choose("twitch:id:1", "ann")
    voices.choose("观众:\ud800", "本")
    voices.choose("twitch:id:2", "ann")
    voices.forget("twitch:id:2")
    voices.save()
    again = ChosenVoices(path)
    assert [again.voice_of(a) for a in ("twitch:id:1", "观众:\ud800", "twitch:id:2")] == [
        "ann",
        "本",
        "",
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_written_without_a_change(path: Path) -> None:
    voices = ChosenVoices(path)
    voices.forget("a")
    voices.save()
    assert not path.exists()
    voices.choose("a", "x")
    voices.save()
    path.unlink()
    voices.choose("a", "x")
    voices.save()
    assert not path.exists()


def test_the_last_who_chose_or_spoke_are_kept(path: Path) -> None:
    voices = ChosenVoices(path, limit=2)
    voices.choose("a", "x")
    voices.choose("b", "x")
    assert voices.voice_of("a") == "x"
    voices.choose("c", "x")
    voices.choose("d" * 501, "x")
    voices.choose("", "x")
    voices.choose("e", "")
    assert [name for name in ("a", "b", "c") if voices.voice_of(name)] == ["a", "c"]
    assert len(voices) == 2
    voices.save()
    # AND a file of more is cut to the last ones
    path.write_text(json.dumps({str(n): "x" for n in range(9)}), encoding="utf-8")
    assert [n for n in range(9) if ChosenVoices(path, limit=2).voice_of(str(n))] == [7, 8]


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"[1]", b"\xff", b'"x"', b"[" * 100_000, b" " * (5 << 20)]
)
def test_a_broken_file_is_set_aside_and_told(path: Path, broken: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(broken)
    voices = ChosenVoices(path)
    assert voices.problem is not None
    assert voices.problem.advice
    assert path.with_name("chosen-voices.json.broken").read_bytes() == broken
    voices.choose("a", "x")
    voices.save()
    assert voices.problem is None
    assert ChosenVoices(path).voice_of("a") == "x"


def test_what_is_no_choice_in_a_good_file_is_skipped(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"a": "x", "b": 3, "c": null, "": "x", "d": ""}', encoding="utf-8")
    voices = ChosenVoices(path)
    assert voices.problem is None
    assert len(voices) == 1


def test_a_disk_that_takes_nothing_is_told_and_tried_again(path: Path) -> None:
    path.parent.write_text("a file where the folder should be", encoding="utf-8")
    voices = ChosenVoices(path)
    voices.choose("a", "x")
    voices.save()
    assert voices.problem is not None
    assert voices.voice_of("a") == "x"
    path.parent.unlink()
    voices.save()
    assert voices.problem is None
    assert ChosenVoices(path).voice_of("a") == "x"


def test_who_watches_is_told_once_of_each_trouble_and_when_it_is_over(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    voices = ChosenVoices(path)
    path.parent.write_text("a file where the folder should be", encoding="utf-8")
    told: list[VoiceError | None] = []

    def fail(_: object) -> None:
        raise RuntimeError("a window fell over")

    voices.watch_problem(told.append)
    voices.watch_problem(fail)
    voices.choose("a", "x")
    voices.save()
    voices.save()
    assert [str(each) for each in told] == [str(voices.problem)]
    path.parent.unlink()
    voices.save()
    assert told[1:] == [None]
    assert "a watcher of the chosen voices failed" in caplog.text


def test_who_watches_late_is_told_what_is_wrong_already(path: Path) -> None:
    path.mkdir(parents=True)
    told: list[VoiceError | None] = []
    voices = ChosenVoices(path)
    voices.watch_problem(told.append)
    assert told == [voices.problem]
    assert told[0] is not None


def test_a_file_that_cannot_be_read_or_moved_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    problem = ChosenVoices(path).problem
    assert problem is not None
    assert "can't be read" in problem.message
    # AND a broken one, with something in the way
    path.rmdir()
    path.write_bytes(b"{")
    path.with_name("chosen-voices.json.broken").mkdir()
    problem = ChosenVoices(path).problem
    assert problem is not None
    assert "can't be moved" in problem.advice
    assert path.read_bytes() == b"{"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=40) | st.text(max_size=20).map(json.dumps).map(str.encode))
def test_any_bytes_are_a_file_or_a_problem(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    assert ChosenVoices(path).problem or path.read_bytes() == data


def test_a_choice_is_on_the_disk_soon_and_all_of_them_at_the_end(path: Path) -> None:
    voices = ChosenVoices(path)
    voices.save_soon()
    assert not path.exists()
    voices.choose("twitch:id:1", "ann")
    voices.save_soon()
    wait_until(path.exists)
    for number in range(20):
        voices.choose("twitch:id:1", f"voice{number}")
        voices.save_soon()
    voices.close()
    assert ChosenVoices(path).voice_of("twitch:id:1") == "voice19"
