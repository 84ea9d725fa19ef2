"""Opening an output for a verb that can't go on without sound."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ishowtts_desktop.core.errors import AudioError

if TYPE_CHECKING:
    from ishowtts_desktop.audio.output import AudioOutput, OutputState

DEVICE_PATIENCE = 3.0


def open_output(output: AudioOutput) -> None:
    """Open ``output`` and wait until it sounds; raises `AudioError` with its own reason."""
    settled = threading.Event()
    states: list[OutputState] = []

    def take(state: OutputState) -> None:
        states.append(state)
        settled.set()

    output.watch(take)
    output.open()
    if output.ready:
        return
    settled.wait(DEVICE_PATIENCE)
    if not output.ready:
        detail = states[-1].detail if states else ""
        raise AudioError(detail or "No sound device answers.", "Try --out F.wav, or see `doctor`.")
