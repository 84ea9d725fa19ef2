"""The chat as a list: the last thousand rows, changed in batches."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)

from ishowtts_desktop.core.utterances import Lane, OutcomeState
from ishowtts_desktop.desktop.feed import CAPACITY, RowChange, RowKey
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.sentences import lane_word, reason_sentence, state_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.core.utterances import Reason

Index = QModelIndex | QPersistentModelIndex
MAX_NAME: Final = 60


class ChatRole(IntEnum):
    """What a row can be asked for."""

    NAME = Qt.ItemDataRole.UserRole + 1
    TEXT = Qt.ItemDataRole.UserRole + 2
    STATE = Qt.ItemDataRole.UserRole + 3
    REASON = Qt.ItemDataRole.UserRole + 4
    LANE = Qt.ItemDataRole.UserRole + 5
    EMPHASIS = Qt.ItemDataRole.UserRole + 6
    TIME = Qt.ItemDataRole.UserRole + 7
    MESSAGE = Qt.ItemDataRole.UserRole + 8


@dataclass
class ChatRow:
    """One line of the chat, ready to be shown. ``time`` is seconds of Unix time.

    ``message`` is gone once a moderator removed it, and with it the text.
    """

    key: RowKey
    name: str
    text: str
    author: str
    time: float
    message: ChatMessage | None = None
    state: OutcomeState | None = None
    reason: Reason | None = None
    lane: Lane = Lane.NORMAL
    # What the delegate measured, by width; whoever changes the row empties it.
    heights: dict[int, int] = field(default_factory=dict)

    @property
    def removed(self) -> bool:
        """Whether a moderator took it back."""
        return self.state is OutcomeState.REMOVED

    def update(self, change: RowChange) -> None:
        """Take over what is new. What was removed stays removed."""
        outcome = change.outcome
        if outcome is not None and (not self.removed or outcome.state is OutcomeState.REMOVED):
            self.state, self.reason, self.lane = outcome.state, outcome.reason, outcome.lane
        if change.removed is not None:
            self.state, self.reason = OutcomeState.REMOVED, change.removed
            self.text, self.message = "", None
        self.heights.clear()


class ChatModel(QAbstractListModel):
    """The rows, oldest first; ``capacity`` of them are kept."""

    def __init__(self, parent: QObject | None = None, *, capacity: int = CAPACITY) -> None:
        super().__init__(parent)
        self._capacity = capacity
        self._rows: list[ChatRow] = []
        self._serials: dict[RowKey, int] = {}
        self._evicted = 0

    def row_at(self, row: int) -> ChatRow:
        """Return the row itself, for the delegate: quicker than role by role."""
        return self._rows[row]

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what ``role`` asks for, or None."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ChatRole.NAME:
            return self.name_of(row)
        if role in (ChatRole.TEXT, Qt.ItemDataRole.DisplayRole):
            return self.text_of(row)
        if role == ChatRole.REASON:
            return reason_sentence(row.reason)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken_for_screen_readers(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tool_tip(row)
        return _stored(row, role)

    def name_of(self, row: ChatRow) -> str:
        """Return who wrote it."""
        return row.name or self.tr("You")

    def text_of(self, row: ChatRow) -> str:
        """Return what is shown as its text: never what a moderator removed."""
        return self.tr("message removed") if row.removed else row.text

    @Slot(object)
    def apply(self, changes: Sequence[RowChange]) -> None:
        """Take over a batch: update what is here, add what is new, evict the oldest."""
        new: dict[RowKey, ChatRow] = {}
        touched: list[int] = []
        for change in changes:
            if change.key in self._serials:
                number = self._serials[change.key] - self._evicted
                self._rows[number].update(change)
                touched.append(number)
            else:
                row = new.get(change.key) or _new_row(change)
                row.update(change)
                new[change.key] = row
        for first, last in _runs(touched):
            self.dataChanged.emit(self.index(first), self.index(last))
        self._append(list(new.values())[-self._capacity :])

    @Slot()
    def clear(self) -> None:
        """Forget every row."""
        self.beginResetModel()
        self._rows.clear()
        self._serials.clear()
        self._evicted = 0
        self.endResetModel()

    def _append(self, rows: list[ChatRow]) -> None:
        if not rows:
            return
        excess = len(self._rows) + len(rows) - self._capacity
        if excess > 0:
            self.beginRemoveRows(QModelIndex(), 0, excess - 1)
            for row in self._rows[:excess]:
                del self._serials[row.key]
            del self._rows[:excess]
            self._evicted += excess
            self.endRemoveRows()
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        for number, row in enumerate(rows, first):
            self._serials[row.key] = number + self._evicted
        self._rows += rows
        self.endInsertRows()

    def _spoken_for_screen_readers(self, row: ChatRow) -> str:
        state = state_word(row.state) if row.state is not None else ""
        why = reason_sentence(row.reason)
        parts = (self.name_of(row), lane_word(row.lane), self.text_of(row), state, why)
        return ", ".join(part for part in parts if part)

    def _tool_tip(self, row: ChatRow) -> str:
        # No chat text in here: a tool tip may take it for markup.
        clock = time.strftime("%H:%M:%S", time.localtime(row.time))
        state = state_word(row.state) if row.state is not None else ""
        parts = (clock, lane_word(row.lane), state, reason_sentence(row.reason))
        return " · ".join(part for part in parts if part)


def _stored(row: ChatRow, role: int) -> Any:  # noqa: ANN401 - each role has a type of its own
    if role == ChatRole.STATE:
        return row.state
    if role == ChatRole.LANE:
        return row.lane
    if role == ChatRole.EMPHASIS:
        return row.lane in (Lane.STREAMER, Lane.PAID)
    if role == ChatRole.TIME:
        return row.time
    if role == ChatRole.MESSAGE:
        return row.message
    return None


def _new_row(change: RowChange) -> ChatRow:
    message, outcome = change.message, change.outcome
    if message is None:
        text = plain(outcome.text) if outcome is not None else ""
        name = plain(outcome.name, MAX_NAME) if outcome is not None else ""
        return ChatRow(change.key, name, text, "", time.time(), lane=Lane.STREAMER)
    name = plain(message.name or message.login, MAX_NAME)
    sent_at = message.sent_at or time.time()
    return ChatRow(
        change.key, name or "?", plain(message.text), message.author_id, sent_at, message
    )


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
