"""The window "Reading" on a configuration in memory: what is seen of it, and hands for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QListWidget, QPlainTextEdit, QWidget

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.utterances import Reason
from ishowtts_desktop.desktop.reading_window.services import ReadingServices
from ishowtts_desktop.desktop.reading_window.window import ReadingWindow
from ishowtts_desktop.reading.conductor import ReaderState
from ishowtts_desktop.reading.text.prepare import Explanation, Prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.audio.capture import Level
    from ishowtts_desktop.core.messages import ChatMessage
    from ishowtts_desktop.core.section import Section
    from ishowtts_desktop.desktop.reading_window.page import Page

VOICES = {"mina": "Mina", "starter-en": "English starter", "espeak-en": "English (Britain)"}


class Loud:
    """A gate that hears what it is told to."""

    def __init__(self) -> None:
        self.level: Level | None = None
        self.talking = False
        self.listening = False

    def listen(self, wanted: bool) -> None:
        self.listening = wanted


class Echo:
    """Says a line as it is; one with a blocked word in it isn't said."""

    def __init__(self, config: Config) -> None:
        self._blocked = config.rules.blocked_words

    def of(self, message: ChatMessage, *, reading: bool = True) -> Explanation:
        if any(word in message.text for word in self._blocked):
            return Explanation(Reason.BLOCKED_WORD, ("blocked_word",))
        return Explanation(Prepared(f"It says {message.text}", "en", 1.5), ())


class Chosen:
    """Answers the questions for files with what was chosen before."""

    def __init__(self) -> None:
        self.path: Path | None = None

    def ask_import(self, then: Callable[[Path], None]) -> None:
        if self.path is not None:
            then(self.path)

    ask_export = ask_import


class Hub(QObject):
    """Takes changes as the controller does."""

    taken = Signal()
    reader_changed = Signal(object)

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.changes: list[dict[str, Section]] = []

    def change(self, sections: Mapping[str, Section]) -> None:
        self.changes.append(dict(sections))
        for name, section in sections.items():
            setattr(self.config, name, section)
        self.taken.emit()


class ReadingHands:
    """The window, with what it asked for."""

    def __init__(self, qtbot: QtBot, config: Config | None = None, **other: Any) -> None:
        self.qtbot = qtbot
        self.config = config or Config()
        self.hub = Hub(self.config)
        self.gate = Loud()
        self.files = Chosen()
        self.said: list[str] = []
        self.muted = {"Troll"}
        self.voices = dict(VOICES)
        self.reader = ReaderState(
            reading=True, paused=False, speaking=None, queued=0, seconds_queued=0.0
        )
        services: dict[str, Any] = {
            "config": self.config,
            "change": self.hub.change,
            "say": self.said.append,
            "voices": lambda: self.voices,
            "preview": Echo,
            "inputs": lambda: ["Desk microphone"],
            "gate": self.gate,
            "muted": lambda: self.muted,
            "unmute": self.muted.discard,
            "reader": lambda: self.reader,
            "reader_changed": self.hub.reader_changed,
            "release": lambda: self.show_reader(panicked=False),
            **other,
        }
        self.window = ReadingWindow(ReadingServices(**services), files=self.files)
        self.hub.taken.connect(self.window.follow)
        qtbot.addWidget(self.window, before_close_func=lambda window: window.leave())
        with qtbot.waitActive(self.window):
            self.window.bring_to_front()

    def show_reader(self, **changed: bool) -> None:
        """Let the reader do this from now on."""
        self.reader = replace(self.reader, **changed)
        self.hub.reader_changed.emit(self.reader)

    def until(self, condition: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    def open(self, title: str) -> Page:
        """Go to a page by its title."""
        pages = [page.title for page in self.window.pages]
        self.find(QListWidget, "Pages").setCurrentRow(pages.index(title))
        return self.window.pages[pages.index(title)]

    def find(self, kind: type, name: str) -> Any:
        """Return the one widget in sight of this kind and accessible name."""
        found = [
            widget
            for widget in self.window.findChildren(kind)
            if widget.isVisible() and name in (widget.accessibleName(), shown(widget))
        ]
        assert len(found) == 1, f"{name}: {found}"
        return found[0]

    def press(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)

    def sees(self, text: str) -> bool:
        labels: list[tuple[QWidget, str]] = [
            (label, label.text()) for label in self.window.findChildren(QLabel)
        ]
        read = self.window.findChildren(QPlainTextEdit)
        labels += [(edit, edit.toPlainText()) for edit in read if edit.isReadOnly()]
        return any(widget.isVisible() and text in shown for widget, shown in labels)

    def key(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)

    @property
    def told(self) -> str:
        """What stands at the bottom of the last change."""
        return self.window._footer.said


def shown(widget: QWidget) -> str:
    """Return the words on a widget, without the mark of an access key."""
    text = getattr(widget, "text", getattr(widget, "currentText", str))
    return str(text()).replace("&", "")
