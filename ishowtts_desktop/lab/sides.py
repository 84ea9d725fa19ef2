"""Ours and the stock package side by side: a line of text to the last sample, by the same rules.

Both get the same prepared reference mel, the same number of frames and the same noise. Tokens,
text encoder, steps and vocoder are in the time, and so is the way of the samples to the CPU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import torch

from ishowtts_desktop.core.errors import EngineError
from ishowtts_desktop.speech.f5.runtime import Runtime
from ishowtts_desktop.speech.f5.sampler import noise_for, snapped

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.lab.lines import Line
    from ishowtts_desktop.speech.f5.arch import Arch
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
    from ishowtts_desktop.speech.f5.tokens import Vocabulary
    from ishowtts_desktop.speech.stock_model import StockModel

    Noise = Callable[[int, int], torch.Tensor]


@dataclass(frozen=True)
class Said:
    """What became of a line: mel (frames, 100) and samples (s,), both float32 on the CPU."""

    mel: torch.Tensor
    samples: torch.Tensor


class Side(Protocol):
    """One of the two."""

    def say(self, line: Line) -> Said:
        """Speak a line."""
        ...

    @property
    def settings(self) -> dict[str, object]:
        """NFE and precision, for the report."""
        ...


@dataclass(frozen=True)
class OurSide:
    """The fast engine. ``noise`` gives (frames, 100) for a length and a seed.

    With ``snaps`` a length goes up to the next one that can be recorded, as it does in speech; what
    is too much is computed, and thrown away.
    """

    runtime: Runtime
    arch: Arch
    vocabulary: Vocabulary
    nfe: int
    noise: Noise
    snaps: bool

    @classmethod
    def load(
        cls,
        checkpoint: Checkpoint,
        device: torch.device | str,
        dtype: torch.dtype,
        *,
        nfe: int,
        graphs: bool = True,
        compiled: bool | None = None,
    ) -> OurSide:
        """Load ``checkpoint``; raises `EngineError`."""
        model = checkpoint.load(device, dtype)
        runtime = Runtime(model, nfe=nfe, graphs=graphs, compiled=compiled)

        def noise(frames: int, seed: int) -> torch.Tensor:
            return noise_for(frames, seed, runtime.device)

        on_cuda = runtime.device.type == "cuda"
        return cls(runtime, model.arch, model.vocabulary, nfe, noise, on_cuda)

    def say(self, line: Line) -> Said:
        """See `Side`."""
        tokens = torch.tensor(self.vocabulary.ids(line.prompt + line.text))
        frames = snapped(line.frames) if self.snaps else line.frames
        noise = self.noise(frames, line.seed)
        mel = self.runtime.mel(line.reference, tokens, frames, noise)
        if mel is None:
            raise EngineError("The line was cancelled.", "Start the benchmark again.")
        mel = mel[: line.frames]
        samples = self.runtime.samples(mel[line.reference_frames :])
        return Said(mel.cpu(), samples.cpu())

    @property
    def settings(self) -> dict[str, object]:
        """See `Side`."""
        return {"nfe": self.nfe, "precision": precision(self.runtime.dtype)}


@dataclass(frozen=True)
class StockSide:
    """The published package."""

    model: StockModel
    nfe: int

    def say(self, line: Line) -> Said:
        """See `Side`."""
        text = line.prompt + line.text
        mel = self.model.mel(line.reference, text, line.frames, self.nfe, line.seed)
        samples = self.model.samples(mel[line.reference_frames :])
        return Said(mel.cpu(), samples.cpu())

    @property
    def settings(self) -> dict[str, object]:
        """See `Side`."""
        return {"nfe": self.nfe, "precision": precision(self.model.dtype)}


def precision(dtype: torch.dtype) -> str:
    """Return the short name of a precision."""
    return {torch.float32: "FP32", torch.float16: "FP16", torch.bfloat16: "BF16"}[dtype]
