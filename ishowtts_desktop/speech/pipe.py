"""A bounded way for audio from the thread that makes it to the thread that asked for it."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.core.errors import EngineError

_POLL_SECONDS = 0.05


class ChunkPipe:
    """Carries one utterance's chunks, at most ``limit`` waiting, and how it ended.

    The maker calls `put` and `finish`, the asker `take` and `abandon`. The maker waits while the
    pipe is full and learns within 50 ms that nobody wants the rest.
    """

    def __init__(self, cancel: CancelToken, limit: int) -> None:
        self._cancel = cancel
        self._limit = limit
        self._chunks: deque[AudioChunk] = deque()
        self._changed = threading.Condition()
        self._finished = False
        self._abandoned = False
        self._error: EngineError | None = None

    @property
    def unwanted(self) -> bool:
        """Whether the asker cancelled or went away."""
        return self._abandoned or self._cancel.cancelled

    def put(self, chunk: AudioChunk) -> bool:
        """Append a chunk, waiting for room; False when nobody wants it any more."""
        with self._changed:
            while len(self._chunks) >= self._limit and not self.unwanted:
                self._changed.wait(_POLL_SECONDS)
            if self.unwanted:
                return False
            self._chunks.append(chunk)
            self._changed.notify_all()
            return True

    def finish(self, error: EngineError | None = None) -> None:
        """Say that nothing more comes, and what went wrong if something did."""
        with self._changed:
            self._finished = True
            self._error = error
            self._changed.notify_all()

    def take(self, patience: float | None = None) -> AudioChunk | None:
        """Wait for the next chunk; None at the end or when unwanted. Raises the maker's error.

        Raises `TimeoutError` when nothing comes for ``patience`` seconds.
        """
        deadline = None if patience is None else time.monotonic() + patience
        with self._changed:
            while not (self._chunks or self._finished or self.unwanted):
                if deadline is not None and time.monotonic() >= deadline:
                    raise TimeoutError
                self._changed.wait(_POLL_SECONDS)
            if self.unwanted:
                return None
            if self._chunks:
                self._changed.notify_all()
                return self._chunks.popleft()
            if self._error is not None:
                raise self._error
            return None

    def abandon(self) -> None:
        """Forget the rest and wake both sides."""
        with self._changed:
            self._abandoned = True
            self._chunks.clear()
            self._changed.notify_all()
