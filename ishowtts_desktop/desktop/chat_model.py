"""The chat as a list: the last thousand rows, changed in batches."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QSize, Qt, Slot
from PySide6.QtGui import QStandardItemModel

from ishowtts_desktop.core.utterances import Lane, OutcomeState, Reason
from ishowtts_desktop.desktop.feed import CAPACITY, RowChange, RowKey
from ishowtts_desktop.desktop.person import Person, person_of
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.sentences import lane_word, reason_sentence, state_word
from ishowtts_desktop.reading.rules.people import fold_user

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ishowtts_desktop.core.messages import ChatMessage, Notice
    from ishowtts_desktop.core.utterances import Outcome

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


@dataclass
class ChatRow:
    """One line of the chat, ready to be shown. ``time`` is seconds of Unix time.

    ``message`` is gone once a moderator removed it, and with it the text; who wrote it is still
    known by ``person``. What the platform announced has a ``notice`` instead; the streamer's own
    lines have neither. A name with a private word in it is ``nameless``: viewers see the list.
    """

    key: RowKey
    name: str
    text: str
    author: str
    time: float
    message: ChatMessage | None = None
    notice: Notice | None = None
    state: OutcomeState | None = None
    reason: Reason | None = None
    lane: Lane = Lane.NORMAL
    announced: bool = False
    nameless: bool = False
    person: Person | None = field(init=False)
    # What the delegate measured, by width; whoever changes the row empties it.
    heights: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.person = person_of(self.message or self.notice)

    @property
    def removed(self) -> bool:
        """Whether a moderator took it back."""
        return self.state is OutcomeState.REMOVED

    @property
    def hidden(self) -> bool:
        """Whether its text is not to be seen: the streamer's private words are seen by viewers."""
        return self.removed or self.reason is Reason.PRIVATE_WORD

    def update(self, change: RowChange) -> None:
        """Take over what is new. What was removed stays removed."""
        outcome = change.outcome
        if outcome is not None and (not self.removed or outcome.state is OutcomeState.REMOVED):
            self.state, self.reason, self.lane = outcome.state, outcome.reason, outcome.lane
        if change.removed is not None:
            self.state, self.reason = OutcomeState.REMOVED, change.removed
            self.message, self.notice = None, None
        if self.hidden:
            self.text = ""
        self.heights.clear()


