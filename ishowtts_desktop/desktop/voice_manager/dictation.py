"""Has the marked part of a recording written down by a transcriber, where there is one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from ishowtts_desktop.core.cancel import CancelToken
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
        editor.transcribe_requested.connect(self.toggle)
        self._show()

    @Slot()
    def toggle(self) -> None:
        """Write down what is said in the marked part, or give that up."""
        draft, transcriber = self._editor.draft, self._transcriber
        if self._work.busy(KIND):
            self.stop()
        elif draft is not None and transcriber is not None:
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
