"""What each trick of the engine is worth: the same line with one of them taken away.

Some can be switched off. The others have no slow twin in the code any more: for them the work that
they save is timed by itself and added, which a row's ``how`` says.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import torch
import torch.nn.functional as F

from ishowtts_desktop.lab.sides import OurSide
from ishowtts_desktop.lab.timing import median_seconds
from ishowtts_desktop.speech.f5.arch import HOP
from ishowtts_desktop.speech.f5.dit import TimeWeights
from ishowtts_desktop.speech.f5.mel import MelSpectrogram
from ishowtts_desktop.speech.f5.precision import best_precision
from ishowtts_desktop.speech.f5.products import attention, linear
from ishowtts_desktop.speech.f5.schedule import modulation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.lab.lines import Line
    from ishowtts_desktop.lab.timing import Work
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint, Model

ALL_ON: Final = "everything on"
SWITCHED: Final = "switched off"
ADDED: Final = "saved work added"


@dataclass(frozen=True)
class AblationRow:
    """The line's seconds without ``trick``, and ``how`` that was found."""

    trick: str
    seconds: float
    how: str

    def as_json(self) -> dict[str, object]:
        """Return the row's object."""
        return {"without": self.trick, "seconds": round(self.seconds, 6), "how": self.how}


def ablate(
    checkpoint: Checkpoint, line: Line, device: torch.device | str, *, nfe: int, runs: int = 5
) -> list[AblationRow]:
    """Measure the line with everything on, which is the first row, then without each trick."""
    device = torch.device(device)
    best = best_precision(device)

    def timed(dtype: torch.dtype, *, graphs: bool = True, compiled: bool | None = None) -> float:
        side = OurSide.load(checkpoint, device, dtype, nfe=nfe, graphs=graphs, compiled=compiled)
        side.runtime.warm([line.frames])
        return median_seconds(lambda: side.say(line), device, runs)

    whole = timed(best)
    rows = [AblationRow(ALL_ON, whole, "")]
    if device.type == "cuda":
        for trick, graphs, compiled in (
            ("recorded graphs", False, None),
            ("fused blocks", True, False),
            ("graphs and fused blocks", False, False),
        ):
            seconds = timed(best, graphs=graphs, compiled=compiled)
            rows.append(AblationRow(trick, seconds, SWITCHED))
    if best is not torch.float32:
        rows.append(AblationRow("half precision", timed(torch.float32), SWITCHED))
    model = checkpoint.load(device, best)
    for saved in _saved(model, line, nfe):
        without, instead = (
            0.0 if work is None else median_seconds(torch.inference_mode()(work), device, runs)
            for work in (saved.without, saved.instead)
        )
        seconds = whole + saved.times * (without - instead)
        rows.append(AblationRow(saved.trick, seconds, ADDED))
    return rows


@dataclass(frozen=True)
class _Saved:
    """Work that a trick saves in a line, ``times`` over; ``instead`` is what it does for that."""

    trick: str
    times: int
    without: Work
    instead: Work | None = None


def _saved(model: Model, line: Line, nfe: int) -> Iterator[_Saved]:
    """Yield the tricks that can't be switched off."""
    device = model.dit.mel_out.weight.device
    times = _resident(model.time_weights, device)
    yield _Saved("AdaLN tables", 1, lambda: modulation(times, nfe))
    given = _constant_inputs(model, line)

    def constant() -> torch.Tensor:
        cond, text, no_text = given
        return model.dit.constant(model.dit.reference_in(cond), text, no_text)

    yield _Saved("the input's constant part", nfe - 1, constant)
    mel = MelSpectrogram(device)
    samples = torch.randn(1, line.reference_frames * HOP, device=device)
    yield _Saved("the voice's mel", 1, lambda: mel(samples))
    yield from _saved_in_blocks(model, line.frames, nfe)


@torch.inference_mode()
def _constant_inputs(model: Model, line: Line) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return the reference mel, and the text as `DiT.constant` takes it.

    The stock package encodes the text once, too.
    """
    weights = model.dit.mel_out.weight
    tokens = torch.tensor(model.vocabulary.ids(line.prompt + line.text), device=weights.device)
    text, no_text = model.text_encoder.both(tokens[None], line.frames).to(weights.dtype).chunk(2)
    cond = F.pad(line.reference, (0, 0, 0, line.spoken))[None].to(weights)
    return cond, text, no_text


def _resident(weights: TimeWeights, device: torch.device) -> TimeWeights:
    """Return ``weights`` on ``device``, also those that are read from the file at each pass."""
    named = ((field.name, getattr(weights, field.name)) for field in fields(TimeWeights))
    here: dict[str, Any] = {
        name: value.to(device)
        if isinstance(value, torch.Tensor)
        else [part.to(device, copy=True) for part in value]
        for name, value in named
    }
    return TimeWeights(**here)


def _saved_in_blocks(model: Model, frames: int, nfe: int) -> Iterator[_Saved]:
    """Yield the tricks of a block, timed on its shapes."""
    arch, weights = model.arch, model.dit.mel_out.weight
    times = nfe * arch.depth

    def drawn(*shape: int) -> torch.Tensor:
        return torch.randn(shape, device=weights.device, dtype=weights.dtype)

    x, joint, bias = drawn(2, frames, arch.dim), drawn(3 * arch.inner, arch.dim), drawn(arch.inner)
    parts, whole_bias = joint.chunk(3), bias.repeat(3)
    yield _Saved(
        "one product for q, k and v",
        times,
        lambda: [linear(x, part, bias) for part in parts],
        lambda: linear(x, joint, whole_bias),
    )
    if weights.device.type == "cuda":
        return
    yield _Saved(
        "oneDNN's products, timed on q, k and v",
        times,
        lambda: F.linear(x, joint, whole_bias),
        lambda: linear(x, joint, whole_bias),
    )
    q, k, v = (drawn(2, arch.heads, frames, arch.head_dim) for _ in range(3))
    yield _Saved(
        "attention by oneDNN",
        times,
        lambda: F.scaled_dot_product_attention(q, k, v),
        lambda: attention(q, k, v),
    )
