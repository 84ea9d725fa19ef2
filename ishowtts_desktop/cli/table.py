"""The table of what was said, for people."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ishowtts_desktop.core.utterances import Outcome, OutcomeState, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT_WIDTH = 56
NAME_WIDTH = 14
_MOST_MARKS = 2


def outcome_table(outcomes: Sequence[Outcome]) -> str:
    """Render outcomes, first what was said (by its second of the output), then the rest and why."""
    said = [o for o in outcomes if o.started_at is not None]
    unsaid = [o for o in outcomes if o.started_at is None]
    said.sort(key=lambda outcome: outcome.started_at or 0.0)
    lines = [
        f"{'from':>7} {'to':>7}  {_fit('who', NAME_WIDTH)} {_fit('said', TEXT_WIDTH)} chat to sound"
    ]
    lines += [_said(outcome) for outcome in said]
    if unsaid:
        lines += [
            "",
            f"{'not said':15}  {_fit('who', NAME_WIDTH)} {_fit('written', TEXT_WIDTH)} why",
        ]
        lines += [_unsaid(outcome) for outcome in unsaid]
    return "\n".join(lines)


def outcome_json(outcome: Outcome) -> dict[str, object]:
    """Return an outcome's object for ``read --json``; what isn't known is absent."""
    latency = outcome.chat_to_sound
    private = outcome.reason is Reason.PRIVATE_WORD
    known: dict[str, object] = {
        "id": outcome.id,
        "state": outcome.state.value,
        "reason": outcome.reason.value if outcome.reason else None,
        "name": outcome.name or None,
        "text": None if private else outcome.text,
        "spoken": None if private else outcome.spoken,
        "started_at": _rounded(outcome.started_at),
        "ended_at": _rounded(outcome.ended_at),
        "chat_to_sound_ms": None if latency is None else round(latency * 1000, 1),
    }
    return {key: value for key, value in known.items() if value is not None}


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _said(outcome: Outcome) -> str:
    latency = "" if outcome.chat_to_sound is None else f"{outcome.chat_to_sound * 1000:9.0f} ms"
    cut = "" if outcome.state is OutcomeState.SPOKEN else f"  cut short: {_why(outcome)}"
    who = _fit(outcome.name, NAME_WIDTH)
    said = _fit(outcome.spoken or "", TEXT_WIDTH)
    return f"{outcome.started_at:7.2f} {outcome.ended_at or 0.0:7.2f}  {who} {said} {latency}{cut}"


def _unsaid(outcome: Outcome) -> str:
    # A moderator took it back, or it holds a private word: it isn't repeated here either.
    hidden = outcome.state is OutcomeState.REMOVED or outcome.reason is Reason.PRIVATE_WORD
    written = "-" if hidden else outcome.text
    who = _fit(outcome.name, NAME_WIDTH)
    return f"{outcome.state.value:15}  {who} {_fit(written, TEXT_WIDTH)} {_why(outcome)}"


def _why(outcome: Outcome) -> str:
    return outcome.reason.value.replace("_", " ") if outcome.reason else ""


def _fit(text: str, width: int) -> str:
    """Pad or cut to ``width`` columns of a terminal; what isn't printable becomes a dot.

    Marks on marks beyond two are left out: a tower of them would reach into other lines.
    """
    fitted, used, marks = [], 0, 0
    for character in text:
        shown = character if character.isprintable() else "·"
        columns = _columns(shown)
        marks = 0 if columns else marks + 1
        if marks > _MOST_MARKS:
            continue
        if used + columns > width - 1:
            fitted.append("…")
            used += 1
            break
        fitted.append(shown)
        used += columns
    return "".join(fitted) + " " * (width - used)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
