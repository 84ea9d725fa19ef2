"""Writes the configuration a moment after it changed, off the GUI thread: a disk may be slow."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from ishowtts_desktop.core.errors import IshowttsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.core.config_file import ConfigFile

DELAY_MS: Final = 500


class ConfigSaver(QObject):
    """Saves ``config`` to ``file``; failures go to ``tell``, on the writing thread."""

    def __init__(
        self, config: Config, file: ConfigFile, tell: Callable[[IshowttsError], None]
    ) -> None:
        super().__init__()
        self._config = config
        self._file = file
        self._tell = tell
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="config")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._save)

    @Slot()
    def schedule(self) -> None:
        """Save soon; several changes in a row are written once."""
        self._timer.start()

    def close(self) -> None:
        """Write what is not written yet and end the thread."""
        if self._timer.isActive():
            self._timer.stop()
            self._save()
        self._executor.shutdown(wait=True)

    @Slot()
    def _save(self) -> None:
        # A copy, so that the writing thread sees one state whatever the user does meanwhile.
        snapshot = self._config.model_copy(deep=True)
        self._executor.submit(self._file.save, snapshot).add_done_callback(self._tell_failure)

    def _tell_failure(self, done: Future[None]) -> None:
        error = done.exception()
        if isinstance(error, IshowttsError):
            self._tell(error)
        elif error is not None:
            raise error
