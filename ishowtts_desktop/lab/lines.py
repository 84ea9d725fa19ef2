"""What a benchmark says: a checkpoint, a reference recording of given length, and lines of text.

Everything can be made up here, so that a bench runs on a plain machine: random weights in a
temporary folder, and a starter voice of the embedded engine cut or repeated to length.
"""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.core.speaking_rate import usual_seconds
from ishowtts_desktop.engines import make_embedded
from ishowtts_desktop.speech.f5.arch import ARCHS, HOP, SAMPLE_RATE
from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
from ishowtts_desktop.speech.f5.mel import MelSpectrogram
from ishowtts_desktop.speech.f5.random_weights import write_random
from ishowtts_desktop.speech.f5.reference import LONGEST, SHORTEST, TAIL_SECONDS, Recording, prepare
from ishowtts_desktop.speech.f5.sampler import snapped
from ishowtts_desktop.starters import STARTERS, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    import torch

    from ishowtts_desktop.speech.f5.reference import Reference

TEXT: Final = (
    "Thanks for the stream, I really enjoyed it. The last fight was unbelievable, you had three"
    " hit points left, and still you won! Where did you learn that? "
)
RANDOM_NOTE: Final = (
    "Random weights: good for time and for numeric distance, and they say nothing about the sound."
)
FRAMES_A_SECOND: Final = SAMPLE_RATE / HOP


@dataclass(frozen=True)
class Line:
    """One utterance that a side can say: ``frames`` in all, its reference mel (r, 100) included.

    ``prompt`` is the text of the reference, ``seed`` that of the noise.
    """

    reference: torch.Tensor
    prompt: str
    text: str
    frames: int
    seed: int = 0

    @property
    def reference_frames(self) -> int:
        """How many frames are given."""
        return len(self.reference)

    @property
    def spoken(self) -> int:
        """How many frames are made."""
        return self.frames - self.reference_frames

    @property
    def seconds(self) -> float:
        """How long they last."""
        return self.spoken / FRAMES_A_SECOND


@contextlib.contextmanager
def opened(arch: str | None, checkpoint: Path | None) -> Iterator[Checkpoint]:
    """Give a checkpoint: one with random weights of ``arch`` for as long as it is needed, or files.

    Without an ``arch`` it is ``checkpoint``, None the Hugging Face cache's. Raises `EngineError`.
    """
    if arch is None:
        yield Checkpoint.find(checkpoint)
        return
    with tempfile.TemporaryDirectory(prefix="ishowtts-bench-") as folder:
        write_random(ARCHS[arch], Path(folder))
        yield Checkpoint.find(Path(folder))


def make_reference(seconds: float, device: torch.device | str = "cpu") -> Reference:
    """Return `make_recording` of ``seconds``, ready on ``device``; raises `EngineError`.

    That is done once a voice, by users of either package.
    """
    made = prepare(make_recording(seconds), MelSpectrogram())
    return replace(made, heard=replace(made.heard, mel=made.mel.to(device)))


def make_recording(seconds: float) -> Recording:
    """Return a starter voice's recording that is ``seconds`` long when it has been prepared.

    Its text is cut or repeated alike. Raises `EngineError`.
    """
    # `prepare` adds a little silence, which counts.
    heard = seconds - TAIL_SECONDS
    if not SHORTEST <= heard <= LONGEST:
        raise EngineError(
            f"A reference of {seconds:g} s can't be made.",
            f"Take {SHORTEST + TAIL_SECONDS:g} to {LONGEST:g} s.",
        )
    whole, words = spoken(STARTERS[0], make_embedded), STARTERS[0].text
    wanted = round(heard * whole.rate)
    share = wanted / len(whole.samples)
    text = (words + " ") * int(share + 1)
    return Recording(
        np.resize(whole.samples, wanted), whole.rate, text[: max(1, round(len(words) * share))]
    )


def make_line(reference: Reference, seconds: float, seed: int = 0, *, snaps: bool = False) -> Line:
    """Return a line that lasts ``seconds`` behind ``reference``, to the frame.

    With ``snaps`` it lasts a little longer: reference and speech are a length that is recorded.
    """
    spoken = max(2, round(seconds * FRAMES_A_SECOND))
    if snaps:
        spoken = snapped(reference.frames + spoken) - reference.frames
    text = TEXT * (int(seconds / usual_seconds(TEXT)) + 1)
    while len(text) > 1 and usual_seconds(text[:-1]) >= seconds:
        text = text[:-1]
    mel = reference.mel[: reference.frames]
    return Line(mel, reference.text, text.rstrip(), reference.frames + spoken, seed)
