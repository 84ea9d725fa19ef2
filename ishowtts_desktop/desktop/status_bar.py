"""The bottom of the window: what is spoken, by whom, what waits, how quick it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar, QWidget

from ishowtts_desktop.desktop.plain import plain
from ishowtts_desktop.desktop.sentences import phrases_hint, steps_hint, voice_sentence

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.voice_state import VoiceState
    from ishowtts_desktop.reading.conductor import ReaderState


class ElidedLabel(QLabel):
    """One line of plain text, cut to the room there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

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


class StatusBar(QStatusBar):
    """Four facts: speaking, the voice, waiting, chat-to-sound latency."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader: ReaderState | None = None
        self._voice_state: VoiceState | None = None
        self._p50: float | None = None
        self._p95: float | None = None
        self._speaking = ElidedLabel()
        self._voice = QLabel()
        self._queue = QLabel()
        self._latency = QLabel()
        self.addWidget(self._speaking, 1)
        self.addPermanentWidget(self._voice)
        self.addPermanentWidget(self._queue)
        self.addPermanentWidget(self._latency)
        self.setSizeGripEnabled(False)
        gap = self.fontMetrics().height() // 2
        self.setContentsMargins(gap, 0, gap, gap // 2)
        for label in (self._voice, self._queue, self._latency):
            label.setContentsMargins(gap, 0, 0, 0)
        self._retranslate()

    @Slot(object)
    def show_reader(self, state: ReaderState) -> None:
        """Show what the reader does."""
        self._reader = state
        self._retranslate()

    @Slot(object)
    def show_voice(self, voice: VoiceState) -> None:
        """Show which engine speaks."""
        self._voice_state = voice
        self._retranslate()

    @Slot(object, object)
    def show_latency(self, p50: float | None, p95: float | None) -> None:
        """Show the latencies from chat to sound, in seconds; None is unknown."""
        self._p50, self._p95 = p50, p95
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._speaking.show_text(self._spoken_now())
        voice = self._voice_state
        sentence = "" if voice is None else voice_sentence(voice)
        self._voice.setText(sentence[:1].upper() + sentence[1:])
        hints = () if voice is None else (steps_hint(voice), phrases_hint(voice))
        hint = " ".join(filter(None, hints))
        self._voice.setToolTip(hint)
        self._voice.setAccessibleDescription(hint)
        reader = self._reader
        if reader is None or reader.queued == 0:
            self._queue.setText(self.tr("Nothing waits"))
        else:
            text = self.tr("{count} waiting, {seconds} s")
            seconds = round(reader.seconds_queued)
            self._queue.setText(text.format(count=reader.queued, seconds=seconds))
        if self._p50 is None or self._p95 is None:
            self._latency.setText(self.tr("Chat to sound: not measured"))
        else:
            text = self.tr("Chat to sound: {p50}, 95 % within {p95}")
            spans = self._span(self._p50), self._span(self._p95)
            self._latency.setText(text.format(p50=spans[0], p95=spans[1]))

    def _span(self, seconds: float) -> str:
        if seconds < 1:
            return self.tr("{number} ms").format(number=round(seconds * 1000))
        return self.tr("{number} s").format(number=f"{seconds:.1f}")

    def _spoken_now(self) -> str:
        reader = self._reader
        if reader is None:
            return self.tr("Starting")
        if reader.paused:
            return self.tr("Paused")
        if reader.speaking is not None:
            return self.tr("Speaking: {text}").format(text=plain(reader.speaking.text, 200))
        return self.tr("Reading") if reader.reading else self.tr("Reading is stopped")
