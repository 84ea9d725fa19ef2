"""The voice that is worked on: shown, checked, tried, saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.desktop.voice_manager.dictation import VoiceDictation
from ishowtts_desktop.desktop.voice_manager.kept import ChangedMeanwhile, opened, saved
from ishowtts_desktop.desktop.voice_manager.player import VoicePlayer
from ishowtts_desktop.desktop.voice_manager.waveform_picture import WaveformPicture
from ishowtts_desktop.voice_book import DRAFT
from ishowtts_desktop.voices.findings import check
from ishowtts_desktop.voices.spans import best_span, snapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.errors import IshowttsError
    from ishowtts_desktop.desktop.voice_manager.draft import VoiceDraft
    from ishowtts_desktop.desktop.voice_manager.editor import VoiceEditor
    from ishowtts_desktop.desktop.voice_manager.services import VoiceServices
    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork
    from ishowtts_desktop.voices.voice import Span

CHECK_MS: Final = 250
SNAP_SECONDS: Final = 0.2


class VoiceDesk(QObject):
    """Does to the draft in ``editor`` what its buttons ask for, with ``services``, by ``work``.

    ``draft_changed`` follows every edit; ``saved`` gives the voice as the library has it now.
    """

    draft_changed = Signal()
    saved = Signal(object)
    failed = Signal(object)
    solved = Signal()

    def __init__(self, editor: VoiceEditor, services: VoiceServices, work: VoiceWork) -> None:
        super().__init__(editor)
        self._editor = editor
        self._services = services
        self._work = work
        self._pictured: AudioChunk | None = None
        self._asked = False
        self._player = VoicePlayer(editor, services.play, services.play_changed)
        self._dictation = VoiceDictation(editor, services.transcriber, work)
        self._check_soon = QTimer(self)
        self._check_soon.setSingleShot(True)
        self._check_soon.setInterval(CHECK_MS)
        self._check_soon.timeout.connect(self._check)
        self._player.failed.connect(self.failed)
        self._dictation.failed.connect(self.failed)
        editor.edited.connect(self._note_edit)
        editor.waveform.edge_dropped.connect(self._tidy_edges)
        editor.best_requested.connect(self.choose_best)

    @property
    def draft(self) -> VoiceDraft | None:
        """The voice as it is edited now."""
        return self._editor.draft

    @property
    def changed(self) -> bool:
        """Whether something would be lost."""
        draft = self.draft
        return draft is not None and draft.changed

    @Slot(object)
    def show(self, draft: VoiceDraft | None) -> None:
        """Work on another voice, or on none; what isn't saved of this one is lost."""
        self._player.quiet()
        self._dictation.stop()
        self._check_soon.stop()
        self._work.forget("check")
        self._work.forget("best")
        self._work.forget("snap")
        recording = None if draft is None else draft.recording
        if recording is not self._pictured:
            self._editor.waveform.show_picture(None)
            self._editor.waveform.show_words("…")
            self._work.forget("picture")
        self._editor.show_draft(draft)
        if recording is not None and recording is not self._pictured:
            self._work.run(
                "picture", lambda: WaveformPicture.of(recording), self._show_picture, self._fail
            )
        self._pictured = recording
        if draft is not None and not draft.starter:
            self._check_soon.start()
        self.draft_changed.emit()

    def take_recording(self, recording: AudioChunk, span: Span | None, text: str = "") -> None:
        """Give the voice that is shown another recording, and its text where that is known."""
        draft = self.draft
        if draft is not None:
            changed = draft.with_recording(recording, span)
            self.show(changed.with_values(text=text) if text else changed)

    @Slot()
    def choose_best(self) -> None:
        """Mark the best part."""
        draft = self.draft
        if draft is not None:
            self._work.run("best", lambda: best_span(draft.recording), self._mark, self._fail)

    def say(self, text: str) -> None:
        """Say a sentence in this voice, saved or not."""
        draft = self.draft
        if draft is None:
            return
        voice_id = draft.voice.id
        try:
            if draft.changed:
                voice_id = DRAFT
                voice = draft.voice.model_copy(update={"id": DRAFT})
                self._services.set_draft(voice, draft.recording)
        except VoiceError as error:
            self._fail(error)
            return
        self._services.speak(text, voice_id)

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Keep audio and text in the library, both or none; call ``then`` when that went well."""
        draft = self.draft
        if draft is None or self._work.busy("save"):
            return
        try:
            draft.must_be_whole()
        except VoiceError:
            missing = VoiceError(
                self.tr("The voice isn't saved yet."),
                self.tr("Tick below that the person who is heard agreed."),
            )
            self._fail(missing)
            self._asked = True
            self._editor.terms.focus_consent()
            return
        library = self._services.library

        def done(kept: VoiceDraft) -> None:
            self._editor.setEnabled(True)
            self.show(kept)
            self.solved.emit()
            self.saved.emit(kept.voice)
            if then is not None:
                then()

        # What were typed meanwhile would be lost.
        self._editor.setEnabled(False)
        self._work.run("save", lambda: saved(library, draft), done, self._fail_saving)

    def revert(self, then: Callable[[], None] | None = None) -> None:
        """Show the voice as the library has it, a new one no more; then call ``then``."""
        draft, library = self.draft, self._services.library

        def done(found: VoiceDraft | None) -> None:
            self._asked = False
            self.show(found)
            self.solved.emit()
            if then is not None:
                then()

        def gone(problem: IshowttsError) -> None:
            done(None)
            self._fail(problem)

        if draft is None or draft.kept is None:
            done(None)
        else:
            voice_id = draft.kept.id
            self._work.run("open", lambda: opened(library, voice_id), done, gone)

    def quiet(self) -> None:
        """Be quiet, and cancel what can be cancelled."""
        self._player.quiet()
        self._dictation.stop()
        self._check_soon.stop()

    def close(self) -> None:
        """Be quiet for good. Only now is nothing left that may have to be said in a draft."""
        self.quiet()
        self._services.set_draft(None, None)

    def _show_picture(self, picture: WaveformPicture) -> None:
        self._editor.waveform.show_picture(picture)
        self._editor.show_part()

    def _mark(self, span: Span | None) -> None:
        if span is None:
            self._fail(
                VoiceError(
                    self.tr("No speech was found in the recording."),
                    self.tr("Take another recording."),
                )
            )
        else:
            self._editor.choose_part(span)

    @Slot()
    def _tidy_edges(self) -> None:
        """Let an edge that was dropped beside a silence snap into it."""
        draft = self.draft
        if draft is None or draft.voice.span is None:
            return
        span = draft.voice.span

        def done(tidy: Span) -> None:
            now = self.draft
            moved = max(abs(tidy.start - span.start), abs(tidy.end - span.end))
            if now is not None and now.voice.span == span and 0 < moved <= SNAP_SECONDS:
                self._editor.choose_part(tidy)

        self._work.run("snap", lambda: snapped(draft.recording, span), done)

    def _fail_saving(self, problem: IshowttsError) -> None:
        self._editor.setEnabled(True)
        if isinstance(problem, ChangedMeanwhile):
            problem = VoiceError(
                self.tr("Another program changed this voice meanwhile."),
                self.tr("Revert shows it as it is now."),
            )
        self._fail(problem)

    def _fail(self, problem: IshowttsError) -> None:
        self.failed.emit(problem)

    @Slot()
    def _note_edit(self) -> None:
        self._check_soon.start()
        self.draft_changed.emit()
        draft = self.draft
        if self._asked and draft is not None and draft.voice.consent:
            self._asked = False
            self.solved.emit()

    @Slot()
    def _check(self) -> None:
        draft = self.draft
        if draft is not None:
            voice = draft.voice
            self._work.run(
                "check",
                lambda: check(draft.recording, voice.text, voice.language, voice.span),
                self._editor.findings.show_findings,
                self._fail,
            )
