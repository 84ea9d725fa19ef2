"""What an import of an ``ishowtts.toml`` did, for its owner and for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ishowtts_desktop.voices.voice import Voice


@dataclass(frozen=True)
class Report:
    """What came of it: the voices ``added``, those ``known`` already, the ``settings`` to save.

    ``findings`` tell what could be better about the recordings.
    """

    added: tuple[Voice, ...]
    known: tuple[Voice, ...]
    settings: Mapping[str, object]
    taken: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()

    def as_text(self) -> str:
        """Return it for a terminal: a heading for each kind that there is, a line for each note."""
        kinds = (
            ("Taken", self.taken),
            ("Changed", self.changed),
            ("Left", self.left),
            ("To be looked at", self.findings),
        )
        return "\n".join(
            line
            for title, notes in kinds
            if notes
            for line in (f"{title}:", *map(_indented, notes))
        )

    def as_json(self) -> dict[str, object]:
        """Return it for another program."""
        return {
            "added": [voice.id for voice in self.added],
            "known": [voice.id for voice in self.known],
            "settings": dict(self.settings),
            "taken": list(self.taken),
            "changed": list(self.changed),
            "left": list(self.left),
            "findings": list(self.findings),
        }


def _indented(note: str) -> str:
    return f"  {note}"
