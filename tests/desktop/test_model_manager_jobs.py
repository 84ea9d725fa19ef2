"""Downloads, checks and removals in processes of their own, which may do anything but hurt."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Any

import pytest

from ishowtts_desktop.desktop.model_manager.download import Download
from ishowtts_desktop.desktop.model_manager.jobs import ModelJobs
from ishowtts_desktop.desktop.model_manager.model_list import ModelList
from ishowtts_desktop.desktop.model_manager.process import ModelProcess
from ishowtts_desktop.desktop.model_manager.state import Stage, Wish
from tests.support.models import CHECKING, DONE, REFUSED, Scene, entry, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

MODEL, OTHER = "v1-base", "v0-base"
FETCHING = (CHECKING, progress(500_000_000), ["wait", "go"])


class Bench:
    """Jobs on a scene, and what they told."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.scene = Scene(folder, entry(MODEL), entry(OTHER))
        self.jobs = ModelJobs(self.scene.command)
        self.downloaded: list[tuple[str, str]] = []
        self.failed: list[str] = []
        self.sentences: list[str] = []
        self.jobs.downloaded.connect(lambda *told: self.downloaded.append(told))
        self.jobs.failed.connect(lambda name, _: self.failed.append(name))
        self.jobs.progress_changed.connect(self.sentences.append)
        self._qtbot = qtbot

    def lists(self, *models: dict[str, Any]) -> None:
        if models:
            self.scene.lists(*models)
        with self._qtbot.waitSignal(self.jobs.list.changed):
            self.jobs.list.refresh()

    def until(self, condition: Callable[[], Any]) -> None:
        self._qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    def stage(self, model: str = MODEL) -> Stage | None:
        job = self.jobs.job(model)
        return None if job is None else job.stage

    def state(self, model: str = MODEL) -> str:
        found = self.jobs.list.get(model)
        assert found is not None
        return found.state


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(qtbot, tmp_path)
    bench.lists()
    yield bench
    bench.jobs.close()


def test_a_download_tells_how_far_it_is_and_where_the_model_is(bench: Bench) -> None:
    whole = {"state": "complete", "folder": "/models/v1-base"}
    bench.scene.plays(f"download {MODEL}", *FETCHING, ["become", MODEL, whole], DONE)
    bench.jobs.download(MODEL)
    bench.until(lambda: bench.stage() is Stage.FETCHING)
    job = bench.jobs.job(MODEL)
    assert job is not None
    assert (job.bytes, job.total, job.seconds_left) == (500_000_000, 1_400_000_000, 73)
    bench.until(lambda: bench.sentences[-1:] == ["Downloading F5-TTS v1-base: 35 %"])
    bench.scene.goes_on()
    bench.until(lambda: bench.downloaded == [(MODEL, "/models/v1-base")])
    assert (bench.state(), bench.stage()) == ("complete", None)
    assert bench.scene.asked == [f"models download {MODEL} --accept-licence --json"]
    bench.until(lambda: bench.sentences[-1] == "")
    # AND the list is asked for anew, and agrees
    bench.until(lambda: bench.scene.listings == 2 and not bench.jobs.list.asking)
    assert bench.state() == "complete"


def test_downloads_wait_for_each_other(bench: Bench) -> None:
    bench.scene.plays(f"download {MODEL}", *FETCHING, *REFUSED)
    bench.scene.plays(f"download {OTHER}", CHECKING, ["wait", "other"], DONE)
    bench.jobs.download(MODEL)
    bench.jobs.download(OTHER)
    bench.jobs.download(MODEL)  # asked twice, done once
    bench.until(lambda: bench.stage() is Stage.FETCHING)
    assert bench.stage(OTHER) is Stage.QUEUED
    bench.scene.goes_on()
    bench.until(lambda: bench.stage(OTHER) is Stage.CHECKING)
    assert bench.failed == ["F5-TTS v1-base"]
    bench.scene.goes_on("other")
    bench.until(lambda: bench.downloaded)
    assert len(bench.scene.asked) == 2


def test_what_waits_can_be_cancelled_before_it_begins(bench: Bench) -> None:
    bench.scene.plays(f"download {MODEL}", *FETCHING)
    bench.jobs.download(MODEL)
    bench.jobs.download(OTHER)
    bench.jobs.cancel(OTHER)
    assert bench.stage(OTHER) is None
    assert bench.jobs.trouble(OTHER) is None
    bench.until(lambda: bench.stage() is Stage.FETCHING)


def test_cancelling_keeps_what_is_there_and_is_no_trouble(bench: Bench) -> None:
    bench.scene.plays(f"download {MODEL}", *FETCHING)
    bench.jobs.download(MODEL)
    bench.until(lambda: bench.stage() is Stage.FETCHING)
    bench.jobs.cancel(MODEL)
    assert bench.stage() is Stage.CANCELLING
    bench.until(lambda: bench.stage() is None)
    assert (bench.state(), bench.failed, bench.jobs.trouble(MODEL)) == ("partial", [], None)


