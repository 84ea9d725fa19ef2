"""The figures of evenings as a table, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.lab.evenings.figures import Figures

_COLUMNS: Final = (
    "evening",
    "queue",
    "messages",
    "spoken",
    "merged",
    "age p50",
    "age p95",
    "busy",
    "filled",
    "speech",
    "one author",
    "paid",
    "paid lost",
    "oldest paid",
    "removed",
    "yet spoken",
    "left",
)
_TEXTS: Final = 2
"""So many columns begin with text; all others are numbers and end flush."""


def evenings_table(rows: Sequence[Figures]) -> str:
    """Render ``rows`` as a Markdown table that is aligned on a terminal, too."""
    cells = [list(_COLUMNS), *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "| "
        + " | ".join(
            _fit(cell, width, index)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in cells
    ]
    rule = "|".join(
        "-" * (width + 2) if index < _TEXTS else "-" * (width + 1) + ":"
        for index, width in enumerate(widths)
    )
    return "\n".join([lines[0], f"|{rule}|", *lines[1:]])


def _cells(row: Figures) -> list[str]:
    return [
        row.evening,
        row.queue,
        str(row.messages),
        _share(row.spoken),
        str(row.merged),
        f"{row.age_p50:.1f} s",
        f"{row.age_p95:.1f} s",
        _share(row.busy),
        _share(row.filled),
        _share(row.speech),
        _share(row.most),
        str(row.paid),
        str(row.paid_lost),
        "-" if row.paid_age is None else f"{row.paid_age:.1f} s",
        str(row.removed),
        str(row.removed_spoken),
        str(row.waiting),
    ]


def _share(share: float) -> str:
    return f"{share * 100:.1f} %"


def _fit(cell: str, width: int, column: int) -> str:
    return cell.ljust(width) if column < _TEXTS else cell.rjust(width)
