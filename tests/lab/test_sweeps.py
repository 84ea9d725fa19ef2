"""Lengths, steps and tricks: that each row is about what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from ishowtts_desktop.lab import ablation, sweeps
from ishowtts_desktop.lab.ablation import ADDED, ALL_ON, SWITCHED, ablate
from ishowtts_desktop.lab.lines import make_reference
from ishowtts_desktop.lab.roofline import flops_of
from ishowtts_desktop.lab.sides import OurSide
from ishowtts_desktop.lab.sweeps import lengths, steps
from ishowtts_desktop.lab.tables import ablation_table, lengths_table, steps_table

if TYPE_CHECKING:
    from ishowtts_desktop.lab.lines import Line
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
    from ishowtts_desktop.speech.f5.reference import Reference


def test_lengths_with_the_roofline_beside_them(
    checkpoint: Checkpoint,
    reference: Reference,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    timed = sweeps._timed
    monkeypatch.setattr(sweeps, "_timed", lambda *a: (timed(*a), done.append("said"))[0])
    monkeypatch.setattr(sweeps, "peak_of", lambda *_: (2.0, done.append("peak"))[0])
    side = OurSide.load(checkpoint, "cpu", torch.float32, nfe=1)
    rows = lengths(side, [reference], (3.5, 5.0), runs=1)
    # THEN the chip is looked at when it has just been at work
    assert done == ["said", "said", "said", "peak"]
    for row, length in zip(rows, (3.5, 5.0), strict=True):
        assert row.seconds == pytest.approx(length, abs=0.011)
        assert row.rtf == row.taken / row.seconds
        frames = reference.frames + round(length * 93.75)
        expected = flops_of(side.arch, frames, 1, round(length * 93.75)).total
        assert row.reached.tflop * 1e12 == pytest.approx(expected)
        assert row.as_json()["share_of_peak"] == round(expected / 1e12 / row.taken / 2, 3)
    # THEN a short line's first sound is the line, a longer one's that of a piece
    assert rows[0].ttfa == rows[0].taken
    assert rows[1].ttfa != rows[1].taken
    assert lengths_table(rows).count("\n") == 3


@pytest.mark.parametrize(
    ("gpu", "nfe", "seconds", "goals"),
    [
        ("Orin (nvgpu)", 7, 5.0, [0.09, None, 0.06]),
        ("Orin (nvgpu)", 5, 5.0, [None] * 3),
        ("Orin (nvgpu)", 7, 3.0, [None] * 3),
        ("", 7, 5.0, [None] * 3),
    ],
)
def test_goals_are_judged_only_at_the_settings_that_they_are_for(
    gpu: str,
    nfe: int,
    seconds: float,
    goals: list[float | None],
    checkpoint: Checkpoint,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sweeps, "peak_of", lambda *_: 2.0)
    monkeypatch.setattr(sweeps, "gpu_name", lambda _: gpu)
    monkeypatch.setattr(sweeps, "_timed", lambda *_: 0.5)
    side = OurSide.load(checkpoint, "cpu", torch.float32, nfe=nfe)
    rows = lengths(side, [make_reference(seconds)], (3.5, 5.0, 10.0))
    assert [row.goal for row in rows] == goals
    assert ("RTF 0.09" in lengths_table(rows)) is bool(goals[0])


def test_steps_with_what_they_cost_in_exactness(
    checkpoint: Checkpoint, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeps, "best_precision", lambda _: torch.bfloat16)
    rows = steps(checkpoint, line, "cpu", (5, 7, 16), runs=1)
    assert [(row.nfe, row.precision) for row in rows] == [(5, "BF16"), (7, "BF16"), (16, "BF16")]
    # THEN rounding is small, and fewer steps are further from the most
    assert all(row.rounding.snr_db > 20 for row in rows)
    assert all(row.rounding.max_abs > 0 for row in rows)
    assert rows[0].pruning.snr_db < rows[1].pruning.snr_db < rows[2].pruning.snr_db
    assert rows[2].pruning.max_abs == 0
    assert "SNR to NFE 16" in steps_table(rows)


def test_each_trick_is_taken_away(
    checkpoint: Checkpoint, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ablation, "best_precision", lambda _: torch.bfloat16)
    # GIVEN a clock by which all work takes a second
    monkeypatch.setattr(ablation, "median_seconds", lambda work, *_: (work(), 1.0)[1])
    rows = {row.trick: row for row in ablate(checkpoint, line, "cpu", nfe=7, runs=1)}
    assert rows[ALL_ON].seconds == 1.0
    assert (rows["half precision"].seconds, rows["half precision"].how) == (1.0, SWITCHED)
    # THEN what a trick saves is added as often as it does, less what it does instead
    seconds = {trick: row.seconds for trick, row in rows.items() if row.how == ADDED}
    assert seconds == {
        "AdaLN tables": 2.0,
        "the input's constant part": 7.0,
        "the voice's mel": 2.0,
        "one product for q, k and v": 1.0,
        "oneDNN's products, timed on q, k and v": 1.0,
        "attention by oneDNN": 1.0,
    }
    assert "+600.0%" in ablation_table(list(rows.values()))


def test_the_constant_part_is_timed_without_the_text_encoder(
    checkpoint: Checkpoint, line: Line
) -> None:
    model = checkpoint.load()
    found = {saved.trick: saved.without for saved in ablation._saved(model, line, 7)}

    def encoding(*_: object) -> None:
        raise AssertionError("the text was encoded")

    model.text_encoder.both = encoding  # type: ignore[method-assign, assignment]
    with torch.inference_mode():
        made = found["the input's constant part"]()
    assert isinstance(made, torch.Tensor)
    assert made.shape == (2, line.frames, model.arch.dim)
