"""Who speaks: what the user chose, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ishowtts_desktop.speech.hosted import HostPhase, HostState

if TYPE_CHECKING:
    from ishowtts_desktop.core.config import SpeechConfig
    from ishowtts_desktop.core.presets import EngineName, PresetName


@dataclass(frozen=True)
class VoiceState:
    """The engine that was chosen with its quality, and where it stands.

    ``preset`` is None where the ``steps`` were chosen by number. Unless ``host`` is ready it is
    the embedded voice that speaks.
    """

    engine: EngineName
    preset: PresetName | None
    steps: int
    host: HostState

    @classmethod
    def of(cls, speech: SpeechConfig, host: HostState) -> VoiceState:
        """Put together what is known."""
        # What became of an engine that nobody wants any more says nothing.
        wanted = host if speech.engine != "espeak" else HostState(HostPhase.OFF)
        preset = None if speech.nfe else speech.preset
        return cls(speech.engine, preset, speech.steps, wanted)

    def as_json(self) -> dict[str, Any]:
        """Return the part of ``ctl status`` that tells it."""
        return {
            "engine": self.engine,
            "preset": self.preset or "",
            "nfe": self.steps,
            "engine_state": self.host.phase.value,
            "warming": self.host.warming,
            "engine_detail": str(self.host.problem or ""),
            "speaks": self.engine if self.host.phase is HostPhase.READY else "espeak",
        }
