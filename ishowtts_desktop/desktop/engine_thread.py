"""The threads that the speech lives on: the speaker's, and the engine's."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)


class EngineThread(QThread):
    """Calls ``work`` once, on its own thread, which the log calls ``name``.

    Whoever starts it makes ``work`` return, then joins. There is no
    way to kill it: that could leave the GPU and the sound device in any state.
    """

    failed = Signal(str)

    def __init__(self, work: Callable[[], None], name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.setObjectName(name)

    def run(self) -> None:
        """Work, and tell what nobody expected."""
        threading.current_thread().name = self.objectName()  # what the log shows
        try:
            self._work()
        except Exception as error:  # noqa: BLE001 - thread edge
            _log.critical("the thread %s ended", self.objectName(), exc_info=True)
            self.failed.emit(f"{type(error).__name__}: {error}")

    def join(self, seconds: float) -> bool:
        """Wait for the end of ``work``; False when it takes longer than ``seconds``."""
        return self.wait(round(seconds * 1000))
