"""What all benchmarks share: a device, a checkpoint for as long as it is needed, and settings."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from ishowtts_desktop.lab.lines import RANDOM_NOTE, make_line, make_reference, opened
from ishowtts_desktop.lab.machine import describe, gpu_clocks
from ishowtts_desktop.speech.f5.faults import told
from ishowtts_desktop.speech.f5.precision import find_device, share_memory, work_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ishowtts_desktop.lab.lines import Line
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
    from ishowtts_desktop.speech.f5.reference import Reference


@dataclass(frozen=True)
class Session:
    """An opened checkpoint on a device. Figures are comparable only where `settings` are the same.

    ``weights`` names it, ``note`` is what has to be known about the figures.
    """

    checkpoint: Checkpoint
    device: torch.device
    weights: str
    note: str

    @property
    def on_cuda(self) -> bool:
        """Whether lengths are recorded here."""
        return self.device.type == "cuda"

    def reference(self, seconds: float) -> Reference:
        """Return a reference of so many seconds; see `make_reference`."""
        return make_reference(seconds, self.device)

    def line(self, reference: float, speech: float, seed: int = 0) -> Line:
        """Return a line of ``speech`` seconds behind ``reference`` seconds; see `make_line`."""
        return make_line(self.reference(reference), speech, seed, snaps=self.on_cuda)

    def settings(self, line: Line | None = None) -> dict[str, object]:
        """Return the machine, the weights and what was said, for the report."""
        said = {}
        if line is not None:
            said = {
                "frames": line.frames,
                "reference_frames": line.reference_frames,
                "audio_seconds": round(line.seconds, 3),
                "characters": len(line.prompt + line.text),
                "seed": line.seed,
            }
        return {
            "weights": self.weights,
            "device": str(self.device),
            **said,
            **describe(self.device),
        }


@contextlib.contextmanager
def opened_session(
    arch: str | None, checkpoint: Path | None, device: str = "auto", threads: int | None = None
) -> Iterator[Session]:
    """Open a checkpoint, or make random weights of ``arch``, and say where it is to run.

    ``threads`` of the processor, for both sides of a comparison. Raises `EngineError`, also for
    what torch raises inside.
    """
    if threads is not None:
        torch.set_num_threads(threads)
    with told(), contextlib.ExitStack() as held:
        where = find_device(device)
        work_on(where)
        share_memory(where)
        found = held.enter_context(opened(arch, checkpoint))
        weights = str(found.files.model) if arch is None else f"random {arch}"
        yield Session(
            found, where, weights, " ".join(_notes(made_up=arch is not None, device=where))
        )


def _notes(*, made_up: bool, device: torch.device) -> Iterator[str]:
    if made_up:
        yield RANDOM_NOTE
    if device.type == "cuda" and gpu_clocks().get("gpu_locked") == 0:
        yield "The GPU's clock is not locked to its limit: the figures vary."
