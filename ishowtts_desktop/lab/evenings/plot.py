"""A picture of the ages: how old each message of an evening was when it was heard, per queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDTH, _HEIGHT = 760, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 20, 46, 52
_COLORS: Final = ("#1b7f5c", "#c2452d", "#8a63b8")
_INK: Final = "#6b7280"
_HEAD: Final = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
    f'font-family="sans-serif" font-size="12" fill="{_INK}">'
)
_STEPS: Final = (1, 2, 5, 10, 20, 30, 60, 120, 300)
_MARKS: Final = 6


def ages_plot(title: str, said: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Return an SVG of ``said``: for each queue the second and the age in seconds of each message.

    It has no background, so that it goes with light and dark pages.
    """
    points = [point for series in said.values() for point in series] or [(0.0, 0.0)]
    begins, ends = min(at for at, _ in points), max(at for at, _ in points)
    oldest = max(age for _, age in points)
    across = _step((ends - begins) or 1.0), (ends - begins) or 1.0
    up = _step(oldest or 1.0), (oldest or 1.0) * 1.05

    def x(at: float) -> float:
        return _LEFT + (at - begins) / across[1] * (_WIDTH - _LEFT - _RIGHT)

    def y(age: float) -> float:
        return _HEIGHT - _BOTTOM - age / up[1] * (_HEIGHT - _TOP - _BOTTOM)

    parts = [_HEAD, f'<text x="{_LEFT}" y="18" font-size="14">{escape(title)}</text>']
    for index in range(int(up[1] / up[0]) + 1):
        age = index * up[0]
        parts += [
            f'<path d="M{_LEFT} {y(age):.1f}H{_WIDTH - _RIGHT}" stroke="{_INK}" opacity="0.25"/>',
            f'<text x="{_LEFT - 8}" y="{y(age) + 4:.1f}" text-anchor="end">{age:g} s</text>',
        ]
    for index in range(int(across[1] / across[0]) + 1):
        place = f'x="{x(begins + index * across[0]):.1f}" y="{_HEIGHT - _BOTTOM + 18}"'
        parts.append(f'<text {place} text-anchor="middle">{index * across[0]:g} s</text>')
    for number, (name, series) in enumerate(said.items()):
        color = _COLORS[number % len(_COLORS)]
        parts.append(f'<g fill="{color}" fill-opacity="0.7">')
        parts += [f'<circle cx="{x(at):.1f}" cy="{y(age):.1f}" r="2.6"/>' for at, age in series]
        parts.append("</g>")
        left = _LEFT + number * 190
        parts += [
            f'<circle cx="{left + 4}" cy="{_HEIGHT - 12}" r="4" fill="{color}"/>',
            f'<text x="{left + 14}" y="{_HEIGHT - 8}">{escape(name)}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def _step(span: float) -> float:
    """Return the distance of marks on an axis of ``span``."""
    return next((step for step in _STEPS if span / step <= _MARKS), _STEPS[-1])
