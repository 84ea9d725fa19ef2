"""Seconds of work on a device, and two works compared fairly.

A GPU works after the call has returned: it is waited for on both sides of what is timed.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Work = Callable[[], object]


@dataclass(frozen=True)
class Comparison:
    """Seconds of each run of two works, in pairs."""

    ours: tuple[float, ...]
    stock: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How often ours goes into stock: the median over the pairs, which stood side by side."""
        pairs = zip(self.stock, self.ours, strict=True)
        return statistics.median(stock / ours for stock, ours in pairs)

    @property
    def ours_seconds(self) -> float:
        """The median of ours."""
        return statistics.median(self.ours)

    @property
    def stock_seconds(self) -> float:
        """The median of the stock's."""
        return statistics.median(self.stock)


def synchronize(device: torch.device | str) -> None:
    """Wait until ``device`` has done what it was given."""
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize(device)


def seconds_of(work: Work, device: torch.device | str) -> float:
    """Return the seconds that ``work`` takes once, to its last number on the device."""
    synchronize(device)
    began = time.perf_counter()
    work()
    synchronize(device)
    return time.perf_counter() - began


def median_seconds(work: Work, device: torch.device | str, runs: int = 3) -> float:
    """Return the median of ``runs`` timings, after one run for warming up."""
    work()
    return statistics.median(seconds_of(work, device) for _ in range(runs))


def compare(ours: Work, stock: Work, device: torch.device | str, pairs: int = 3) -> Comparison:
    """Time both in turn, so that a machine that slows down slows both. Warm them up before."""
    timed = [(seconds_of(stock, device), seconds_of(ours, device)) for _ in range(pairs)]
    return Comparison(tuple(pair[1] for pair in timed), tuple(pair[0] for pair in timed))


def compilations() -> int:
    """Return how many graphs Inductor has compiled in this process."""
    dynamo = sys.modules.get("torch._dynamo.utils")
    return 0 if dynamo is None else int(dynamo.counters["stats"]["unique_graphs"])


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest of ``values`` that ``share`` (0..1) of them don't exceed."""
    ranked = sorted(values)
    # Rounded first: a share times a count may be a little more than whole in binary.
    return ranked[max(0, math.ceil(round(share * len(ranked), 6)) - 1)]