def test_a_failure_is_told_in_its_own_words(bench: Bench) -> None:
    bench.scene.plays(f"download {MODEL}", CHECKING, *REFUSED)
    bench.jobs.download(MODEL)
    bench.until(lambda: bench.jobs.trouble(MODEL))
    trouble = bench.jobs.trouble(MODEL)
    assert trouble is not None
    assert (trouble.message, trouble.advice) == ("No network.", "Plug it in.")
    assert (trouble.again, bench.state()) == (Wish.DOWNLOAD, "absent")
    # WHEN it is tried again THEN that is forgotten
    bench.jobs.download(MODEL)
    assert bench.jobs.trouble(MODEL) is None


GARBAGE = ["raw", (b"\xff\x00 no json\n{\n[]\n" + b"x" * 3_000_000 + b"\n").hex()]


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([["die", signal.SIGKILL]], "ended from outside"),
        ([["die", signal.SIGSEGV]], "ended from outside"),
        ([["end", 0]], "without a word"),
        ([["end", 3]], "without a word"),
        ([GARBAGE, ["end", 1]], "without a word"),
        ([["complain", "MemoryError"], ["end", 1]], "failed: MemoryError"),
        (
            [["complain", "ishowtts-desktop: Full. Tidy up."], ["end", 1]],
            "Full. Tidy up.",
        ),
    ],
)
def test_an_end_without_a_word_is_told_all_the_same(
    bench: Bench, steps: list[Any], words: str
) -> None:
    bench.scene.plays(f"download {MODEL}", progress(5), *steps)
    bench.jobs.download(MODEL)
    bench.until(lambda: bench.jobs.trouble(MODEL))
    trouble = bench.jobs.trouble(MODEL)
    assert trouble is not None
    assert words in trouble.message
    assert bench.state() == "partial"


def test_garbage_between_the_lines_hurts_nothing(bench: Bench) -> None:
    bench.scene.plays(f"download {MODEL}", GARBAGE, CHECKING, GARBAGE, DONE, GARBAGE)
    bench.jobs.download(MODEL)
    bench.until(lambda: bench.downloaded)


def test_a_flood_of_news_is_told_twenty_times_a_second_at_most(bench: Bench) -> None:
    told: list[str] = []
    bench.jobs.changed.connect(told.append)
    bench.scene.plays(f"download {MODEL}", *(progress(n) for n in range(3000)), DONE)
    began = time.monotonic()
    bench.jobs.download(MODEL)
    bench.until(lambda: bench.downloaded)
    assert len(told) <= 20 * (time.monotonic() - began) + 2


def test_checking_the_files(bench: Bench) -> None:
    bench.lists(entry(MODEL, "complete"))
    whole = {"ok": True, "files": [{"path": "a", "ok": True, "expected": "1", "found": "1"}]}
    broken = {"ok": False, "files": [{"path": "b/c", "ok": False}, {"path": "d", "ok": True}]}
    bench.scene.plays(f"verify {MODEL}", ["say", whole])
    bench.jobs.verify(MODEL)
    assert bench.stage() is Stage.VERIFYING
    bench.until(lambda: bench.jobs.trouble(MODEL))
    assert bench.jobs.trouble(MODEL).calm  # type: ignore[union-attr]
    assert bench.failed == []
    bench.scene.plays(f"verify {MODEL}", ["say", broken], ["end", 1])
    bench.jobs.verify(MODEL)
    bench.until(lambda: bench.failed)
    assert bench.jobs.trouble(MODEL).message == "Not whole: b/c."  # type: ignore[union-attr]
    bench.jobs.dismiss(MODEL)
    assert bench.jobs.trouble(MODEL) is None


def test_checking_can_be_cancelled_and_can_fail(bench: Bench) -> None:
    bench.lists(entry(MODEL, "complete"))
    bench.scene.plays(f"verify {MODEL}", ["wait", "go"])
    bench.jobs.verify(MODEL)
    bench.until(lambda: bench.scene.asked)
    bench.jobs.cancel(MODEL)
    bench.until(lambda: bench.stage() is None)
    assert bench.jobs.trouble(MODEL) is None
    bench.scene.plays(f"verify {MODEL}", ["end", 2])
    bench.jobs.verify(MODEL)
    bench.until(lambda: bench.failed)
    assert bench.jobs.trouble(MODEL).again is Wish.VERIFY  # type: ignore[union-attr]


def test_removing_frees_the_room_and_cannot_be_stopped(bench: Bench) -> None:
    bench.lists(entry(MODEL, "complete"))
    steps = (["wait", "go"], ["become", MODEL, {"state": "absent", "folder": ""}])
    bench.scene.plays(f"remove {MODEL}", *steps, ["say", {"removed_bytes": 5}])
    bench.jobs.remove(MODEL)
    bench.jobs.cancel(MODEL)
    assert bench.stage() is Stage.REMOVING
    bench.scene.goes_on()
    bench.until(lambda: bench.stage() is None)
    assert bench.state() == "absent"
    bench.until(lambda: not bench.jobs.list.asking)
    assert bench.state() == "absent"


