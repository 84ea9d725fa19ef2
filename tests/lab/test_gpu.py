"""The GPU's benchmark: its course on a processor, its verdicts on figures made up for them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.lab.ablation import AblationRow
from ishowtts_desktop.lab.against_stock import OWN_PRECISION, Row
from ishowtts_desktop.lab.gpu import Findings, Mark, Plan, measure
from ishowtts_desktop.lab.gpu_report import verdicts, write_report

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint

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
    captures=0,
    recompiles=0,
    kernels_per_step=250.0,
    growth=0,
    utterances=1000,
    ablation=(AblationRow("everything on", 1.0, ""),),
    lengths=(),
)


def missed(findings: Findings) -> list[str]:
    return [verdict.what for verdict in verdicts(findings) if not verdict.met]


def test_what_keeps_every_promise_misses_none() -> None:
    assert missed(GOOD) == []
    assert len(verdicts(GOOD)) == 10


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
        (replace(GOOD, captures=1), "captures after warm-up"),
        (replace(GOOD, recompiles=1), "compiles after warm-up"),
        (replace(GOOD, kernels_per_step=300.0), "kernels a step"),
        (replace(GOOD, growth=2**21), "memory growth over 1000 utterances"),
    ],
)
def test_each_promise_can_be_missed(findings: Findings, what: str) -> None:
    assert missed(findings) == [what]


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    unknown = next(v for v in verdicts(replace(GOOD, kernels_per_step=None)) if "kernels" in v.what)
    assert unknown.met is None


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
    assert (found.captures, found.recompiles, found.growth) == (0, 0, 0)
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