class ChatModel(QStandardItemModel):
    """The rows, oldest first; ``capacity`` of them are kept.

    Qt's own items hold what the view asks for a thousand times at each layout, so that it is
    answered without Python and its lock. Enumerations come back from roles as their values.
    """

    def __init__(self, parent: QObject | None = None, *, capacity: int = CAPACITY) -> None:
        super().__init__(0, 1, parent)
        self._capacity = capacity
        self._rows: list[ChatRow] = []
        self._serials: dict[RowKey, int] = {}
        self._evicted = 0
        self._private: Callable[[str], bool] = _nothing

    def row_at(self, row: int) -> ChatRow:
        """Return the row itself, for the delegate: quicker than role by role."""
        return self._rows[row]

    def name_of(self, row: ChatRow) -> str:
        """Return who wrote it, as it may be shown."""
        if row.nameless:
            return self.tr("name hidden")
        if row.name:
            return row.name
        if row.lane is Lane.STREAMER:
            return self.tr("You")
        return self.tr("Announcement") if row.announced else self.tr("Summary")

    def shown_name(self, login: str) -> str:
        """Return the name of whoever wrote lately by this login or name; "" for nobody."""
        wanted = fold_user(login)
        for row in reversed(self._rows):
            if row.person is not None and wanted in row.person.folded:
                return row.name and self.name_of(row)
        return self.tr("name hidden") if self._private(login) else ""

    def hide_names(self, private: Callable[[str], bool]) -> None:
        """Hide the names of which ``private`` tells that nobody is to see them."""
        self._private = private
        changed = []
        for number, row in enumerate(self._rows):
            nameless = self._is_nameless(row)
            if nameless != row.nameless:
                row.nameless = nameless
                changed.append(number)
        self._refresh(changed)

    def text_of(self, row: ChatRow) -> str:
        """Return what is shown as its text: never what a moderator removed."""
        if row.removed:
            return self.tr("message removed")
        return self.tr("message hidden") if row.hidden else row.text

    def set_heights(self, first: int, last: int, width: int, measure: Callable[[int], int]) -> None:
        """Let rows ``first`` to ``last`` take ``width`` by ``measure(row)`` pixels, silently."""
        blocked = self.blockSignals(True)
        for number in range(first, last + 1):
            size = QSize(width, measure(number))
            self.setData(self.index(number, 0), size, Qt.ItemDataRole.SizeHintRole)
        self.blockSignals(blocked)

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
                row = new.get(change.key) or self._make_row(change)
                row.update(change)
                new[change.key] = row
        self._refresh(touched)
        self._append(list(new.values())[-self._capacity :])

    @Slot(int)
    def expire(self, count: int) -> None:
        """Forget the ``count`` oldest rows."""
        count = min(count, len(self._rows))
        if count <= 0:
            return
        self.removeRows(0, count)
        for row in self._rows[:count]:
            del self._serials[row.key]
        del self._rows[:count]
        self._evicted += count

    @Slot()
    def retranslate(self) -> None:
        """Say everything in the present language."""
        for row in self._rows:
            row.heights.clear()
        self._refresh(range(len(self._rows)))

    def _make_row(self, change: RowChange) -> ChatRow:
        row = _new_row(change)
        row.nameless = self._is_nameless(row)
        return row

    def _is_nameless(self, row: ChatRow) -> bool:
        names = (row.name,) if row.person is None else (row.person.name, row.person.login)
        return any(self._private(name) for name in names)

    def _refresh(self, numbers: Iterable[int]) -> None:
        runs = _runs(numbers)
        blocked = self.blockSignals(True)
        for first, last in runs:
            for number in range(first, last + 1):
                self.setItemData(self.index(number, 0), self._roles_of(self._rows[number]))
        self.blockSignals(blocked)
        for first, last in runs:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))

    def _append(self, rows: list[ChatRow]) -> None:
        if not rows:
            return
        self.expire(len(self._rows) + len(rows) - self._capacity)
        first = len(self._rows)
        self._rows += rows
        for number, row in enumerate(rows, first):
            self._serials[row.key] = number + self._evicted
        self.insertRows(first, len(rows))
        self._refresh(range(first, len(self._rows)))

    def _roles_of(self, row: ChatRow) -> dict[int, Any]:
        return {
            Qt.ItemDataRole.DisplayRole: self.text_of(row),
            Qt.ItemDataRole.AccessibleTextRole: self._spoken_for_screen_readers(row),
            Qt.ItemDataRole.ToolTipRole: self._tool_tip(row),
            ChatRole.NAME: self.name_of(row),
            ChatRole.TEXT: self.text_of(row),
            ChatRole.STATE: row.state,
            ChatRole.REASON: reason_sentence(row.reason),
            ChatRole.LANE: row.lane,
            ChatRole.EMPHASIS: row.lane in (Lane.STREAMER, Lane.PAID),
            ChatRole.TIME: row.time,
        }

    def _spoken_for_screen_readers(self, row: ChatRow) -> str:
        state = state_word(row.state) if row.state is not None else ""
        why = reason_sentence(row.reason)
        kind = self.tr("announcement") if row.announced else ""
        parts = (self.name_of(row), kind, lane_word(row.lane), self.text_of(row), state, why)
        return ", ".join(part for part in parts if part)

    def _tool_tip(self, row: ChatRow) -> str:
        # No chat text in here: a tool tip may take it for markup.
        clock = time.strftime("%H:%M:%S", time.localtime(row.time))
        state = state_word(row.state) if row.state is not None else ""
        kind = self.tr("announcement") if row.announced else ""
        parts = (clock, kind, lane_word(row.lane), state, reason_sentence(row.reason))
        return " · ".join(part for part in parts if part)


def _nothing(_name: str) -> bool:
    return False


def _new_row(change: RowChange) -> ChatRow:
    message, outcome = change.message, change.outcome
    if message is None:
        return _row_without_message(change, outcome)
    name = plain(message.name or message.login, MAX_NAME)
    sent_at = message.sent_at or time.time()
    return ChatRow(
        change.key, name or "?", plain(message.text), message.author_id, sent_at, message
    )


def _row_without_message(change: RowChange, outcome: Outcome | None) -> ChatRow:
    if outcome is None:
        return ChatRow(change.key, "", "", "", time.time(), lane=Lane.STREAMER)
    notice = outcome.notice
    return ChatRow(
        change.key,
        plain(outcome.name, MAX_NAME),
        plain(outcome.text or outcome.spoken or ""),
        "" if notice is None else notice.author_id,
        time.time(),
        notice=notice,
        lane=outcome.lane,
        announced=notice is not None,
    )


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
