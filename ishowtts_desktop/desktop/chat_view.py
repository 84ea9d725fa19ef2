"""The list of chat messages: follows the newest, until the user scrolls up to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QPushButton, QWidget

from ishowtts_desktop.desktop.chat_delegate import ChatDelegate
from ishowtts_desktop.desktop.message_menu import BLOCK_KEY, MUTE_KEY

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.desktop.chat_model import ChatModel, ChatRow


class ChatView(QListView):
    """Shows ``model``; tells what the user wants of a row.

    ``read_requested`` comes with a `ChatMessage`, ``mute_requested`` and ``block_requested`` with
    the `Person` who wrote the row, ``say_requested`` with the text of one that is no message,
    ``menu_requested`` with the `ChatRow`, the name that it shows and the place on the screen.
    """

    read_requested = Signal(object)
    say_requested = Signal(str)
    mute_requested = Signal(object)
    block_requested = Signal(object)
    undo_requested = Signal()
    menu_requested = Signal(object, str, QPoint)

    def __init__(self, model: ChatModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._following = True
        self._value = 0
        self._chat = model
        self._delegate = ChatDelegate(model, self)
        # Before the view's own slots: they lay out by the heights, and forget what was removed.
        model.rowsAboutToBeRemoved.connect(self._hold_still)
        model.dataChanged.connect(self._measure_changed)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # Without this a change of width alone wouldn't make the rows be laid out anew.
        self.setWordWrap(True)
        self.setAlternatingRowColors(False)
        self._newest = QPushButton(self)
        self._newest.hide()
        self._newest.clicked.connect(self.jump_to_newest)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._follow)
        bar.valueChanged.connect(self._look_where_we_are)
        self._retranslate()

    @property
    def following(self) -> bool:
        """Whether new messages are scrolled into view."""
        return self._following

    def selected_message(self) -> ChatMessage | None:
        """Return the selected message; None without one, or when it was removed."""
        row = self._selected_row()
        return None if row is None else row.message

    @Slot()
    def jump_to_newest(self) -> None:
        """Show the newest message and follow again."""
        self._following = True
        self._newest.hide()
        self.scrollToBottom()

    @Slot()
    def read_selected(self) -> None:
        """Ask for the selected row to be said."""
        row = self._selected_row()
        if row is None or row.hidden:
            return
        if row.message is not None:
            self.read_requested.emit(row.message)
        else:
            self.say_requested.emit(row.text)

    @Slot()
    def copy_selected(self) -> None:
        """Copy the selected line's name and text, as they are shown."""
        row = self._selected_row()
        if row is not None and not row.hidden:
            QGuiApplication.clipboard().setText(f"{self._chat.name_of(row)}: {row.text}")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what can be done with the message under the pointer, or the selected one."""
        point = event.pos()
        index = self.indexAt(point)
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            point = self.visualRect(index).center()
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        row = self._chat.row_at(index.row())
        place = self.viewport().mapToGlobal(point)
        self.menu_requested.emit(row, self._chat.name_of(row), place)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter reads the selected message, Ctrl+C copies it, Home and End go to the ends.

        Ctrl+M mutes its author or ends that, Ctrl+B blocks likewise, Ctrl+Z takes it back.
        """
        keys = QKeySequence(event.keyCombination())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.read_selected()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        elif keys == QKeySequence(MUTE_KEY):
            self._ask_about_author(self.mute_requested)
        elif keys == QKeySequence(BLOCK_KEY):
            self._ask_about_author(self.block_requested)
        else:
            super().keyPressEvent(event)
            if event.key() == Qt.Key.Key_Home:
                self.scrollToTop()
            elif event.key() == Qt.Key.Key_End:
                self.jump_to_newest()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the button at the bottom and go on following."""
        self._delegate.set_width(self.viewport().width())
        self._measure(0, self._chat.rowCount() - 1)
        super().resizeEvent(event)
        self._place_button()
        if self._following:
            QTimer.singleShot(0, self, self.scrollToBottom)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint all rows under one hold of Python's lock, rather than fight for it row by row."""
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of font, style or language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() in (
            QEvent.Type.FontChange,
            QEvent.Type.StyleChange,
            QEvent.Type.LanguageChange,
        ):
            self._delegate.restyle(self.font())
            self._chat.retranslate()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size for a dozen lines."""
        em = self.fontMetrics().height()
        return QSize(34 * em, 18 * em)

    def _selected_row(self) -> ChatRow | None:
        indexes = self.selectedIndexes()
        return self._chat.row_at(indexes[0].row()) if indexes else None

    def _ask_about_author(self, signal: SignalInstance) -> None:
        row = self._selected_row()
        if row is not None and row.person is not None:
            signal.emit(row.person)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Chat messages"))
        self._newest.setText(self.tr("&Jump to newest"))
        self._newest.setAccessibleDescription(self.tr("Shows the newest message again"))
        self._place_button()

    def _place_button(self) -> None:
        hint = self._newest.sizeHint()
        area = self.viewport().geometry()
        gap = self.fontMetrics().height() // 2
        corner = QPoint(area.center().x() - hint.width() // 2, area.bottom() - hint.height() - gap)
        self._newest.setGeometry(corner.x(), corner.y(), hint.width(), hint.height())

    def _measure(self, first: int, last: int) -> None:
        width = self.viewport().width()
        self._chat.set_heights(first, last, width, self._delegate.height_of)

    @Slot(QModelIndex, QModelIndex)
    def _measure_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._measure(first.row(), last.row())

    @Slot()
    def _follow(self) -> None:
        if self._following:
            self.scrollToBottom()

    @Slot(int)
    def _look_where_we_are(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if value >= bar.maximum() - self.fontMetrics().height():
            self._following = True
        elif value < self._value:
            # New rows only make the range grow; nothing but the user moves away from the end.
            self._following = False
        self._value = value
        self._newest.setVisible(not self._following)

    @Slot(QModelIndex, int, int)
    def _hold_still(self, _parent: QModelIndex, first: int, last: int) -> None:
        if first <= self.currentIndex().row() <= last:
            # Qt would make a neighbour the current one and scroll to it.
            self.selectionModel().clear()
        if self._following:
            return
        # The oldest rows go at the top: what the user reads stays where it is.
        gone = sum(self._delegate.height_of(row) for row in range(first, last + 1))
        bar = self.verticalScrollBar()
        bar.setValue(max(0, bar.value() - gone))
