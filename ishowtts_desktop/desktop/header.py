"""The top of the window: which channel, and how its connection stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.core.messages import Phase
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.sentences import phase_sentence
from ishowtts_desktop.desktop.shapes import phase_pixmap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.core.messages import ConnectionState

MAX_URL: Final = 500
_AT_WORK: Final = frozenset({Phase.CONNECTING, Phase.CONNECTED, Phase.RETRYING})


class Header(QWidget):
    """The channel field with its button, and the connection's state by shape and word."""

    connect_requested = Signal(str)
    disconnect_requested = Signal()

    def __init__(self, recent: Sequence[str], source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: ConnectionState | None = None
        self._label = QLabel()
        self._field = QLineEdit()
        self._field.setMaxLength(MAX_URL)
        self._field.setText(source)
        self._label.setBuddy(self._field)
        self._recent = QStringListModel(list(recent), self)
        completer = QCompleter(self._recent, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._field.setCompleter(completer)
        self._button = QPushButton()
        self._button.setAutoDefault(False)
        self._shape = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._lay_out()
        self._field.returnPressed.connect(self._ask_to_connect)
        self._button.clicked.connect(self._press)
        self.show_connection(None)

    @Slot(object)
    def show_connection(self, state: ConnectionState | None) -> None:
        """Show how the connection stands; None before the first one."""
        self._state = state
        self._retranslate()

    @Slot(list)
    def show_recent(self, recent: Sequence[str]) -> None:
        """Offer these sources while the user types."""
        self._recent.setStringList(list(recent))

    @Slot(str)
    def show_source(self, source: str) -> None:
        """Put a source into the field."""
        self._field.setText(source)

    @Slot()
    def focus_channel(self) -> None:
        """Let the user type a channel."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language, font or theme."""
        super().changeEvent(event)
        kinds = (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds:
            self._retranslate()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._label)
        top.addWidget(self._field, 1)
        top.addWidget(self._button)
        below = QHBoxLayout()
        below.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addLayout(below)

    def _retranslate(self) -> None:
        self._label.setText(self.tr("Chan&nel"))
        self._field.setPlaceholderText(self.tr("Channel name or address, such as twitch://name"))
        self._field.setAccessibleName(self.tr("Channel"))
        leave = self._at_work
        self._button.setText(self.tr("&Disconnect") if leave else self.tr("&Connect"))
        self._words.setText(self._sentence())
        self._words.setAccessibleName(self.tr("Connection"))
        color = self.palette().color(QPalette.ColorRole.WindowText)
        phase = None if self._state is None else self._state.phase
        side = self.fontMetrics().height()
        self._shape.setPixmap(phase_pixmap(phase, side, self.devicePixelRatioF(), color))

    def _sentence(self) -> str:
        sentence = phase_sentence(self._state)
        if self._state is None:
            return sentence
        channel, detail = plain(self._state.channel, 80), plain(self._state.detail, 300)
        named = f"{sentence}: {channel}" if channel else sentence
        return f"{named} · {detail}" if detail else named

    @property
    def _at_work(self) -> bool:
        return self._state is not None and self._state.phase in _AT_WORK

    @Slot()
    def _press(self) -> None:
        if self._at_work:
            self.disconnect_requested.emit()
        else:
            self._ask_to_connect()

    @Slot()
    def _ask_to_connect(self) -> None:
        source = self._field.text().strip()
        if source:
            self.connect_requested.emit(source)
        else:
            self.focus_channel()
