"""The application with an F5 engine that meets a misfortune.

``python -m tests.support.faulty_application lost`` raises what torch raises when a GPU falls over,
from within the model, in the first process that runs in a home; ``stuck`` never comes back from
making the engine. All else is the real thing.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from ishowtts_desktop import engines
from ishowtts_desktop.desktop.app import run_application
from ishowtts_desktop.system.paths import Paths

if TYPE_CHECKING:
    from ishowtts_desktop.core.config import SpeechConfig
    from ishowtts_desktop.speech.engine import SpeechEngine

make_engine = engines.make_engine


def lose(speech: SpeechConfig, *how: Any) -> SpeechEngine:
    """Make the engine, and let the device be gone from its first step on, once a home."""
    engine = make_engine(speech, *how)
    marker = Paths.of_user().cache / "lost"
    if speech.engine == "f5" and not marker.exists():
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
        import torch

        def gone(*_: Any, **__: Any) -> None:
            raise torch.AcceleratorError("CUDA error: an illegal memory access was encountered")

        # No way through the model and the vocoder goes around these.
        for name_of_step in ("conv1d", "layer_norm"):
            setattr(torch.nn.functional, name_of_step, gone)
    return engine


def stick(speech: SpeechConfig, *how: Any) -> SpeechEngine:
    """Make the embedded engine only."""
    while speech.engine == "f5":
        time.sleep(1)
    return make_engine(speech, *how)


if __name__ == "__main__":
    engines.make_engine = {"lost": lose, "stuck": stick}[sys.argv[1]]
    sys.exit(run_application())
