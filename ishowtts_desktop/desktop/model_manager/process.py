"""A verb of ``models`` as a process of its own: nothing in it can block or end the window."""

from __future__ import annotations

import contextlib
import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from ishowtts_desktop.desktop.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

KEPT_OUTPUT: Final = 1 << 20
KEPT_ERRORS: Final = 4096
STOP_MS: Final = 3000
KILL_WAIT_MS: Final = 500


@dataclass(frozen=True)
class Ending:
    """How a process ended.

    ``code`` is None where it didn't start or a signal ended it. ``output`` is all that it printed,
    empty when that was more than `KEPT_OUTPUT`; ``said`` is its last line on stderr.
    """

    code: int | None
    started: bool
    output: bytes
    said: str


class ModelProcess(QObject):
    """Runs ``command`` with ``arguments``. ``told`` gives its output as it comes, in bytes.

    ``ended`` comes exactly once after `start`, with an `Ending`.
    """

    told = Signal(object)
    ended = Signal(object)

    def __init__(
        self, command: Sequence[str], arguments: Sequence[str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        program, *first = command
        self._output = bytearray()
        self._too_much = False
        self._errors = b""
        self._over = False
        self._process = QProcess(self)
        self._process.setProgram(program)
        self._process.setArguments([*first, *arguments])
        self._process.setStandardInputFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._read_output)
        self._process.readyReadStandardError.connect(self._read_errors)
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._note_error)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._process.kill)

    @property
    def process_id(self) -> int:
        """The process's id; 0 when it doesn't run."""
        return int(self._process.processId())

    @Slot()
    def start(self) -> None:
        """Start it."""
        self._process.start()

    @Slot()
    def stop(self, patience_ms: int = STOP_MS) -> None:
        """Ask it to end; kill it when it has not after ``patience_ms``."""
        if self.process_id:
            # Not QProcess's own way: on Windows that asks windows only, and this has none. The
            # process isn't reaped before Qt's loop runs again, so the id is still its own.
            with contextlib.suppress(OSError):
                os.kill(self.process_id, signal.SIGTERM)
        self._patience.start(patience_ms)

    def wait(self, milliseconds: int) -> None:
        """Wait for its end as long as that, then kill it."""
        if self._over or self._process.waitForFinished(max(1, milliseconds)):
            return
        self._process.kill()
        self._process.waitForFinished(KILL_WAIT_MS)

    @Slot()
    def _read_output(self) -> None:
        data = self._process.readAllStandardOutput().data()
        if len(self._output) + len(data) > KEPT_OUTPUT:
            self._too_much = True
            self._output.clear()
        if not self._too_much:
            self._output += data
        if data:
            self.told.emit(bytes(data))

    @Slot()
    def _read_errors(self) -> None:
        data = self._process.readAllStandardError().data()
        self._errors = (self._errors + bytes(data))[-KEPT_ERRORS:]

    @Slot(int, QProcess.ExitStatus)
    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read_output()
        self._read_errors()
        self._end(code if status is QProcess.ExitStatus.NormalExit else None, started=True)

    @Slot(QProcess.ProcessError)
    def _note_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._errors = self._process.errorString().encode()
            self._end(None, started=False)

    def _end(self, code: int | None, *, started: bool) -> None:
        if self._over:
            return
        self._over = True
        self._patience.stop()
        lines = self._errors.decode("utf-8", "replace").strip().splitlines()
        said = plain(lines[-1], 300) if lines else ""
        self.ended.emit(Ending(code, started, bytes(self._output), said))