def test_a_removal_that_fails_leaves_the_model(bench: Bench) -> None:
    bench.lists(entry(MODEL, "complete"))
    said = "ishowtts-desktop: The disk is read-only. Ask for rights."
    bench.scene.plays(f"remove {MODEL}", ["complain", said], ["end", 1])
    bench.jobs.remove(MODEL)
    bench.until(lambda: bench.failed)
    assert bench.state() == "complete"
    assert bench.jobs.trouble(MODEL).again is Wish.REMOVE  # type: ignore[union-attr]


def test_nothing_is_done_with_an_unknown_model(bench: Bench) -> None:
    for wish in (bench.jobs.download, bench.jobs.verify, bench.jobs.remove, bench.jobs.cancel):
        wish("--help")
    assert bench.stage("--help") is None
    assert bench.scene.asked == []


def test_closing_ends_the_deaf_within_a_second(bench: Bench) -> None:
    bench.scene.plays(f"download {MODEL}", ["deaf"], *FETCHING)
    bench.scene.plays("before list", ["deaf"], ["wait", "go"])
    bench.jobs.download(MODEL)
    bench.until(lambda: bench.stage() is Stage.FETCHING)
    bench.jobs.list.refresh()
    began = time.monotonic()
    bench.jobs.close()
    assert time.monotonic() - began < 1.5
    assert all(not process.process_id for process in bench.jobs.findChildren(ModelProcess))
    assert (bench.failed, bench.downloaded) == ([], [])
    bench.jobs.download(OTHER)
    bench.jobs.list.refresh()
    assert bench.stage(OTHER) is None


def test_a_process_that_ignores_the_signal_is_killed(qtbot: QtBot, tmp_path: Path) -> None:
    scene = Scene(tmp_path, entry())
    scene.plays(f"verify {MODEL}", ["deaf"], ["raw", "0a"], ["wait", "go"])
    process = ModelProcess(scene.command, ("models", "verify", MODEL))
    with qtbot.waitSignal(process.told):
        process.start()
    with qtbot.waitSignal(process.ended) as ended:
        process.stop(50)
    assert ended.args[0].code is None
    assert ended.args[0].started


def test_more_than_anyone_needs_is_not_kept(qtbot: QtBot, tmp_path: Path) -> None:
    scene = Scene(tmp_path, entry())
    scene.plays(f"verify {MODEL}", *[["raw", (b"x" * 500_000).hex()]] * 4)
    process = ModelProcess(scene.command, ("models", "verify", MODEL))
    with qtbot.waitSignal(process.ended) as ended:
        process.start()
    assert (ended.args[0].code, ended.args[0].output) == (0, b"")


def test_a_program_that_is_not_there_is_told(qtbot: QtBot) -> None:
    models = ModelList(("/nowhere/ishowtts-desktop",))
    with qtbot.waitSignal(models.changed):
        models.refresh()
    assert models.problem is not None
    assert "didn't start" in models.problem.message


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([["complain", "ishowtts-desktop: No rights. Get some."], ["end", 1]], "No rights."),
        ([["raw", "ff00"]], "can't be understood"),
        ([["die", signal.SIGKILL]], "ended from outside"),
        ([["wait", "go"]], "took too long"),
    ],
)
def test_a_list_that_cannot_be_had_is_told_and_the_old_one_stays(
    qtbot: QtBot, tmp_path: Path, steps: list[Any], words: str
) -> None:
    scene = Scene(tmp_path, entry())
    models = ModelList(scene.command, patience_ms=800)
    with qtbot.waitSignal(models.changed):
        models.refresh()
    scene.plays("before list", *steps)
    with qtbot.waitSignal(models.changed):
        models.refresh()
    assert words in models.problem.message  # type: ignore[union-attr]
    assert [model.id for model in models.entries] == [MODEL]
    scene.plays("before list")
    with qtbot.waitSignal(models.changed):
        models.refresh()
    assert models.problem is None


def test_an_answer_older_than_the_question_is_not_shown(qtbot: QtBot, tmp_path: Path) -> None:
    scene = Scene(tmp_path, entry())
    scene.plays("before list", ["wait", "go"])
    models = ModelList(scene.command)
    models.refresh()
    models.refresh()
    scene.goes_on()
    with qtbot.waitSignal(models.changed):
        pass
    assert not models.asking
    assert (tmp_path / "asked").read_text().count("list") == 2


def test_silence_is_told_until_something_comes(qtbot: QtBot, tmp_path: Path) -> None:
    scene = Scene(tmp_path, entry())
    again = [progress(5), ["wait", "more"], progress(5), ["wait", "go"], progress(6)]
    scene.plays(f"download {MODEL}", *again, ["wait", "end"])
    download = Download(scene.command, MODEL, silence_ms=50)
    download.start()
    qtbot.waitUntil(lambda: download.job.bytes == 5 and download.job.silent)
    assert download.job.seconds_left is None
    # WHEN it is said once more that nothing comes THEN it is still silence
    with qtbot.waitSignal(download.changed):
        scene.goes_on("more")
    assert download.job.silent
    scene.goes_on()
    qtbot.waitUntil(lambda: download.job.bytes == 6)
    download.cancel()
    with qtbot.waitSignal(download.ended) as ended:
        pass
    assert ended.args == [None]
