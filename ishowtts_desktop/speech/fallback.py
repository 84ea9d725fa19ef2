"""Two engines as one: the preferred one where it can speak, else the embedded one, at once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from ishowtts_desktop.core.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.cancel import CancelToken
    from ishowtts_desktop.speech.engine import SpeechEngine, SpeechRequest

_log = logging.getLogger(__name__)


class Preferred(Protocol):
    """An engine that may not be there yet, or any more; `HostedEngine` is one."""

    @property
    def ready(self) -> bool:
        """Whether it can be asked to speak."""
        ...

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        """Yield the speech as it is made; raises `EngineError`."""
        ...

    def close(self) -> None:
        """End it. Returns at once."""
        ...


class FallbackEngine:
    """Implements `SpeechEngine`. Nothing stays unsaid because ``preferred`` failed.

    A voice's id means the same to both: where it is espeak's, the preferred engine clones it.
    """

    def __init__(self, preferred: Preferred, embedded: SpeechEngine) -> None:
        self._preferred = preferred
        self._embedded = embedded

    @property
    def id(self) -> str:
        """The name of the engine that is always there."""
        return self._embedded.id

    def load(self) -> None:
        """Load the embedded engine; the preferred one has a thread of its own."""
        self._embedded.load()

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        """Yield the speech; after a failure in the middle the whole message again, embedded."""
        if self._preferred.ready:
            try:
                yield from self._preferred.synthesize(request, cancel)
            except EngineError as error:
                _log.warning("the embedded voice takes over: %s", error)
            else:
                return
        if not cancel.cancelled:
            yield from self._embedded.synthesize(request, cancel)

    def close(self) -> None:
        """End both."""
        self._preferred.close()
        self._embedded.close()
