"""Ours and the stock package in one process: the same input, the same result, told apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch

from ishowtts_desktop.lab import against_stock as module
from ishowtts_desktop.lab import sides
from ishowtts_desktop.lab.against_stock import (
    OWN_PRECISION,
    OWN_SETTINGS,
    against_stock,
    stock_json,
)
from ishowtts_desktop.lab.distance import distance
from ishowtts_desktop.lab.sides import OurSide, StockSide
from ishowtts_desktop.lab.tables import stock_table
from ishowtts_desktop.speech.stock_model import StockModel

if TYPE_CHECKING:
    from ishowtts_desktop.lab.lines import Line
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint

BF16 = "equal precision BF16"
FP32 = "equal precision FP32"


@pytest.mark.parametrize(
    ("best", "names"),
    [
        (torch.bfloat16, [FP32, BF16, OWN_PRECISION, OWN_SETTINGS]),
        (torch.float32, [FP32, OWN_PRECISION, OWN_SETTINGS]),
    ],
)
def test_three_ratios_told_apart(
    best: torch.dtype,
    names: list[str],
    checkpoint: Checkpoint,
    line: Line,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "best_precision", lambda _: best)
    # GIVEN no other noise than the one that the package draws
    monkeypatch.delattr(sides, "noise_for")
    told: list[str] = []
    rows = against_stock(checkpoint, line, "cpu", nfe=5, pairs=1, tell=told.append)
    assert [row.name for row in rows] == names
    found = {row.name: row for row in rows}
    short = {torch.bfloat16: "BF16", torch.float32: "FP32"}[best]
    # THEN each row says what was compared
    assert found[FP32].ours == found[FP32].stock == {"nfe": 5, "precision": "FP32"}
    assert found[OWN_PRECISION].ours == {"nfe": 5, "precision": short}
    assert found[OWN_PRECISION].stock == {"nfe": 5, "precision": "FP32"}
    assert found[OWN_SETTINGS].ours == {"nfe": 7, "precision": short}
    assert found[OWN_SETTINGS].stock == {"nfe": 32, "precision": "FP32"}
    assert all(row.ratio > 0 and row.ours_seconds > 0 for row in rows)
    # AND in one precision the results are one, at another number of steps nobody compares
    mel, samples = found[FP32].mel, found[FP32].samples
    assert mel is not None
    assert samples is not None
    assert 0 < mel.max_abs < 1e-4
    assert mel.snr_db > 90
    assert samples.max_abs < 1e-5
    assert found[OWN_SETTINGS].mel is None
    # AND half precision is told apart from another noise
    halves = [row.mel.cosine for row in rows if row.name == BF16 and row.mel is not None]
    assert all(cosine > 0.98 for cosine in halves)
    assert len(halves) == names.count(BF16)
    # AND every row was announced
    assert {name for name in names if any(name in line for line in told)} == set(names)
    figures = stock_json(rows)
    assert figures["ratio"] == round(found[OWN_PRECISION].ratio, 3)
    assert figures["distance"] == found[FP32].as_json()["distance"]
    assert stock_table(rows).count("\n") == len(names) + 1


def test_half_precision_starts_from_the_same_noise(checkpoint: Checkpoint, line: Line) -> None:
    stock = StockSide(StockModel.load(checkpoint, "cpu", torch.bfloat16), 5)
    ours = OurSide.load(checkpoint, "cpu", torch.bfloat16, nfe=5)
    first = line.reference_frames
    expected = stock.say(line).mel[first:]
    same = replace(ours, noise=stock.model.noise).say(line).mel[first:]
    assert distance(same, expected).cosine > 0.98
    # a negative control: another noise is another result
    other = ours.say(replace(line, seed=1)).mel[first:]
    assert distance(other, expected).cosine < 0.9


def test_both_give_exactly_the_frames_that_were_asked_for(
    checkpoint: Checkpoint, line: Line
) -> None:
    ours = OurSide.load(checkpoint, "cpu", torch.float32, nfe=5)
    stock = StockSide(StockModel.load(checkpoint, "cpu"), 5)
    # also where ours computes a longer length that is recorded
    for side in (ours, replace(ours, snaps=True), stock):
        said = side.say(line)
        assert said.mel.shape == (line.frames, 100)
        assert len(said.samples) == (line.spoken - 1) * 256
        assert torch.equal(said.mel[: line.reference_frames], line.reference)
