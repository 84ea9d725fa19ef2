"""The log: a file that can be sent to a stranger, and warnings on stderr.

Masking happens in the formatter, on the finished text, because only there are the message, its
arguments, the exception and the traceback all together.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from ishowtts_desktop.system.redaction import Redactor, inert

if TYPE_CHECKING:
    from io import TextIOWrapper
    from pathlib import Path
    from types import TracebackType

    _StreamHandler = logging.StreamHandler[TextIOWrapper]
else:
    _StreamHandler = logging.StreamHandler  # takes no parameter before Python 3.11

_log = logging.getLogger(__name__)

_FILE_BYTES = 1_000_000
_OLD_FILES = 1
_LAYOUT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_CHATTY = ("websockets", "asyncio")


class Logging:
    """What `setup_logging` changed; `close` puts it back."""

    def __init__(
        self, redactor: Redactor, handlers: tuple[logging.Handler, ...], level: int
    ) -> None:
        self.redactor = redactor
        self._handlers = handlers
        root = logging.getLogger()
        self._level = root.level
        root.setLevel(level)
        for handler in handlers:
            root.addHandler(handler)
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = _log_uncaught
        threading.excepthook = _log_thread
        sys.unraisablehook = _log_unraisable

    def close(self) -> None:
        """Flush and close the files, restore the hooks. Calling it again does nothing."""
        if not self._handlers:
            return
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
        root = logging.getLogger()
        root.setLevel(self._level)
        for handler in self._handlers:
            root.removeHandler(handler)
            handler.close()
        self._handlers = ()


def setup_logging(folder: Path, verbose: bool = False, redactor: Redactor | None = None) -> Logging:
    """Log to ``folder/ishowtts.log`` (two files of 1 MB) and, from WARNING up, to stderr.

    ``verbose`` logs DEBUG to both. Exceptions that nobody caught are logged, of threads too. Where
    the folder can't be written, stderr remains.
    """
    redactor = redactor or Redactor()
    formatter = _SafeFormatter(redactor)
    stderr = _Stderr()
    stderr.setLevel(logging.DEBUG if verbose else logging.WARNING)
    handlers: list[logging.Handler] = [stderr]
    refusal: OSError | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handlers.append(_PrivateFile(folder / "ishowtts.log"))
    except OSError as error:
        refusal = error
    for handler in handlers:
        handler.setFormatter(formatter)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.INFO)
    logs = Logging(redactor, tuple(handlers), logging.DEBUG if verbose else logging.INFO)
    if refusal is not None:
        _log.warning("No log file in %s: %s. Make the folder writable.", folder, refusal.strerror)
    return logs


class _SafeFormatter(logging.Formatter):
    """One line a record, then its traceback, each line marked so that it can't pose as a record."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__(_LAYOUT)
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        record.message = _message(record)
        record.asctime = self.formatTime(record)
        lines = [inert(self._redactor.redact(self.formatMessage(record)))]
        for text in (
            self.formatException(record.exc_info) if record.exc_info else record.exc_text,
            self.formatStack(record.stack_info) if record.stack_info else None,
        ):
            if text:
                # Split at "\n" only: other line ends in an exception's text become inert.
                lines += [f"  | {inert(line)}" for line in self._redactor.redact(text).split("\n")]
        return "\n".join(lines)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, LookupError, AttributeError):
        # logging itself would print the arguments to stderr, unmasked.
        return f"{record.msg} (arguments don't fit: {record.args!r})"


class _Stderr(_StreamHandler):
    """Writes to today's stderr; silent when there is none."""

    def emit(self, record: logging.LogRecord) -> None:
        if sys.stderr is not None:
            self.stream = sys.stderr  # type: ignore[assignment] # a test may have replaced it
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say nothing: the default prints the record's arguments, unmasked."""


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner can read; a full disk doesn't stop anything."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            maxBytes=_FILE_BYTES,
            backupCount=_OLD_FILES,
            encoding="utf-8",
            errors="backslashreplace",
        )

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        return os.fdopen(
            os.open(self.baseFilename, flags, 0o600),
            "a",
            encoding=self.encoding,
            errors=self.errors,
        )

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say nothing: the default prints the record's arguments, unmasked."""


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.critical("Nobody caught this", exc_info=(kind, error, trace))


def _log_thread(failure: threading.ExceptHookArgs) -> None:
    if issubclass(failure.exc_type, SystemExit) or failure.exc_value is None:
        return
    name = failure.thread.name if failure.thread else "unknown"
    details = (failure.exc_type, failure.exc_value, failure.exc_traceback)
    _log.critical("The thread %s died", name, exc_info=details)


def _log_unraisable(failure: sys.UnraisableHookArgs) -> None:
    if failure.exc_value is None:
        return
    details = (failure.exc_type, failure.exc_value, failure.exc_traceback)
    _log.error("%s in %r", failure.err_msg or "Ignored", failure.object, exc_info=details)
