"""Work off the GUI thread: only the newest of a kind counts, and every job ends."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from ishowtts_desktop.core.errors import IshowttsError, VoiceError
from ishowtts_desktop.desktop.voice_manager.busy_line import PATIENCE_MS, BusyLine
from ishowtts_desktop.desktop.voice_manager.work import VoiceWork

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[VoiceWork]:
    work = VoiceWork()
    yield work
    assert work.close()


def test_a_result_comes_back_on_the_gui_thread(work: VoiceWork, qtbot: QtBot) -> None:
    threads: list[int] = []
    told: list[tuple[str, int]] = []
    busy: list[tuple[str, bool]] = []
    work.busy_changed.connect(lambda kind, on: busy.append((kind, on)))

    def job() -> str:
        threads.append(threading.get_ident())
        return "done"

    work.run("a", job, lambda result: told.append((result, threading.get_ident())))
    assert work.busy("a")
    qtbot.waitUntil(lambda: told != [])
    assert told == [("done", threading.get_ident())]
    assert threads != [threading.get_ident()]
    assert busy == [("a", True), ("a", False)]


def test_only_the_newest_of_a_kind_counts_but_all_are_run(work: VoiceWork, qtbot: QtBot) -> None:
    let, told, ran = threading.Event(), [], []

    def slow() -> str:
        let.wait(10)
        ran.append("slow")
        return "slow"

    work.run("a", slow, told.append)
    work.run("a", lambda: "quick", told.append)
    work.run("b", lambda: "other", told.append)
    qtbot.waitUntil(lambda: len(told) == 2)
    let.set()
    qtbot.waitUntil(lambda: ran == ["slow"])
    work.run("c", lambda: "last", told.append)
    qtbot.waitUntil(lambda: "last" in told)
    assert sorted(told) == ["last", "other", "quick"]


def test_an_older_job_does_not_answer_for_the_newer_one(work: VoiceWork, qtbot: QtBot) -> None:
    old, new, ended, told = threading.Event(), threading.Event(), threading.Event(), []

    def slow() -> str:
        old.wait(10)
        ended.set()
        return "old"

    work.run("a", slow, told.append)
    work.run("a", lambda: new.wait(10) and "new", told.append)
    old.set()
    assert ended.wait(10)
    qtbot.wait(50)
    assert told == []
    new.set()
    qtbot.waitUntil(lambda: told == ["new"])


def test_what_is_forgotten_is_not_told(work: VoiceWork, qtbot: QtBot) -> None:
    told: list[str] = []
    work.run("a", lambda: "no", told.append)
    work.forget("a")
    assert not work.busy("a")
    work.run("b", lambda: "yes", told.append)
    qtbot.waitUntil(lambda: told == ["yes"])


def test_an_unexpected_fault_becomes_a_sentence(
    work: VoiceWork, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    problems: list[IshowttsError] = []

    def job() -> None:
        raise ZeroDivisionError("boom")

    work.run("a", job, lambda _: None, problems.append)
    qtbot.waitUntil(lambda: problems != [])
    assert isinstance(problems[0], VoiceError)
    assert "boom" in problems[0].message
    assert problems[0].advice
    assert "ZeroDivisionError" in caplog.text


def test_a_line_moves_while_something_takes_long(work: VoiceWork, qtbot: QtBot) -> None:
    line = BusyLine(work)
    qtbot.addWidget(line)
    let = threading.Event()
    # GIVEN work that nobody waits for THEN it stays hidden
    work.run("check", lambda: let.wait(10), lambda _: None)
    qtbot.wait(PATIENCE_MS * 2)
    assert line.isHidden()
    # WHEN something is opened that takes long
    work.run("open", lambda: let.wait(10), lambda _: None)
    assert line.isHidden()
    qtbot.waitUntil(lambda: not line.isHidden())
    let.set()
    qtbot.waitUntil(line.isHidden)


def test_closing_waits_for_what_is_under_way(qtbot: QtBot) -> None:
    work, ran = VoiceWork(), []
    begun = threading.Event()

    def job() -> None:
        begun.set()
        threading.Event().wait(0.2)
        ran.append("saved")

    work.run("save", job, lambda _: ran.append("told"))
    begun.wait(10)
    assert work.close()
    assert ran == ["saved"]
    work.run("save", lambda: ran.append("late"), lambda _: None)
    qtbot.wait(20)
    assert ran == ["saved"]
