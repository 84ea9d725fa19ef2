"""A line to try the settings on: what would be said of it, or why nothing would."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.core.messages import ChatMessage, Role
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.reading_window.fields import wrapped_label
from ishowtts_desktop.desktop.reading_window.line_languages import language_name
from ishowtts_desktop.desktop.reading_window.typing_pause import TypingPause
from ishowtts_desktop.desktop.sentences import reason_sentence
from ishowtts_desktop.desktop.wheel import WheelGuard

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.core.errors import IshowttsError
    from ishowtts_desktop.desktop.reading_window.services import ReadingServices
    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork
    from ishowtts_desktop.reading.text.prepare import Explanation, Prepared

DELAY_MS: Final = 150
LONGEST: Final = 2000
SAID_LINES: Final = 2
PREVIEW: Final = "preview"
PAID: Final = "paid"


class TryLine(QWidget):
    """Asks ``services`` for a preview, off the GUI thread. ``hear_requested`` has a text."""

    hear_requested = Signal(str)

    def __init__(self, services: ReadingServices, work: VoiceWork) -> None:
        super().__init__()
        self._services = services
        self._work = work
        self._asking = threading.Lock()
        self._kept: Callable[[ChatMessage], Explanation] | None = None
        self._result: Prepared | Reason | None = None
        self._line = QLineEdit()
        self._line.setMaxLength(LONGEST)
        self._line.setClearButtonEnabled(True)
        self._author = QComboBox()
        WheelGuard(self._author)
        self._hear = QPushButton()
        self._hear.setAutoDefault(False)
        self._caption = QLabel()
        self._caption.setBuddy(self._line)
        self._said = QPlainTextEdit()
        self._facts = wrapped_label()
        self._pause = TypingPause(self, DELAY_MS)
        self._pause.over.connect(self._ask)
        self._line.textChanged.connect(self._pause.begin)
        self._line.returnPressed.connect(self._hear_it)
        self._author.activated.connect(self._ask)
        self._hear.clicked.connect(self._hear_it)
        self._set_up_said()
        row = QHBoxLayout()
        row.addWidget(self._caption)
        row.addWidget(self._line, 1)
        row.addWidget(self._author)
        below = QHBoxLayout()
        below.addWidget(self._said, 1)
        below.addWidget(self._hear, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.fontMetrics().height() // 4)
        column.addLayout(row)
        column.addLayout(below)
        column.addWidget(self._facts)
        self.retranslate()

    @Slot()
    def take_settings(self) -> None:
        """Look at the line anew: the settings are other ones."""
        self._kept = None
        if self._line.text().strip():
            self._pause.begin()

    def retranslate(self) -> None:
        """Say everything in the window's present language."""
        self._caption.setText(self.tr("&Try a line"))
        self._line.setPlaceholderText(self.tr("What a viewer might write"))
        self._line.setAccessibleName(self.tr("A line to try"))
        self._author.setAccessibleName(self.tr("Who writes it"))
        self._hear.setText(self.tr("Hea&r"))
        self._said.setPlaceholderText(self.tr("What would be said of it stands here."))
        self._said.setAccessibleName(self.tr("What would be said"))
        at = max(0, self._author.currentIndex())
        self._author.clear()
        self._author.addItem(self.tr("A viewer"), "")
        self._author.addItem(self.tr("A subscriber"), Role.SUBSCRIBER.value)
        self._author.addItem(self.tr("A VIP"), Role.VIP.value)
        self._author.addItem(self.tr("A moderator"), Role.MODERATOR.value)
        self._author.addItem(self.tr("You"), Role.BROADCASTER.value)
        self._author.addItem(self.tr("Somebody who paid"), PAID)
        self._author.setCurrentIndex(at)
        self._show()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _set_up_said(self) -> None:
        """Let it look like a label; but what is said may be long, and is worth copying."""
        said = self._said
        said.setReadOnly(True)
        said.setTabChangesFocus(True)
        said.setFrameShape(QFrame.Shape.NoFrame)
        said.viewport().setAutoFillBackground(False)
        said.document().setDocumentMargin(0)
        height = said.fontMetrics().height()
        said.setFixedHeight(SAID_LINES * said.fontMetrics().lineSpacing() + height // 3)
        said.setMinimumWidth(10 * said.fontMetrics().averageCharWidth())

    @Slot()
    def _ask(self) -> None:
        self._pause.end()
        text = self._line.text()
        if not text.strip():
            self._work.forget(PREVIEW)
            self._result = None
            self._show()
            return
        message = _message(text, str(self._author.currentData()))
        kept, make, config = self._kept, self._services.preview, self._services.config
        if kept is None:
            # A copy, so that the other thread sees one state whatever is changed meanwhile.
            config = config.model_copy(deep=True)

        def look() -> tuple[Callable[[ChatMessage], Explanation], Explanation]:
            with self._asking:  # one line at a time: a preview isn't thread-safe
                explain = kept or make(config).of
                return explain, explain(message)

        self._work.run(PREVIEW, look, self._take, self._fail)

    def _take(self, found: tuple[Callable[[ChatMessage], Explanation], Explanation]) -> None:
        if not self._pause.typing:  # else the settings are other ones by now
            self._kept = found[0]
        self._result = found[1].result
        self._show()

    def _fail(self, problem: IshowttsError) -> None:
        self._result = None
        self._show()
        self._said.setPlainText(f"{problem.message} {problem.advice}".strip())

    def _show(self) -> None:
        result = self._result
        self._hear.setEnabled(result is not None and not isinstance(result, Reason))
        if result is None:
            said, facts = "", ""
        elif isinstance(result, Reason):
            said, facts = f"{self.tr('Not read.')} {reason_sentence(result)}", ""
        else:
            said = plain(result.text, LONGEST)
            name = language_name(result.language)
            facts = self.tr("{language}, about {seconds} s")
            facts = facts.format(language=name, seconds=f"{result.seconds:.1f}")
        self._said.setPlainText(said)
        self._facts.setText(facts or " ")
        self._line.setAccessibleDescription(f"{said} {facts}".strip())

    @Slot()
    def _hear_it(self) -> None:
        result = self._result
        if self._hear.isEnabled() and result is not None and not isinstance(result, Reason):
            self.hear_requested.emit(result.text)


def _message(text: str, author: str) -> ChatMessage:
    roles = frozenset() if author in ("", PAID) else frozenset({Role(author)})
    return ChatMessage(
        id="try",
        source="demo",
        channel="you",
        author_id="try",
        login="viewer",
        name="Viewer",
        text=text,
        roles=roles,
        bits=100 if author == PAID else 0,
    )
