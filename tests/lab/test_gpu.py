"""The GPU's benchmark: its course on a processor, its verdicts on figures made up for them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.lab import memory
from ishowtts_desktop.lab.ablation import AblationRow
from ishowtts_desktop.lab.against_stock import OWN_PRECISION, Row
from ishowtts_desktop.lab.gpu import Findings, Mark, Plan, Timed, measure, time_lines
from ishowtts_desktop.lab.gpu_report import check_folder, gpu_text, verdicts, write_report
from ishowtts_desktop.lab.lines import make_line, make_recording
from ishowtts_desktop.lab.memory import Growth, resident_bytes
from ishowtts_desktop.lab.sides import OurSide
from ishowtts_desktop.speech.f5.runtime import Runtime

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.lab.lines import Line
    from ishowtts_desktop.speech.engine import SpeechRequest
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
    from ishowtts_desktop.speech.f5.reference import Reference

SMALL = Plan(
    reference=0.6,
    marks=(0.3, 0.5),
    shortest=0.2,
    longest=0.6,
    distinct=3,
    utterances=4,
    pairs=1,
    sweep=(0.3,),
)


def mark(seconds: float, times: list[float], ratio: float) -> Mark:
    settings: dict[str, object] = {"nfe": 7, "precision": "FP16"}
    row = Row(OWN_PRECISION, ratio, 1.0, ratio, settings, settings, None, None)
    return Mark(seconds, tuple(times), (row,))


GOOD = Findings(
    marks=(mark(3.5, [0.014] * 99 + [0.5], 4.5), mark(10.0, [0.028] * 100, 2.5)),
    distinct=tuple(Timed(n / 10, 100 * n, 0.001 * n) for n in range(1, 11)),
    unrecorded=0,
    recompiles=0,
    kernels_per_step=250.0,
    growth=Growth(0, 0, 0),
    utterances=1000,
    ablation=(AblationRow("everything on", 1.0, ""),),
    lengths=(),
)


def missed(findings: Findings) -> list[str]:
    return [verdict.what for verdict in verdicts(findings) if not verdict.met]


def test_what_keeps_every_promise_misses_none() -> None:
    assert missed(GOOD) == []
    assert len(verdicts(GOOD)) == 11


@pytest.mark.parametrize(
    ("findings", "what"),
    [
        (replace(GOOD, marks=(mark(3.5, [0.016], 4.5), GOOD.marks[1])), "3.5 s of speech, p50"),
        (replace(GOOD, marks=(GOOD.marks[0], mark(10.0, [0.030], 2.5))), "10 s of speech, p50"),
        (
            replace(GOOD, marks=(mark(3.5, [0.01] * 94 + [0.0131] * 6, 4.5), GOOD.marks[1])),
            "3.5 s of speech, p95 / p50",
        ),
        (
            replace(GOOD, marks=(mark(3.5, [0.01], 3.9), GOOD.marks[1])),
            "3.5 s of speech, against stock",
        ),
        (
            replace(GOOD, marks=(GOOD.marks[0], mark(10.0, [0.01], 1.9))),
            "10 s of speech, against stock",
        ),
        (replace(GOOD, unrecorded=1), "lines without a recording after warm-up"),
        (replace(GOOD, recompiles=1), "compiles after warm-up"),
        (replace(GOOD, kernels_per_step=300.0), "kernels a step"),
        (replace(GOOD, growth=Growth(2**21, 0, 0)), "GPU memory growth over 1000 utterances"),
        (replace(GOOD, growth=Growth(0, 2**25, 0)), "process memory growth over 1000 utterances"),
    ],
)
def test_each_promise_can_be_missed(findings: Findings, what: str) -> None:
    assert missed(findings) == [what]


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    found = replace(GOOD, kernels_per_step=None, growth=Growth(0, None, 0))
    unknown = [verdict.what for verdict in verdicts(found) if verdict.met is None]
    assert unknown == ["kernels a step", "process memory growth over 1000 utterances"]


def test_the_page_says_what_the_percentiles_are_of() -> None:
    # GIVEN lengths that take 10 us a frame, but for one that takes 30
    spread = (*GOOD.distinct[:-1], Timed(1.0, 100, 0.003))
    page = gpu_text(replace(GOOD, distinct=spread), {}, "")
    assert "10 times that it was said, each after another of 10 distinct lengths" in page
    assert "10.0 us at p50, 30.0 at p95, 10.0 at least and 30.0 at most" in page


class Recorder:
    """Replays by doing the step again."""

    def record(self, step: Callable[[], None]) -> Callable[[], None]:
        return step

    def forget(self) -> None:
        pass


def test_a_line_whose_length_was_not_recorded_is_counted_each_time(
    checkpoint: Checkpoint, reference: Reference
) -> None:
    model = checkpoint.load()
    marked, first, other = (make_line(reference, seconds) for seconds in (0.3, 1.0, 2.0))

    def missed_of(recorded: list[Line]) -> int:
        runtime = Runtime(model, nfe=1, recorder=Recorder())
        runtime.warm([line.frames for line in recorded])
        side = OurSide.load(checkpoint, "cpu", torch.float32, nfe=1)
        return time_lines(
            replace(side, runtime=runtime, snaps=True), [marked], [first, other]
        ).unrecorded

    # GIVEN all lengths recorded, or one of them left out
    assert missed_of([marked, first, other]) == 0
    assert missed_of([marked, first]) == 1
    # THEN the marked one, which is said after each of the others, counts twice
    assert missed_of([first, other]) == 2
    assert missed_of([]) == 4


def test_the_distinct_lengths_are_timed_once_each(
    checkpoint: Checkpoint, reference: Reference
) -> None:
    side = OurSide.load(checkpoint, "cpu", torch.float32, nfe=1)
    lines = [make_line(reference, seconds) for seconds in (0.3, 1.0)]
    found = time_lines(side, lines[:1], lines)
    assert [one.frames for one in found.distinct] == [line.frames for line in lines]
    assert [one.per_frame for one in found.distinct] == [
        one.taken / one.frames for one in found.distinct
    ]
    assert [len(times) for times in found.marked] == [2]


def test_the_memory_of_a_process_is_that_of_its_pages(tmp_path: Path) -> None:
    (tmp_path / "statm").write_text("900 3 2 1 0 9 0\n", encoding="ascii")
    assert resident_bytes(tmp_path / "statm") == 3 * os.sysconf("SC_PAGE_SIZE")
    assert resident_bytes(tmp_path / "missing") is None
    (tmp_path / "statm").write_text("", encoding="ascii")
    assert resident_bytes(tmp_path / "statm") is None


@dataclass
class _Speaking:
    """An engine that keeps ``kept`` bytes of every utterance, and says that it was asked to."""

    kept: int

    def __post_init__(self) -> None:
        self.held = 0
        self.said: list[str] = []
        self.wanted = 0
        self.closed = False

    def load(self) -> None:
        pass

    def synthesize(self, request: SpeechRequest, cancel: object) -> list[None]:
        self.said.append(request.text)
        self.held += self.kept
        self.wanted += len(self.said) < 3
        return []

    def warm_up(self) -> bool:
        self.wanted -= 1
        return self.wanted >= 0

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(("kept", "grown"), [(0, 0), (100, 700)])
def test_only_what_is_kept_after_the_warm_up_is_growth(
    kept: int,
    grown: int,
    reference: Reference,
    checkpoint: Checkpoint,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    speaking = _Speaking(kept)
    monkeypatch.setattr(memory, "F5Engine", lambda *_: speaking)
    monkeypatch.setattr(memory, "resident_bytes", lambda: speaking.held)
    lines = [make_line(reference, seconds) for seconds in (0.3, 1.0)]
    found = memory.growth(checkpoint, torch.device("cpu"), make_recording(0.8), lines, 7, nfe=1)
    assert found == Growth(0, grown, 0)
    assert len(speaking.said) == 4 + 7
    assert set(speaking.said) == {line.text for line in lines}
    assert speaking.closed


def test_the_lengths_are_distinct_and_always_the_same() -> None:
    seconds = Plan().seconds()
    assert len(set(seconds)) == 100
    assert (min(seconds), max(seconds)) == (1.0, 15.0)
    assert seconds == Plan().seconds()
    assert seconds != sorted(seconds)


def test_the_whole_course_and_its_report(checkpoint: Checkpoint, tmp_path: Path) -> None:
    # WHEN everything is measured, here on a processor and in small
    found = measure(checkpoint, torch.device("cpu"), SMALL, lambda _: None)
    # THEN each part is there
    assert [(mark.seconds, len(mark.times)) for mark in found.marks] == [(0.3, 3), (0.5, 3)]
    assert all(mark.ratio > 0 and mark.p95 >= mark.p50 > 0 for mark in found.marks)
    assert [one.frames > 0 < one.taken for one in found.distinct] == [True] * 3
    # a processor records nothing, so all lines after the warm-up count
    assert (found.unrecorded, found.recompiles) == (3 + 2 * 3, 0)
    assert (found.growth.device, found.growth.compiled) == (0, 0)
    assert found.growth.process is not None
    assert found.kernels_per_step is None
    assert found.lengths
    assert found.ablation
    # AND both files tell the same
    page = write_report(tmp_path / "new" / "folder", found, {"gpu": "none"}, "A note.")
    assert tmp_path.joinpath("new", "folder", "table.md").read_text(encoding="utf-8") == page
    result = json.loads(tmp_path.joinpath("new", "folder", "result.json").read_text("utf-8"))
    assert result["settings"] == {"gpu": "none"}
    assert [row["what"] for row in result["verdicts"]] == [row.what for row in verdicts(found)]
    assert all(row["what"] in page for row in result["verdicts"])
    assert "A note." in page
    assert "not measured" in page


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("", encoding="utf-8")
    with pytest.raises(EngineError, match="file"):
        write_report(tmp_path / "file", GOOD, {}, "")
    with pytest.raises(EngineError, match="file"):
        check_folder(tmp_path / "file" / "in")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="nothing here that root can't write to")
def test_a_folder_that_is_there_and_takes_no_files_is_named() -> None:
    with pytest.raises(EngineError, match="/proc"):
        check_folder(Path("/proc"))


def test_a_folder_is_tried_without_a_trace(tmp_path: Path) -> None:
    check_folder(tmp_path / "new" / "folder")
    assert list(tmp_path.joinpath("new", "folder").iterdir()) == []
