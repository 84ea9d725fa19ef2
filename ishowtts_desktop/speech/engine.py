"""The protocol that every speech engine follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.core.audio import AudioChunk
    from ishowtts_desktop.core.cancel import CancelToken


@dataclass(frozen=True)
class SpeechRequest:
    """What to say and how.

    ``language`` is a BCP 47 primary tag ("en", "zh", ...). ``voice`` is a voice's id; empty means
    the engine's own choice for the language. ``speed`` is a factor on the natural rate.
    """

    text: str
    language: str = "en"
    voice: str = ""
    speed: float = 1.0


class SpeechEngine(Protocol):
    """Turns text into audio, on whatever single thread calls it.

    All methods are called on one thread, but for ``close``, which may come from another one and
    must return within a second whatever the engine is doing.
    """

    @property
    def id(self) -> str:
        """The engine's name on the command line."""
        ...

    def load(self) -> None:
        """Make ready to speak; raises `EngineError`. Calling it again does nothing."""
        ...

    def synthesize(self, request: SpeechRequest, cancel: CancelToken) -> Iterator[AudioChunk]:
        """Yield the speech as it is made. Ends early when ``cancel`` goes up; raises `EngineError`.

        Text without anything to say yields nothing.
        """
        ...

    def close(self) -> None:
        """Free everything. Calling it again does nothing."""
        ...
