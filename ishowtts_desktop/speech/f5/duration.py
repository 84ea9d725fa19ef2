"""How many frames an utterance gets: the stock package's formula, and one that fits chat.

F5-TTS is told the length of what it is to say. Too short and it swallows words, too long and it
fills the rest with noise or with words of the reference.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import HOP, SAMPLE_RATE

if TYPE_CHECKING:
    from ishowtts_desktop.core.presets import DurationMode
    from ishowtts_desktop.core.speaking_rate import SpeakingRate
    from ishowtts_desktop.speech.f5.reference import Reference

FRAMES_A_SECOND: Final = SAMPLE_RATE / HOP
# Of the stock package: texts of fewer bytes are spoken at this speed, whatever was asked for.
STOCK_SHORT: Final = 10
STOCK_SHORT_SPEED: Final = 0.3

SHORTEST: Final = 0.35
GUARD: Final = 0.15
"""Seconds: the least that speech gets, and the silence after it so that its end isn't cut."""


def prompt(reference_text: str) -> str:
    """Return the reference's text as it is put before the text to say, as the stock package does.

    Raises `EngineError` when there is none.
    """
    if not reference_text:
        raise EngineError(
            "The reference recording has no text.", "Type what is said in the recording."
        )
    # A sign of one byte is no CJK punctuation: the sentence ends with a space.
    return reference_text + " " if reference_text[-1].isascii() else reference_text


def stock_frames(reference_frames: int, reference_text: str, text: str, speed: float = 1.0) -> int:
    """Return the frames of reference and speech together, by the stock package's formula.

    ``reference_frames`` is samples // 256. It counts UTF-8 bytes, with a cliff: text of fewer than
    10 bytes is spoken at speed 0.3. Raises `EngineError` for an empty reference text and a speed
    that isn't above zero.
    """
    _check(speed)
    reference_bytes, text_bytes = len(_bytes(prompt(reference_text))), len(_bytes(text))
    if text_bytes < STOCK_SHORT:
        speed = STOCK_SHORT_SPEED
    return reference_frames + int(reference_frames / reference_bytes * text_bytes / speed)


def natural_frames(
    reference_frames: int,
    rate: SpeakingRate,
    text: str,
    speed: float = 1.0,
    language: str = "",
) -> int:
    """Return the frames of reference and speech together, at the voice's own ``rate``, no cliff.

    Text that goes on never gets fewer frames; numbers are read as ``language`` does. Raises
    `EngineError` for a speed that isn't above zero.
    """
    _check(speed)
    seconds = max(SHORTEST, rate.seconds(text, language) / speed) + GUARD
    return reference_frames + math.ceil(seconds * FRAMES_A_SECOND)


@dataclass(frozen=True)
class Timing:
    """How long a voice takes for a text, by our own rule or by the stock package's."""

    reference: Reference
    language: str = ""
    speed: float = 1.0
    mode: DurationMode = "natural"

    @property
    def trims(self) -> bool:
        """Whether silence after the last sound is cut off, which the stock package leaves."""
        return self.mode == "natural"

    def frames(self, text: str) -> int:
        """Return the frames of reference and speech together; raises `EngineError`."""
        if self.mode == "stock":
            return stock_frames(self.reference.frames, self.reference.text, text, self.speed)
        return self._natural(text)

    def seconds(self, text: str) -> float:
        """Return the seconds of speech by our own rule in either mode: cuts want no cliff."""
        return (self._natural(text) - self.reference.frames) / FRAMES_A_SECOND

    def _natural(self, text: str) -> int:
        reference = self.reference
        return natural_frames(reference.frames, reference.rate, text, self.speed, self.language)


def _bytes(text: str) -> bytes:
    # Half of a surrogate pair has no bytes of its own.
    return text.encode("utf-8", "replace")


def _check(speed: float) -> None:
    if not 0 < speed < math.inf:
        raise EngineError(f"The speed should be above 0 and is {speed}.", "Take 1 for natural.")
