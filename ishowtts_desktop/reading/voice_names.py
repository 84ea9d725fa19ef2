"""Which voices there are, for the casting: files, so they are read on a thread of their own."""

from __future__ import annotations

import logging
import math
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.voices.voice import Voice

_log = logging.getLogger(__name__)

# So late a new voice may be known: chat may be a flood.
EVERY_SECONDS = 2.0
# A disk that is slower than this is not waited for; what it tells counts later.
PATIENCE_SECONDS = 0.1


class VoiceNames:
    """Called, it returns the names of all voices by their ids, as `look` found them last.

    That never waits, so that it can be done under a lock. ``voices`` finds them; it may take its
    time, but for the first look, which is made at once.
    """

    def __init__(self, voices: Callable[[], Iterable[Voice]], clock: Clock) -> None:
        self._voices = voices
        self._clock = clock
        self._names: Mapping[str, str] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._due_at = clock.now() + EVERY_SECONDS
        self._find_out()

    def __call__(self) -> Mapping[str, str]:
        """Return the names, by their ids. From any thread."""
        return self._names

    def look(self) -> None:
        """Look again if two seconds have passed; blocks a tenth of a second at most."""
        with self._lock:
            now = self._clock.now()
            if now < self._due_at or (self._thread is not None and self._thread.is_alive()):
                return
            self._due_at = now + EVERY_SECONDS
            thread = threading.Thread(target=self._find_out, name="voice-names", daemon=True)
            self._thread = thread
            thread.start()
        thread.join(PATIENCE_SECONDS)

    def close(self) -> None:
        """Look no more, and wait until the last look has ended."""
        with self._lock:
            self._due_at = math.inf
            thread = self._thread
        if thread is not None:
            thread.join()

    def _find_out(self) -> None:
        try:
            self._names = {voice.id: voice.name for voice in self._voices()}
        except Exception:  # noqa: BLE001 - thread edge: those of before are better than none
            _log.exception("The voices can't be listed")
