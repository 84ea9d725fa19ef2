"""The settings that the window works on, and every change of them that can be taken back."""

from __future__ import annotations

import time
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal, Slot

from ishowtts_desktop.desktop.reading_window.merging import merged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.section import Section

MOST_CHANGES: Final = 200
JOIN_SECONDS: Final = 2.0

Key = tuple[str, str]
"""A section's name in `Config`, and a name in that section."""


@dataclass
class Change:
    """One thing that the user did. ``tell`` says it in the window's present language."""

    tell: Callable[[Change], str]
    before: dict[Key, Any]
    after: dict[Key, Any]
    joins: bool = False
    at: float = field(default_factory=time.monotonic)


class RuleDesk(QObject):
    """Reads ``config`` and changes it through ``change``; remembers what was there before.

    What was changed elsewhere meanwhile stays, in the same list even.
    ``changed`` tells that any value may be another, ``history_changed`` that `undo` or `redo`
    would do something else.
    """

    changed = Signal()
    history_changed = Signal()

    def __init__(
        self,
        config: Config,
        change: Callable[[Mapping[str, Section]], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._config = config
        self._change = change
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._changing = False

    def value(self, key: Key) -> Any:  # noqa: ANN401 - as the section has it
        """Return what is chosen now."""
        return getattr(getattr(self._config, key[0]), key[1])

    @property
    def last(self) -> Change | None:
        """What `undo` would take back."""
        return self._done[-1] if self._done else None

    @property
    def undone(self) -> Change | None:
        """What `redo` would do once more."""
        return self._undone[-1] if self._undone else None

    def put(
        self, values: Mapping[Key, object], tell: Callable[[Change], str], *, joins: bool = False
    ) -> None:
        """Choose these values; what is chosen already is no change.

        A change that ``joins`` becomes one with that of the same key a moment ago: steps of a
        number, letters of a word.
        """
        after = {key: value for key, value in values.items() if value != self.value(key)}
        if not after:
            return
        before = {key: copy(self.value(key)) for key in after}
        change = Change(tell, before, after, joins)
        self._apply(after)
        self._undone.clear()
        last = self.last
        if (
            last is not None
            and joins
            and last.joins
            and last.after.keys() == after.keys()
            and change.at - last.at < JOIN_SECONDS
        ):
            last.after, last.at = after, change.at
        else:
            self._done = [*self._done, change][-MOST_CHANGES:]
        self.history_changed.emit()

    @Slot()
    def undo(self) -> None:
        """Take the last change back."""
        if self._done:
            change = self._done.pop()
            self._undone.append(change)
            self._turn(change.after, change.before)
            self.history_changed.emit()

    @Slot()
    def redo(self) -> None:
        """Do once more what `undo` took back."""
        if self._undone:
            change = self._undone.pop()
            self._done.append(change)
            change.joins = False
            self._turn(change.before, change.after)
            self.history_changed.emit()

    @Slot()
    def follow(self) -> None:
        """Tell of changes that were made elsewhere."""
        if not self._changing:
            self.changed.emit()

    def _turn(self, found: Mapping[Key, Any], wanted: Mapping[Key, Any]) -> None:
        self._apply({key: merged(found[key], wanted[key], self.value(key)) for key in wanted})

    def _apply(self, values: Mapping[Key, object]) -> None:
        parts: dict[str, dict[str, object]] = {}
        for (section, name), value in values.items():
            parts.setdefault(section, {})[name] = value
        changed: dict[str, Section] = {}
        for section, part in parts.items():
            known: Section = getattr(self._config, section)
            changed[section] = type(known).model_validate({**dict(known), **part})
        self._changing = True
        try:
            self._change(changed)
        finally:
            self._changing = False
        self.changed.emit()
