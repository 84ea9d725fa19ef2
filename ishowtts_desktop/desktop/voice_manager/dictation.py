"""Has the marked part of a recording written down by a transcriber, where there is one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import VoiceError
from ishowtts_desktop.core.sizes import readable
from ishowtts_desktop.voices.recordings import cut

if TYPE_CHECKING:
    from ishowtts_desktop.core.errors import IshowttsError
    from ishowtts_desktop.desktop.voice_manager.editor import VoiceEditor
    from ishowtts_desktop.desktop.voice_manager.work import VoiceWork
    from ishowtts_desktop.voices.transcriber import Transcriber

KIND: Final = "transcribe"


class VoiceDictation(QObject):
    """Follows the Transcribe button of ``editor``; the work is done by ``work``."""

    failed = Signal(object)

    def __init__(
        self, editor: VoiceEditor, transcriber: Transcriber | None, work: VoiceWork
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._transcriber = transcriber
        self._work = work
        self._cancel = CancelToken()
        self._one_at_a_time = threading.Lock()
        self._box: QMessageBox | None = None
        editor.transcribe_requested.connect(self.toggle)
        self._show()

    @Slot()
    def toggle(self) -> None:
        """Write down what is said in the marked part, or give that up."""
        draft, transcriber = self._editor.draft, self._transcriber
        if self._work.busy(KIND):
            self.stop()
        elif draft is not None and transcriber is not None:
            self._ask_or_start(transcriber)

    def _ask_or_start(self, transcriber: Transcriber) -> None:
        try:
            missing = transcriber.to_download()
        except VoiceError as problem:
            self.failed.emit(problem)
            return
        if not missing:
            self._start()
        elif self._box is None:
            self._ask(missing)

    def _ask(self, missing: int) -> None:
        box = self._box = QMessageBox(self._editor)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Transcribe"))
        text = self.tr("The recogniser has to be downloaded first: {size}. Download it?")
        box.setText(text.format(size=readable(missing)))
        box.setInformativeText(self.tr("It works on this machine; the recording stays here."))
        kinds = QMessageBox.StandardButton
        box.setStandardButtons(kinds.Yes | kinds.Cancel)
        box.setDefaultButton(kinds.Yes)

        def settle(answer: int) -> None:
            self._box = None
            if answer == kinds.Yes.value:
                self._start()

        box.finished.connect(settle)
        box.open()

    def _start(self) -> None:
        draft, transcriber = self._editor.draft, self._transcriber
        if draft is not None and transcriber is not None:
            token = self._cancel = CancelToken()

            def job() -> str:
                part = cut(draft.recording, draft.voice.span)
                with self._one_at_a_time:  # one that was given up may need a while to end
                    return transcriber.transcribe(part, draft.voice.language, token)

            self._work.run(KIND, job, self._take, self._fail)
            self._show()

    def stop(self) -> None:
        """Give up what is under way."""
        self._cancel.cancel()
        self._work.forget(KIND)
        self._show()

    def _take(self, text: str) -> None:
        self._show()
        self._editor.write_text(text)

    def _fail(self, problem: IshowttsError) -> None:
        self._show()
        self.failed.emit(problem)

    def _show(self) -> None:
        possible = self._transcriber is not None
        self._editor.show_transcribing(possible=possible, busy=self._work.busy(KIND))
