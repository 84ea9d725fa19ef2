"""The voice to be cloned: a recording and its words, made ready once per voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.arch import HOP, SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ishowtts_desktop.speech.f5.mel import MelSpectrogram

LOUDNESS = 0.1
"""Root mean square that a quieter recording is lifted to before the model hears it."""
SHORTEST, LONGEST = 0.5, 15.0
TAIL_SECONDS = 0.05
SILENT = 1e-4
ENDS = (". ", "。")


@dataclass(frozen=True)
class Recording:
    """What a voice is cloned from: samples (n,) or (n, channels) at ``rate`` Hz, and text."""

    samples: NDArray[np.float32]
    rate: int
    text: str


@dataclass(frozen=True)
class Reference:
    """A recording as the model takes it.

    ``mel`` (r, 100) float32, of which `frames` count; ``text`` ends as a sentence; ``gain`` brings
    what is generated back to the recording's own loudness.
    """

    mel: torch.Tensor
    frames: int
    text: str
    gain: float

    @property
    def seconds(self) -> float:
        """Length of the recording."""
        return self.frames * HOP / SAMPLE_RATE


def prepare(recording: Recording, mel: MelSpectrogram) -> Reference:
    """Check a recording and turn it into frames; raises `EngineError` with what to do."""
    samples = _mono(recording)
    seconds = len(samples) / recording.rate
    if seconds < SHORTEST:
        raise EngineError(
            f"The reference recording is too short ({seconds:.1f} s).", "Record 3 to 8 seconds."
        )
    if seconds > LONGEST:
        raise EngineError(
            f"The reference recording is too long ({seconds:.0f} s).",
            "Cut it to 3 to 8 seconds, and its text to the words in that part.",
        )
    if not recording.text.strip():
        raise EngineError("The reference recording has no text.", "Write down what is said in it.")
    if recording.rate != SAMPLE_RATE:
        import soxr

        samples = soxr.resample(samples, recording.rate, SAMPLE_RATE)
    loudness = float(np.sqrt(np.mean(samples**2)))
    if loudness < SILENT:
        raise EngineError("The reference recording is silent.", "Record it again, closer.")
    lift = max(1.0, LOUDNESS / loudness)
    tail = np.zeros(round(TAIL_SECONDS * SAMPLE_RATE), np.float32)
    heard = torch.from_numpy(np.concatenate((samples * lift, tail)).astype(np.float32))
    frames = mel(heard[None])[0]
    return Reference(frames, len(heard) // HOP, sentence(recording.text), 1.0 / lift)


def sentence(text: str) -> str:
    """Return the reference text with the end of sentence that the model was trained with."""
    text = text.strip()
    if text.endswith(ENDS):
        return text
    return f"{text} " if text.endswith(".") else f"{text}. "


def _mono(recording: Recording) -> NDArray[np.float32]:
    samples = np.asarray(recording.samples, np.float32)
    if samples.ndim == 2:
        samples = samples.mean(axis=1)
    if samples.ndim != 1 or not np.isfinite(samples).all():
        raise EngineError(
            "The reference recording is damaged: it holds values that are no sound.",
            "Export it again as a WAV file.",
        )
    return samples
