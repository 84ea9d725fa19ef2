"""The bottom of the window: what is spoken, by whom, what waits, how quick it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.sentences import (
    phrases_hint,
    stage_sentence,
    steps_hint,
    voice_sentence,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent

    from ishowtts_desktop.desktop.voice_state import VoiceState
    from ishowtts_desktop.reading.conductor import ReaderState

TICK_MS: Final = 1000


class ElidedLabel(QLabel):
    """One line of plain text, cut to the room there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def whole(self) -> str:
        """The text, cut or not."""
        return self._whole

    @property
    def whole_width(self) -> int:
        """How many pixels the whole text takes."""
        return QFontMetrics(self.font()).horizontalAdvance(self._whole) + 1

    def show_text(self, text: str) -> None:
        """Show ``text``, or as much of it as there is room for."""
        self._whole = text
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Cut anew."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics = QFontMetrics(self.font())
        self.setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))
        self.setAccessibleName(self._whole)


class FactLabel(ElidedLabel):
    """One with a tool tip: for words of our own only, a stranger's might be taken for markup."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""

    def explain(self, hint: str) -> None:
        """Say more in the tool tip."""
        self._hint = hint
        self.setAccessibleDescription(hint)
        self._elide()

    def _elide(self) -> None:
        super()._elide()
        cut = self.text() != self._whole
        self.setToolTip("\n".join(filter(None, [self._whole if cut else "", self._hint])))


class Facts(QWidget):
    """Labels side by side: the first takes the room that the others leave, and may be cut.

    Where they don't all fit the last ones go, whole; the first of them stays, cut if it must be.
    """

    def __init__(
        self,
        first: ElidedLabel,
        others: Sequence[ElidedLabel],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._first = first
        self._others = tuple(others)
        for label in (first, *others):
            label.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def arrange(self) -> None:
        """Give each its place."""
        space = self.fontMetrics().height()
        # A few of its words tell enough of the first.
        kept = min(self._first.whole_width, 10 * space)
        room = self.width()
        shown: dict[ElidedLabel, int] = {}
        full = False
        for label in filter(lambda label: label.whole, self._others):
            width = label.whole_width
            if label is self._others[0]:
                width = min(width, room // 2)
            else:
                full = full or room - width - space < kept
            if not full:
                shown[label] = width
                room -= width + space
        self._first.setGeometry(0, 0, max(0, room), self.height())
        left = room + space if shown else 0
        for label in self._others:
            label.setVisible(label in shown)
            width = shown.get(label, 0)
            label.setGeometry(left, 0, width, self.height())
            left += width + space if width else 0

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return one line."""
        return QSize(0, max(self._first.sizeHint().height(), self.fontMetrics().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange anew."""
        super().resizeEvent(event)
        self.arrange()


class StatusBar(QStatusBar):
    """Speaking, the load, what waits, chat-to-sound latency, the voice: in this order of weight.

    ``now`` is the clock that `ReaderState` counts by.
    """

    def __init__(
        self, parent: QWidget | None = None, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._reader: ReaderState | None = None
        self._voice_state: VoiceState | None = None
        self._silent = False
        self._p50: float | None = None
        self._p95: float | None = None
        self._speaking = ElidedLabel()
        self._load, self._queue = FactLabel(), FactLabel()
        self._latency, self._voice = FactLabel(), FactLabel()
        self._facts = Facts(self._speaking, (self._load, self._queue, self._latency, self._voice))
        self.addWidget(self._facts, 1)
        self.setSizeGripEnabled(False)
        gap = self.fontMetrics().height() // 2
        self.setContentsMargins(gap, 0, gap, gap // 2)
        # What waits grows older without anybody telling.
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._retranslate)
        self._retranslate()

    @Slot(object)
    def show_reader(self, state: ReaderState) -> None:
        """Show what the reader does."""
        self._reader = state
        self._retranslate()
        self._choose_tick()

    @Slot(object)
    def show_voice(self, voice: VoiceState) -> None:
        """Show which engine speaks."""
        self._voice_state = voice
        self._retranslate()

    @Slot(float)
    def show_volume(self, volume: float) -> None:
        """Take note of the volume, 0..1: at 0 what is spoken can't be heard."""
        self._silent = round(volume * 100) == 0
        self._retranslate()

    @Slot(object, object)
    def show_latency(self, p50: float | None, p95: float | None) -> None:
        """Show the latencies from chat to sound, in seconds; None is unknown."""
        self._p50, self._p95 = p50, p95
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._retranslate()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count on."""
        super().showEvent(event)
        self._choose_tick()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Count no more: nobody looks."""
        super().hideEvent(event)
        self._choose_tick()

    def _choose_tick(self) -> None:
        waits = self._reader is not None and self._reader.oldest_at is not None
        if waits and self.isVisible():
            if not self._tick.isActive():
                self._tick.start()
        else:
            self._tick.stop()

    @Slot()
    def _retranslate(self) -> None:
        self._speaking.show_text(self._spoken_now())
        self._load.show_text(self._load_now())
        voice = self._voice_state
        sentence = "" if voice is None else voice_sentence(voice)
        hints = () if voice is None else (steps_hint(voice), phrases_hint(voice))
        hint = " ".join(filter(None, hints))
        self._voice.show_text(sentence[:1].upper() + sentence[1:])
        self._voice.explain(hint)
        self._queue.show_text(self._waiting_now())
        if self._p50 is None or self._p95 is None:
            self._latency.show_text(self.tr("Chat to sound: not measured"))
        else:
            text = self.tr("Chat to sound: {p50}, 95 % within {p95}")
            spans = self._span(self._p50), self._span(self._p95)
            self._latency.show_text(text.format(p50=spans[0], p95=spans[1]))
        self._facts.arrange()

    def _waiting_now(self) -> str:
        reader = self._reader
        if reader is None or reader.queued == 0:
            return self.tr("Nothing waits")
        seconds = round(reader.seconds_queued)
        if reader.oldest_at is None:
            text = self.tr("{count} waiting, {seconds} s")
            return text.format(count=reader.queued, seconds=seconds)
        text = self.tr("{count} waiting, {seconds} s, for up to {age} s")
        age = max(0, round(self._now() - reader.oldest_at))
        return text.format(count=reader.queued, seconds=seconds, age=age)

    def _load_now(self) -> str:
        reader = self._reader
        if reader is None or reader.panicked:
            return ""
        if self._silent:
            return self.tr("The volume is 0")
        if not reader.reading or reader.paused:
            return ""
        # With nothing to say the first words of the bar tell that it is held.
        if reader.held:
            return "" if reader.speaking is None else self._held_now()
        return stage_sentence(reader.stage)

    def _held_now(self) -> str:
        return self.tr("Held: you are talking")

    def _span(self, seconds: float) -> str:
        if seconds < 1:
            return self.tr("{number} ms").format(number=round(seconds * 1000))
        return self.tr("{number} s").format(number=f"{seconds:.1f}")

    def _spoken_now(self) -> str:
        reader = self._reader
        if reader is None:
            return self.tr("Starting")
        if reader.panicked:
            return self.tr("Silenced")
        if reader.paused:
            return self.tr("Paused")
        if reader.held and reader.speaking is None and (reader.reading or reader.queued):
            return self._held_now()
        if reader.speaking is not None:
            return self.tr("Speaking: {text}").format(text=plain(reader.speaking.text, 200))
        return self.tr("Reading") if reader.reading else self.tr("Reading is stopped")
