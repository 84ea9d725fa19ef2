"""The golden tables of `tests/data`: what is said of real chat lines, and which rule decides it.

A row has an id, the line as ``written``, the exact ``spoken`` form or ``!`` and the reason of the
refusal, the deciding ``rule`` (a step of `explain`, the reason, or ``none`` when nothing was
changed) and a comment. ``with`` holds more of the message (``emotes`` as pairs of start and end,
``bits``, ``reply_to``), or under ``settings`` what of the configuration isn't the default.
The tables of one language are tab-separated, without any escapes; the mixed one is JSON lines, as
it needs them. There ``{"repeat": ["a", 100000]}`` stands for a long text, a list for its parts
together.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.messages import ChatMessage, Emote
from tests.support.messages import chat

DATA = Path(__file__).parents[1] / "data"
COLUMNS = ("id", "written", "spoken", "rule", "comment", "with")


@dataclass(frozen=True)
class Row:
    """One line of a golden table."""

    id: str
    written: str
    spoken: str
    rule: str
    comment: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Stay short in a failure: some lines are a hundred thousand characters."""
        return f"<Row {self.id}: {self.written[:40]!r}>"

    @property
    def message(self) -> ChatMessage:
        """The chat message that it is about."""
        fields = {name: value for name, value in self.more.items() if name != "settings"}
        spans = fields.pop("emotes", [])
        emotes = tuple(Emote(str(number), *span) for number, span in enumerate(spans))
        return chat(self.written, emotes=emotes, **fields)

    @property
    def config(self) -> Config:
        """The configuration under which it holds."""
        return Config.model_validate(self.more.get("settings", {}))


def rows(table: str) -> list[Row]:
    """Return the rows of ``zh``, ``en`` or ``mixed``."""
    if table == "mixed":
        lines = (DATA / "spoken.mixed.jsonl").read_text(encoding="utf-8").split("\n")
        return [_row(json.loads(line)) for line in lines if line]
    head, *lines = (DATA / f"spoken.{table}.tsv").read_text(encoding="utf-8").split("\n")
    assert tuple(head.split("\t")) == COLUMNS
    return [_row(dict(zip(COLUMNS, line.split("\t"), strict=True))) for line in lines if line]


def _row(values: dict[str, Any]) -> Row:
    more = values.get("with") or {}
    return Row(
        values["id"],
        _text(values["written"]),
        _text(values["spoken"]),
        values["rule"],
        values["comment"],
        json.loads(more) if isinstance(more, str) else more,
    )


def _text(notation: str | dict[str, Any] | list[Any]) -> str:
    if isinstance(notation, list):
        return "".join(map(_text, notation))
    if isinstance(notation, dict):
        unit, times = notation["repeat"]
        return str(unit) * int(times)
    return notation
