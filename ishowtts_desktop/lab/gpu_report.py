"""What `gpu.measure` found, against what is promised for a Hopper GPU: verdicts, table, JSON."""

from __future__ import annotations

import contextlib
import json
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.lab.tables import (
    ablation_table,
    lengths_table,
    milliseconds,
    stock_table,
    table,
    verdict,
)
from ishowtts_desktop.lab.timing import percentile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ishowtts_desktop.lab.gpu import Findings, Mark

# For 3.5 s and 10 s: seconds at the median, and how much faster than the stock package.
LATEST: Final = (0.015, 0.029)
RATIOS: Final = (4.0, 2.0)
STEADY: Final = 1.3
KERNELS: Final = 300
MIB: Final = 2**20
# What counts as none, over all utterances: libraries and allocators keep a little for themselves.
DEVICE_NONE: Final = MIB
PROCESS_NONE: Final = 16 * MIB


@dataclass(frozen=True)
class Verdict:
    """One promise: what was found, what was wanted, and whether it was met (None: not measured)."""

    what: str
    found: str
    wanted: str
    met: bool | None

    def as_json(self) -> dict[str, object]:
        """Return the verdict's object."""
        return {"what": self.what, "found": self.found, "wanted": self.wanted, "met": self.met}


def verdicts(found: Findings) -> list[Verdict]:
    """Judge everything that is promised."""
    kernels = found.kernels_per_step
    return [
        *(row for index, mark in enumerate(found.marks) for row in _of_mark(index, mark)),
        Verdict(
            "lines without a recording after warm-up",
            str(found.unrecorded),
            "0",
            found.unrecorded == 0,
        ),
        Verdict("compiles after warm-up", str(found.recompiles), "0", found.recompiles == 0),
        Verdict(
            "kernels a step",
            "?" if kernels is None else f"{kernels:.0f}",
            f"< {KERNELS}",
            None if kernels is None else kernels < KERNELS,
        ),
        *(
            _of_growth(f"{what} growth over {found.utterances} utterances", grown, none)
            for what, grown, none in (
                ("GPU memory", found.growth.device, DEVICE_NONE),
                ("process memory", found.growth.process, PROCESS_NONE),
            )
        ),
    ]


def _of_growth(what: str, grown: int | None, none: int) -> Verdict:
    wanted = f"< {none / MIB:g} MiB"
    if grown is None:
        return Verdict(what, "?", wanted, None)
    return Verdict(what, f"{grown / MIB:.1f} MiB", wanted, grown < none)


def _of_mark(index: int, mark: Mark) -> Iterator[Verdict]:
    what, steady = f"{mark.seconds:g} s of speech", mark.p95 / mark.p50
    latest, ratio = LATEST[index], RATIOS[index]
    yield Verdict(
        f"{what}, p50", milliseconds(mark.p50), f"<= {milliseconds(latest)}", mark.p50 <= latest
    )
    yield Verdict(f"{what}, p95 / p50", f"{steady:.2f}", f"<= {STEADY}", steady <= STEADY)
    yield Verdict(
        f"{what}, against stock", f"{mark.ratio:.2f}x", f">= {ratio:g}x", mark.ratio >= ratio
    )


def gpu_json(found: Findings, settings: dict[str, object]) -> dict[str, object]:
    """Return everything as one object."""
    return {
        "verdicts": [row.as_json() for row in verdicts(found)],
        "marks": [
            {
                "audio_seconds": mark.seconds,
                "p50_ms": round(mark.p50 * 1000, 3),
                "p95_ms": round(mark.p95 * 1000, 3),
                "times_ms": [round(seconds * 1000, 3) for seconds in mark.times],
                "against_stock": {row.name: row.as_json() for row in mark.rows},
            }
            for mark in found.marks
        ],
        "distinct_lengths": [
            {
                "audio_seconds": round(one.seconds, 3),
                "frames": one.frames,
                "ms": round(one.taken * 1000, 3),
            }
            for one in found.distinct
        ],
        "unrecorded_after_warm_up": found.unrecorded,
        "compiles_after_warm_up": found.recompiles,
        "kernels_per_step": found.kernels_per_step,
        "memory_growth_bytes": {"gpu": found.growth.device, "process": found.growth.process},
        "utterances": found.utterances,
        "ablation": [row.as_json() for row in found.ablation],
        "lengths": [row.as_json() for row in found.lengths],
        "settings": settings,
    }


def gpu_text(found: Findings, settings: dict[str, object], note: str) -> str:
    """Return everything as a page of Markdown."""
    rows = [(row.what, row.found, row.wanted, verdict(row.met)) for row in verdicts(found)]
    parts = [
        f"# GPU benchmark: {settings.get('gpu', settings.get('cpu', ''))}",
        note,
        table(("", "found", "wanted", ""), rows),
        _times_of(found),
        *(
            f"## Against the stock package, {mark.seconds:g} s\n\n{stock_table(mark.rows)}"
            for mark in found.marks
        ),
        f"## Lengths\n\n{lengths_table(found.lengths)}",
        f"## Each trick taken away, {found.marks[0].seconds:g} s\n\n"
        + ablation_table(found.ablation),
        "## Measured on\n\n" + "\n".join(f"- {name}: {value}" for name, value in settings.items()),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _times_of(found: Findings) -> str:
    """Say what the percentiles are of, and how far the distinct lengths are apart."""
    count = len(found.distinct)
    spread = [one.per_frame for one in found.distinct]
    return (
        f"p50 and p95 of a length are those of {count} times that it was said, each after another"
        f" of {count} distinct lengths. Each of those was timed once as well; by frames, the"
        f" reference's included, they took {percentile(spread, 0.5) * 1e6:.1f} us at p50,"
        f" {percentile(spread, 0.95) * 1e6:.1f} at p95, {min(spread) * 1e6:.1f} at least and"
        f" {max(spread) * 1e6:.1f} at most."
    )


def check_folder(out: Path) -> None:
    """Make the folder ``out`` and see that it can be written to; raises `EngineError`."""
    with _written(out):
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass


def write_report(out: Path, found: Findings, settings: dict[str, object], note: str) -> str:
    """Write table.md and result.json into the folder ``out``; return the page.

    Raises `EngineError` where that can't be written.
    """
    page = gpu_text(found, settings, note)
    with _written(out):
        out.mkdir(parents=True, exist_ok=True)
        out.joinpath("table.md").write_text(page, encoding="utf-8")
        result = json.dumps(gpu_json(found, settings), indent=1)
        out.joinpath("result.json").write_text(result + "\n", encoding="utf-8")
    return page


@contextlib.contextmanager
def _written(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EngineError(
            f"The results can't be written to {out}: {error.strerror}.", "Choose another folder."
        ) from error
