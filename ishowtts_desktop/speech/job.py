"""One request on its way to an engine's thread, and what became of it there."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.pipe import ChunkPipe

if TYPE_CHECKING:
    from ishowtts_desktop.speech.engine import SpeechEngine, SpeechRequest

_CHUNKS_AHEAD: Final = 64
_POLL_SECONDS: Final = 0.05

_log = logging.getLogger(__name__)


class Job:
    """One request on its way to the host's thread; its token hears the asker's and our own."""

    def __init__(self, request: SpeechRequest, asked: CancelToken) -> None:
        self.request = request
        self.cancel = _Either(asked)
        self.pipe = ChunkPipe(self.cancel, _CHUNKS_AHEAD)

    def drop(self) -> None:
        """Let both sides go on without the rest."""
        self.cancel.cancel()
        self.pipe.abandon()


class _Either(CancelToken):
    """Goes up by itself or with ``other``."""

    def __init__(self, other: CancelToken) -> None:
        super().__init__()
        self._other = other

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked for either."""
        return super().cancelled or self._other.cancelled

    def wait(self, seconds: float) -> bool:
        """Sleep up to ``seconds``; return within 50 ms with True when either is cancelled."""
        deadline = time.monotonic() + seconds
        while not self.cancelled and (left := deadline - time.monotonic()) > 0:
            super().wait(min(left, _POLL_SECONDS))
        return self.cancelled


def speak(engine: SpeechEngine, job: Job) -> EngineError | None:
    """Hand over one request's chunks; return what went wrong."""
    try:
        for chunk in engine.synthesize(job.request, job.cancel):
            if not job.pipe.put(chunk):
                break
    except Exception as error:  # noqa: BLE001 - thread edge
        return typed(error, "speak")
    return None


def typed(error: Exception, what: str) -> EngineError:
    """Return an error of ours. Always a new one: a traceback would keep the engine alive."""
    if isinstance(error, EngineError):
        if error.__cause__ is not None:
            _log.warning("the engine failed to %s", what, exc_info=error)
        return type(error)(error.message, error.advice)
    _log.error("the engine failed to %s", what, exc_info=error)
    return EngineError(
        f"The engine failed to {what}: {_first_line(error)}.", "The log has the details."
    )


def _first_line(error: Exception) -> str:
    text = str(error).strip()
    return text.splitlines()[0].rstrip(".") if text else type(error).__name__
