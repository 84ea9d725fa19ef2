"""One library, several users of it: threads, windows and commands at once."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.voices.change_lock import ChangeLock
from ishowtts_desktop.voices.folders import VoiceFolders
from ishowtts_desktop.voices.library import VoiceLibrary
from tests.support.voices import contents, number_in, take

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOLDER = """
import fcntl, sys
with open(sys.argv[1], "ab") as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.read()
"""


def all_at_once(*work: Callable[[], None]) -> None:
    """Run each in a thread of its own; fails with what one of them raised."""
    raised: list[BaseException] = []

    def run(task: Callable[[], None]) -> None:
        try:
            task()
        except BaseException as error:  # noqa: BLE001 - told below
            raised.append(error)

    threads = [threading.Thread(target=run, args=(task,)) for task in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert raised == []


def test_who_reads_while_another_writes_sees_each_voice_whole(tmp_path: Path) -> None:
    writer, reader = VoiceLibrary(tmp_path), VoiceLibrary(tmp_path)
    writer.add(*take(0, "x"))
    done = threading.Event()
    seen: set[int] = set()

    def write() -> None:
        try:
            for number in range(1, 50):
                writer.update(*take(number, "x", "x"))
        finally:
            done.set()

    def read() -> None:
        while not done.is_set():
            (voice,) = reader.voices()
            assert reader.problems == ()
            assert voice.name == "x"
            assert reader.get("x").id == "x"
            assert reader.revision("x")
            seen.add(number_in(*reader.both("x")))

    all_at_once(write, read, read)
    assert len(seen) > 5


def test_all_that_is_added_at_once_is_kept(tmp_path: Path) -> None:
    def add() -> None:
        library = VoiceLibrary(tmp_path)
        for number in range(8):
            library.add(*take(number, "same"))

    all_at_once(*[add] * 4)

    found = contents(VoiceLibrary(tmp_path))
    assert len(found) == 32
    assert sorted(number for _, number in found.values()) == sorted([*range(8)] * 4)  # type: ignore[type-var]


def test_one_library_serves_several_threads(tmp_path: Path) -> None:
    library = VoiceLibrary(tmp_path)

    def change() -> None:
        for number in range(8):
            voice = library.add(*take(number, "same"))
            library.rename(voice.id, "other")
            library.restore(library.remove(voice.id))

    all_at_once(*[change] * 3)
    assert len(contents(library)) == 24


def test_a_change_waits_for_the_one_of_another_program(tmp_path: Path) -> None:
    library = VoiceLibrary(tmp_path)
    library.add(*take(0))
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / ".lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        adding = threading.Thread(target=library.add, args=take(1))
        adding.start()
        # Reading needs no lock.
        assert len(library.voices()) == 1
        adding.join(0.1)
        assert adding.is_alive()

        process.stdin.close()
        adding.join(10)
    assert len(contents(library)) == 2


def test_waiting_for_a_program_that_does_not_get_done_ends_in_a_typed_error(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with ChangeLock(path).held():
        for lock in (ChangeLock(path, patience=0.1), ChangeLock(path, patience=0.0)):
            began = time.monotonic()
            with pytest.raises(VoiceError, match="Another program"), lock.held():
                pass
            assert time.monotonic() - began < 5
    with lock.held():
        pass


def test_threads_that_share_a_lock_wait_no_longer_than_others(tmp_path: Path) -> None:
    lock = ChangeLock(tmp_path / "lock", patience=0.1)
    with lock.held(), pytest.raises(VoiceError, match="Another program"), lock.held():
        pass


def test_a_voice_on_its_way_to_its_place_is_there_all_the_time(tmp_path: Path) -> None:
    # GIVEN a swap that stopped where the old voice is gone and the new one not yet in its place
    library = VoiceLibrary(tmp_path)
    library.add(*take(1, "x"))
    (tmp_path / "x").rename(tmp_path / ".x.new")
    (tmp_path / ".part-old").mkdir()

    assert contents(library) == {"x": ["x", 1]}
    assert library.revision("x")

    # WHEN anything is changed, that one is finished first
    library.add(*take(2, "y"))
    assert {path.name for path in tmp_path.iterdir()} == {".lock", "x", "y"}
    assert contents(library) == {"x": ["x", 1], "y": ["y", 2]}


def test_a_voice_that_waits_for_another_to_go_is_listed_once(tmp_path: Path) -> None:
    library = VoiceLibrary(tmp_path)
    library.add(*take(1, "x"))
    library.add(*take(2, "y"))
    (tmp_path / "y").rename(tmp_path / ".x.new")

    assert contents(library) == {"x": ["x", 1]}
    assert library.open() == ()
    assert contents(library) == {"x": ["y", 2]}
    assert {path.name for path in tmp_path.iterdir()} == {".lock", "x"}


def test_what_can_not_be_finished_is_told_and_the_other_voices_can_be_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = VoiceLibrary(tmp_path)
    for number, name in enumerate(("x", "y", "z")):
        library.add(*take(number, name))
    (tmp_path / "y").rename(tmp_path / ".x.new")
    (tmp_path / ".part-old").mkdir()
    rename = type(tmp_path).rename

    def refused(source: Path, target: Path) -> Path:
        if source.name == "x":
            raise PermissionError(13, "Permission denied", str(source))
        return rename(source, target)

    monkeypatch.setattr(type(tmp_path), "rename", refused)
    (problem,) = library.open()
    assert (problem.id, problem.advice[:4]) == ("x", "Look")
    assert "Permission denied" in problem.message
    library.update(*take(5, "z", "z"))
    with pytest.raises(VoiceError, match="Permission denied"):
        library.update(*take(5, "x", "x"))
    assert contents(library) == {"x": ["x", 0], "z": ["z", 5]}
    # What may be somebody's only copy stays until all is finished.
    assert (tmp_path / ".part-old").exists()

    monkeypatch.undo()
    assert library.open() == ()
    assert contents(library) == {"x": ["y", 1], "z": ["z", 5]}


def test_a_folder_that_changes_while_it_is_listed_is_listed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = VoiceLibrary(tmp_path / "voices")
    library.add(*take(1, "x"))
    scandir, empty = os.scandir, tmp_path / "empty"
    empty.mkdir()
    looks: list[Path] = []

    def changing(path: Path) -> Any:
        looks.append(path)
        if len(looks) > 1:
            return scandir(path)
        # The first look comes while the voice is nowhere.
        os.utime(path, ns=(0, 0))
        return scandir(empty)

    monkeypatch.setattr("os.scandir", changing)
    assert [voice.id for voice in library.voices()] == ["x"]


def test_a_voice_that_goes_while_the_others_are_listed_is_no_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = VoiceLibrary(tmp_path)
    library.add(*take(1, "x"))
    monkeypatch.setattr(VoiceFolders, "names", lambda _: {"x", "gone"})
    assert contents(library) == {"x": ["x", 1]}


@pytest.mark.parametrize(("number", "works"), [(errno.ENOLCK, True), (errno.EIO, False)])
def test_a_file_system_without_locks_serves_and_a_broken_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, works: bool
) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", refused)
    library = VoiceLibrary(tmp_path)
    if works:
        library.add(*take(1, "x"))
    else:
        with pytest.raises(VoiceError, match="Input/output error"):
            library.add(*take(1, "x"))
    assert len(library.voices()) == works
