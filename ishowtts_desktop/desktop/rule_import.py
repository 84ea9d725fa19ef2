"""Rules handed over by a script while the application runs: they apply at once, and can be undone.

The window of rules shows first what an import would change; whoever asks from a script has decided.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ishowtts_desktop.core.errors import ConfigError
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_window.merging import merged
from ishowtts_desktop.reading.rulebook import LARGEST, read_rulebook

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.section import Section
    from ishowtts_desktop.desktop.actions import Commands
    from ishowtts_desktop.desktop.undo_offer import UndoOffer


class RuleImport(QObject):
    """Changes ``config`` through ``commands``; ``undo`` offers the way back."""

    def __init__(self, commands: Commands, config: Config, undo: UndoOffer) -> None:
        super().__init__()
        self._commands = commands
        self._config = config
        self._undo = undo

    def take(self, path: Path) -> dict[str, Any]:
        """Take over the rules in a file, all of them or none, and tell what that was.

        ``changed`` and ``skipped`` are places such as "rules.shortest". Raises `ConfigError`.
        """
        book = read_rulebook(self._config, _content(path))
        places = [(section, key) for section, _, key in (p.partition(".") for p in book.changed)]
        before = {place: self._value(place) for place in places}
        after = {(s, key): getattr(getattr(book.config, s), key) for s, key in places}
        if places:
            self._put(after)
            told = self.tr("Rules imported from {file}.").format(file=plain(path.name, 60))
            self._undo.offer(told, lambda: self._turn_back(before, after))
        return {"changed": list(book.changed), "skipped": list(book.unknown)}

    def _turn_back(
        self, before: dict[tuple[str, str], Any], after: dict[tuple[str, str], Any]
    ) -> None:
        # What was changed since then stays.
        self._put({p: merged(after[p], before[p], self._value(p)) for p in before})

    def _value(self, place: tuple[str, str]) -> Any:  # noqa: ANN401 - as the section has it
        return getattr(getattr(self._config, place[0]), place[1])

    def _put(self, values: dict[tuple[str, str], Any]) -> None:
        parts: dict[str, dict[str, object]] = {}
        for (section, key), value in values.items():
            parts.setdefault(section, {})[key] = value
        changed: dict[str, Section] = {
            section: getattr(self._config, section).model_copy(update=part)
            for section, part in parts.items()
        }
        self._commands.change_reading(changed)


def _content(path: Path) -> bytes:
    """Return what is in the file, at most a byte more than a rulebook may have."""
    try:
        # A pipe that nobody writes to would hold the window up.
        with open(path, "rb", opener=_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ConfigError(f"{path} isn't a file.", "Copy the rules into one.")
            return file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or error
        raise ConfigError(
            f"The rules in {path} can't be read: {why}.",
            "Check the name and the permissions of the file.",
        ) from error


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)
