"""Which voices there are, asked under a lock and read from slow disks."""

from __future__ import annotations

import threading

import pytest

from ishowtts_desktop.reading import voice_names
from ishowtts_desktop.reading.voice_names import EVERY_SECONDS, VoiceNames
from ishowtts_desktop.voices.voice import Voice
from tests.support.clock import FakeClock
from tests.support.waiting import wait_until


class Disk:
    """Voices that come and go; ``answers`` cleared makes it slow, ``fault`` breaks it."""

    def __init__(self) -> None:
        self.names = {"ann": "Ann"}
        self.answers = threading.Event()
        self.answers.set()
        self.fault: Exception | None = None
        self.read_by: list[threading.Thread] = []

    def read(self) -> list[Voice]:
        self.read_by.append(threading.current_thread())
        assert self.answers.wait(20)
        if self.fault is not None:
            raise self.fault
        return [Voice(id=each, name=name) for each, name in self.names.items()]


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def test_what_changed_on_the_disk_is_known_with_the_next_look(disk: Disk, clock: FakeClock) -> None:
    names = VoiceNames(disk.read, clock)
    assert names() == {"ann": "Ann"}
    disk.names = {"ben": "Ben"}
    clock.advance(EVERY_SECONDS)
    assert names() == {"ann": "Ann"}
    names.look()
    assert names() == {"ben": "Ben"}
    # AND in between the disk is left alone, and after the end
    clock.advance(EVERY_SECONDS / 2)
    names.look()
    names.close()
    clock.advance(EVERY_SECONDS)
    names.look()
    names.close()
    assert len(disk.read_by) == 2


def test_a_slow_disk_holds_nobody_up_and_is_read_by_one_thread_at_a_time(
    disk: Disk, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_names, "PATIENCE_SECONDS", 0.01)
    names = VoiceNames(disk.read, clock)
    # GIVEN a disk that doesn't answer, and another voice on it
    disk.answers.clear()
    disk.names["ben"] = "Ben"
    for _ in range(5):
        clock.advance(EVERY_SECONDS)
        # WHEN it is looked at THEN that doesn't last, and what was known is known
        names.look()
        assert names() == {"ann": "Ann"}
    assert len(disk.read_by) == 2
    assert disk.read_by[1] is not threading.current_thread()
    # AND what it tells in the end counts
    disk.answers.set()
    wait_until(lambda: names() == {"ann": "Ann", "ben": "Ben"})
    names.close()


def test_a_disk_that_breaks_leaves_the_voices_of_before(disk: Disk, clock: FakeClock) -> None:
    names = VoiceNames(disk.read, clock)
    disk.fault = OSError("no disk")
    clock.advance(EVERY_SECONDS)
    names.look()
    names.close()
    assert len(disk.read_by) == 2
    assert names() == {"ann": "Ann"}
    # AND a disk that is broken from the start is no voices
    assert VoiceNames(disk.read, clock)() == {}
