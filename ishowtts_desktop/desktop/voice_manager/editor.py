"""The right side of the voice manager: everything about one voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ishowtts_desktop.desktop.shapes import Glyph, glyph_icon
from ishowtts_desktop.desktop.voice_manager.findings import FindingList
from ishowtts_desktop.desktop.voice_manager.language_box import LanguageBox
from ishowtts_desktop.desktop.voice_manager.services import PlayPhase
from ishowtts_desktop.desktop.voice_manager.terms import VoiceTerms
from ishowtts_desktop.desktop.voice_manager.waveform import Waveform
from ishowtts_desktop.voices.voice import LONGEST_NAME, LONGEST_TEXT, Span

if TYPE_CHECKING:
    from ishowtts_desktop.desktop.voice_manager.draft import VoiceDraft


class VoiceEditor(QWidget):
    """Shows a draft and changes it; ``edited`` tells that it did.

    What takes long it asks for: ``best_requested``, ``transcribe_requested`` (again to cancel) and
    ``play_requested`` (again to stop). ``reveal_requested`` tells the part that has the focus now.
    """

    edited = Signal()
    reveal_requested = Signal(object)
    play_requested = Signal()
    best_requested = Signal()
    transcribe_requested = Signal()

    def __init__(self, others: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: VoiceDraft | None = None
        self._phase = PlayPhase.ENDED
        self._transcribing = self._can_transcribe = False
        self._name = QLineEdit()
        self._name.setMaxLength(LONGEST_NAME)
        self._language = LanguageBox()
        self.waveform = Waveform()
        self._part = QLabel()
        self._play = QPushButton()
        self._best = QPushButton()
        self._other = QPushButton()
        self._other.setMenu(others)
        self._text_label = QLabel()
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text_label.setBuddy(self._text)
        self._transcribe = QPushButton()
        self.findings = FindingList()
        self.terms = VoiceTerms()
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._form = QFormLayout()
        self._lay_out()
        self._wire()
        self._retranslate()

    @property
    def draft(self) -> VoiceDraft | None:
        """The voice as the fields have it now."""
        draft = self._draft
        if draft is None or draft.starter:
            return draft
        values: dict[str, object] = {
            "name": self._name.text().strip(),
            "language": self._language.language,
            **self.terms.values(draft.voice),
        }
        # What wasn't touched stays as it was, in several lines perhaps.
        if self._text.toPlainText() != draft.voice.text:
            values["text"] = " ".join(self._text.toPlainText().split())
        span = self.waveform.span
        if span is not None and self._span_moved(draft):
            values["span"] = Span(start=span.start, end=span.end)
        return draft.with_values(**values)

    def show_draft(self, draft: VoiceDraft | None) -> None:
        """Fill the fields. The waveform's picture is shown by whoever made it."""
        self._draft = draft
        self.findings.show_findings(None)
        if draft is None:
            return
        voice = draft.voice
        blocked = [QSignalBlocker(w) for w in (self._name, self._language, self._text)]
        self._name.setText(voice.name)
        self._name.setCursorPosition(0)
        self._language.show_language(voice.language)
        if self._text.toPlainText() != voice.text:
            self._text.setPlainText(voice.text)
        for blocker in blocked:
            blocker.unblock()
        self.terms.show_voice(voice, free=not draft.starter)
        self.show_part()
        self._enable()

    def show_part(self) -> None:
        """Mark the draft's span in the waveform."""
        if self._draft is not None:
            span, seconds = self._draft.voice.span, self._draft.recording.seconds
            start, end = (0.0, seconds) if span is None else (span.start, span.end)
            self.waveform.show_span(start, end)
            self._tell_part()

    def choose_part(self, span: Span) -> None:
        """Take another span, as if it had been dragged there."""
        draft = self.draft
        if draft is not None:
            self._draft = draft.with_values(span=span)
            self.show_part()
            self.edited.emit()

    def write_text(self, text: str) -> None:
        """Put in another reference text; Ctrl+Z brings the earlier one back."""
        cursor = self._text.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)

    def focus_name(self) -> None:
        """Let the user type another name."""
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._name.selectAll()

    def show_play(self, phase: PlayPhase) -> None:
        """Turn Play into what stops it, and back."""
        self._phase = phase
        self._show_play()

    def show_transcribing(self, *, possible: bool, busy: bool) -> None:
        """Turn Transcribe into Cancel and back, or off."""
        self._can_transcribe, self._transcribing = possible, busy
        self._retranslate()
        self._enable()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Bring what gets the focus into view, whichever way it got it."""
        if event.type() is QEvent.Type.FocusIn:
            self.reveal_requested.emit(watched)
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow a change of language or theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()

    def _span_moved(self, draft: VoiceDraft) -> bool:
        span = self.waveform.span
        if span is None:
            return False
        before = draft.voice.span
        start, end = (0.0, span.total) if before is None else (before.start, before.end)
        return abs(span.start - start) > 1e-6 or abs(span.end - end) > 1e-6

    def _lay_out(self) -> None:
        em = self.fontMetrics().height()
        self._form.addRow(" ", self._name)
        self._form.addRow(" ", self._language)
        steer = QHBoxLayout()
        for button in (self._play, self._best, self._other, self._transcribe):
            button.setAutoDefault(False)
        for button in (self._play, self._best, self._other):
            steer.addWidget(button)
        steer.addStretch(1)
        steer.addWidget(self._part)
        above = QHBoxLayout()
        above.addWidget(self._text_label)
        above.addStretch(1)
        above.addWidget(self._transcribe)
        self._text.setFixedHeight(4 * em)
        for field in (self._name, self._text, self._text.viewport()):
            field.setAcceptDrops(False)  # the window takes what is dropped anywhere
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._hint)
        column.addLayout(self._form)
        column.addWidget(self.waveform)
        column.addLayout(steer)
        column.addLayout(above)
        column.addWidget(self._text)
        column.addWidget(self.findings)
        column.addWidget(self.terms)
        column.addStretch(1)

    def _wire(self) -> None:
        self._name.textEdited.connect(self._tell_edited)
        self._language.currentIndexChanged.connect(self._tell_edited)
        self._text.textChanged.connect(self._limit_text)
        self._text.textChanged.connect(self._tell_edited)
        self.terms.edited.connect(self._tell_edited)
        field: QWidget
        for field in self.findChildren(QWidget):
            if field.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                field.installEventFilter(self)
        self.waveform.span_changed.connect(self._take_span)
        self._play.clicked.connect(self.play_requested)
        self._best.clicked.connect(self.best_requested)
        self.findings.told.connect(self._text.setAccessibleDescription)
        self._transcribe.clicked.connect(self.transcribe_requested)

    def _enable(self) -> None:
        free = self._draft is not None and not self._draft.starter
        self._name.setReadOnly(not free)
        self._text.setReadOnly(not free)
        self._language.setEnabled(free)
        self._best.setEnabled(free)
        self._other.setEnabled(free)
        self._transcribe.setEnabled(free and self._can_transcribe)
        self.waveform.set_fixed(not free)
        self._hint.setVisible(not free)

    def _retranslate(self) -> None:
        self._hint.setText(
            self.tr("This voice comes with the application. Make a copy to change it: Ctrl+D.")
        )
        self._label(self._name, self.tr("Na&me"))
        self._label(self._language, self.tr("&Language"))
        self._show_play()
        self._best.setText(self.tr("Best pa&rt"))
        self._best.setAccessibleDescription(self.tr("Chooses the clearest 3 to 8 seconds"))
        self._best.setToolTip(self._best.accessibleDescription())
        self._other.setText(self.tr("&Other recording"))
        self._text_label.setText(self.tr("Reference te&xt: what is said in the marked part"))
        self._text.setAccessibleName(self.tr("Reference text"))
        self._text.setPlaceholderText(self.tr("Type exactly what is said there."))
        busy = self._transcribing
        self._transcribe.setText(
            self.tr("Cancel &transcribing") if busy else self.tr("&Transcribe this part")
        )
        self._transcribe.setToolTip(
            "" if self._can_transcribe else self.tr("Needs the extra named transcribe")
        )
        self._transcribe.setAccessibleDescription(self._transcribe.toolTip())
        self._tell_part()

    def _show_play(self) -> None:
        text, why = {
            PlayPhase.ENDED: (self.tr("Pla&y"), ""),
            PlayPhase.WAITING: (self.tr("Waiting..."), self.tr("Something else is said first")),
            PlayPhase.HELD: (self.tr("Paused"), self.tr("The speech is paused in the main window")),
            PlayPhase.SOUNDING: (self.tr("Stop pla&ying"), ""),
        }[self._phase]
        self._play.setText(text)
        self._play.setShortcut(QKeySequence.mnemonic(self.tr("Pla&y")))  # whatever it is called
        self._play.setToolTip(why)
        self._play.setAccessibleDescription(why)
        side, ratio = self.fontMetrics().height(), self.devicePixelRatioF()
        sign = Glyph.PLAY if self._phase is PlayPhase.ENDED else Glyph.STOP
        self._play.setIcon(glyph_icon(sign, self.palette(), side, ratio))
        self._play.setIconSize(QSize(side, side))

    def _label(self, field: QWidget, text: str) -> None:
        label = self._form.labelForField(field)
        if isinstance(label, QLabel):
            label.setText(text)
        field.setAccessibleName(text.replace("&", ""))

    def _tell_part(self) -> None:
        span = self.waveform.span
        if span is None:
            self._part.setText("")
            return
        text = self.tr("{seconds} s of {total} s")
        self._part.setText(text.format(seconds=f"{span.seconds:.1f}", total=f"{span.total:.1f}"))

    @Slot()
    def _limit_text(self) -> None:
        text = self._text.toPlainText()
        if len(text) > LONGEST_TEXT:
            self.write_text(text[:LONGEST_TEXT])

    @Slot()
    def _tell_edited(self) -> None:
        self.edited.emit()

    @Slot(float, float)
    def _take_span(self, start: float, end: float) -> None:  # noqa: ARG002 - the signal's
        self._tell_part()
        self.edited.emit()
