"""The figures of evenings as tables, for people."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ishowtts_desktop.lab.evenings.figures import Figures


def _share(share: float) -> str:
    return f"{share * 100:.1f} %"


def _seconds(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:.1f} s"


_NAMES: Final[Mapping[str, Callable[[Figures], str]]] = MappingProxyType(
    {"evening": lambda row: row.evening, "queue": lambda row: row.queue}
)
"""These columns are text; all others are numbers and end flush."""
_SAID: Final[Mapping[str, Callable[[Figures], str]]] = MappingProxyType(
    {
        **_NAMES,
        "messages": lambda row: str(row.messages),
        "spoken": lambda row: _share(row.spoken),
        "merged": lambda row: str(row.merged),
        "age p50": lambda row: _seconds(row.age_p50),
        "age p95": lambda row: _seconds(row.age_p95),
        "busy": lambda row: _share(row.busy),
        "filled": lambda row: _share(row.filled),
        "speech": lambda row: _share(row.speech),
        "one author": lambda row: _share(row.most),
    }
)
_KEPT: Final[Mapping[str, Callable[[Figures], str]]] = MappingProxyType(
    {
        **_NAMES,
        "paid": lambda row: str(row.paid),
        "paid lost": lambda row: str(row.paid_lost),
        "oldest paid": lambda row: _seconds(row.paid_age),
        "behind": lambda row: str(row.paid_behind),
        "removed": lambda row: str(row.removed),
        "yet spoken": lambda row: str(row.removed_spoken),
        "left": lambda row: str(row.waiting),
    }
)


def evenings_tables(rows: Sequence[Figures]) -> str:
    """Render ``rows`` as two Markdown tables that are aligned on a terminal, too.

    The first tells what was said, the second what became of what was paid for or removed.
    """
    return f"{_table(_SAID, rows)}\n\n{_table(_KEPT, rows)}"


def _table(columns: Mapping[str, Callable[[Figures], str]], rows: Sequence[Figures]) -> str:
    cells = [list(columns), *([show(row) for show in columns.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "| "
        + " | ".join(
            cell.ljust(width) if name in _NAMES else cell.rjust(width)
            for name, cell, width in zip(columns, row, widths, strict=True)
        )
        + " |"
        for row in cells
    ]
    rule = "|".join(
        "-" * (width + 2) if name in _NAMES else "-" * (width + 1) + ":"
        for name, width in zip(columns, widths, strict=True)
    )
    return "\n".join([lines[0], f"|{rule}|", *lines[1:]])
