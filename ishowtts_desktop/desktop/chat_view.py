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
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QPushButton, QWidget

from ishowtts_desktop.desktop.chat_delegate import ChatDelegate
from ishowtts_desktop.desktop.chat_model import ChatModel, ChatRole

if TYPE_CHECKING:
    from ishowtts_desktop.core.messages import ChatMessage


class ChatView(QListView):
    """Shows ``model``; tells what the user wants of a message."""

    read_requested = Signal(object)
    mute_requested = Signal(str)

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
        indexes = self.selectedIndexes()
        return self._chat.row_at(indexes[0].row()).message if indexes else None

    @Slot()
    def jump_to_newest(self) -> None:
        """Show the newest message and follow again."""
        self._following = True
        self._newest.hide()
        self.scrollToBottom()

    @Slot()
    def read_selected(self) -> None:
        """Ask for the selected message to be read."""
        message = self.selected_message()
        if message is not None:
            self.read_requested.emit(message)

    @Slot()
    def copy_selected(self) -> None:
        """Copy the selected line's name and text, as they are shown."""
        indexes = self.selectedIndexes()
        if indexes and self.selected_message() is not None:
            name, text = indexes[0].data(ChatRole.NAME), indexes[0].data(ChatRole.TEXT)
            QGuiApplication.clipboard().setText(f"{name}: {text}")

    def menu_for(self, index: QModelIndex) -> QMenu:
        """Return the context menu of a row; the caller owns it."""
        menu = QMenu(self)
        message = self._chat.row_at(index.row()).message
        read = menu.addAction(self.tr("&Read this"))
        read.setShortcut(QKeySequence(Qt.Key.Key_Return))
        read.triggered.connect(lambda: self.read_requested.emit(message))
        copy = menu.addAction(self.tr("&Copy"))
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.triggered.connect(self.copy_selected)
        # In a menu an ampersand would be a mnemonic.
        name = str(index.data(ChatRole.NAME) or "").replace("&", "&&")
        mute = menu.addAction(self.tr("&Mute {name}").format(name=name))
        if message is not None:
            login = message.login or message.name
            mute.triggered.connect(lambda: self.mute_requested.emit(login))
        for action in (read, copy, mute):
            action.setEnabled(message is not None)
        return menu

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
        menu = self.menu_for(index)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(point))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter reads the selected message, Ctrl+C copies it, Home and End go to the ends."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.read_selected()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
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
