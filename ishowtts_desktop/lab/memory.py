"""Whether memory grows from utterance to utterance, on the device and in the process."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import torch

from ishowtts_desktop.core.cancel import CancelToken
from ishowtts_desktop.lab.timing import compilations, synchronize
from ishowtts_desktop.speech.engine import SpeechRequest
from ishowtts_desktop.speech.f5.engine import F5Engine, F5Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ishowtts_desktop.lab.lines import Line
    from ishowtts_desktop.speech.f5.checkpoint import Checkpoint
    from ishowtts_desktop.speech.f5.reference import Recording

# Second column: pages that are resident.
STATM: Final = Path("/proc/self/statm")


@dataclass(frozen=True)
class Growth:
    """By how many bytes tensors on the device and the process outgrew what they were before.

    ``process`` is None where the system doesn't tell. ``compiled`` counts what Inductor compiled
    meanwhile.
    """

    device: int
    process: int | None
    compiled: int


def growth(
    checkpoint: Checkpoint,
    device: torch.device,
    recording: Recording,
    lines: Sequence[Line],
    utterances: int,
    nfe: int,
) -> Growth:
    """Let the engine say the texts of ``lines`` in turn, as a chat does; raises `EngineError`.

    First each of them twice, with all recordings made that are wanted then; that doesn't count.
    """
    options = F5Options(nfe=nfe, seed=0, device=str(device))
    engine = F5Engine(checkpoint, lambda *_: recording, options)
    engine.load()

    def say(count: int) -> tuple[int, int | None, int]:
        for number in range(count):
            request = SpeechRequest(lines[number % len(lines)].text)
            for _ in engine.synthesize(request, CancelToken()):
                pass
            while engine.warm_up():
                pass
        return _now(device)

    try:
        before = say(2 * len(lines))
        after = say(utterances)
    finally:
        engine.close()
    process = None if after[1] is None or before[1] is None else after[1] - before[1]
    return Growth(after[0] - before[0], process, after[2] - before[2])


def resident_bytes(statm: Path = STATM) -> int | None:
    """Return how much memory the process takes; None where the system doesn't tell."""
    try:
        pages = int(statm.read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")


def _now(device: torch.device) -> tuple[int, int | None, int]:
    """Return the bytes on the device, those of the process, and the compilations so far."""
    gc.collect()
    synchronize(device)
    allocated = torch.cuda.memory_allocated(device) if device.type == "cuda" else 0
    return allocated, resident_bytes(), compilations()
