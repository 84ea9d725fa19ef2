"""One way to print a table: Markdown, its columns in line, for a terminal and for a page alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ishowtts_desktop.lab.against_stock import distances

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.lab.ablation import AblationRow
    from ishowtts_desktop.lab.against_stock import Row
    from ishowtts_desktop.lab.sweeps import LengthRow, StepsRow

NARROWEST: Final = 3
"""Columns of the line below the head: Markdown wants a dash there."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the first column stands left, the others right."""
    columns = range(len(head))
    widths = [max(NARROWEST, *(len(row[column]) for row in (head, *rows))) for column in columns]

    def line(cells: Sequence[str]) -> str:
        first, *others = zip(cells, widths, strict=True)
        fitted = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        return f"| {' | '.join(fitted)} |"

    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join([line(head), line(rule), *(line(row) for row in rows)])


def stock_table(rows: Sequence[Row]) -> str:
    """Return the ratios; distances are those of the generated mel, and of the samples' SNR."""
    head = ("", "stock", "ours", "ratio", "mel max abs", "mel cosine", "mel SNR", "sound SNR")
    return table(
        head,
        [
            (
                row.name,
                f"{_settings(row.stock)} {milliseconds(row.stock_seconds)}",
                f"{_settings(row.ours)} {milliseconds(row.ours_seconds)}",
                f"{row.ratio:.2f}x",
                *_distance_cells(row),
            )
            for row in rows
        ],
    )


def lengths_table(rows: Sequence[LengthRow]) -> str:
    """Return times over lengths, with the roofline beside them."""
    head = (
        "speech",
        "reference",
        "time",
        "RTF",
        "first sound",
        "TFLOP",
        "TFLOP/s",
        "of peak",
        "goal",
    )
    return table(
        head,
        [
            (
                f"{row.seconds:.2f} s",
                f"{row.reference:.1f} s",
                milliseconds(row.taken),
                f"{row.rtf:.3f}",
                milliseconds(row.ttfa),
                f"{row.reached.tflop:.3g}",
                f"{row.reached.tflops:.3g}",
                "?" if row.reached.share is None else f"{row.reached.share:.0%}",
                "" if row.goal is None else f"{verdict(row.rtf <= row.goal)}: RTF {row.goal:g}",
            )
            for row in rows
        ],
    )


def steps_table(rows: Sequence[StepsRow]) -> str:
    """Return time and exactness over numbers of steps."""
    most = f"to NFE {rows[-1].nfe}" if rows else ""
    head = ("NFE", "time", "rounding", "cosine", "SNR", f"cosine {most}", f"SNR {most}")
    return table(
        head,
        [
            (
                str(row.nfe),
                milliseconds(row.taken),
                f"{row.precision} to FP32",
                f"{row.rounding.cosine:.6f}",
                f"{row.rounding.snr_db:.1f} dB",
                f"{row.pruning.cosine:.4f}",
                f"{row.pruning.snr_db:.1f} dB",
            )
            for row in rows
        ],
    )


def ablation_table(rows: Sequence[AblationRow]) -> str:
    """Return the times without each trick, against the first row."""
    whole = rows[0].seconds
    return table(
        ("without", "time", "slower by", "how"),
        [
            (row.trick, milliseconds(row.seconds), f"{row.seconds / whole - 1:+.1%}", row.how)
            for row in rows
        ],
    )


def milliseconds(seconds: float) -> str:
    """Return a time as people read it."""
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def verdict(met: bool | None) -> str:
    """Return the word for a bound that was met or missed, or that nobody looked at."""
    return {True: "met", False: "MISSED", None: "not measured"}[met]


def _settings(settings: dict[str, object]) -> str:
    return f"{settings['precision']} NFE {settings['nfe']}"


def _distance_cells(row: Row) -> tuple[str, ...]:
    if distances(row.mel, row.samples) is None or row.mel is None or row.samples is None:
        return ("", "", "", "")
    return (
        f"{row.mel.max_abs:.2g}",
        f"{row.mel.cosine:.6f}",
        f"{row.mel.snr_db:.1f} dB",
        f"{row.samples.snr_db:.1f} dB",
    )
