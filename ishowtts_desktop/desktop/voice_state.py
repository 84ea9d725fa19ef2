"""Who speaks: what the user chose, and how far it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ishowtts_desktop.speech.hosted import HostPhase, HostState

if TYPE_CHECKING:
    from ishowtts_desktop.core.config import SpeechConfig
    from ishowtts_desktop.core.presets import EngineName, PresetName
    from ishowtts_desktop.speech.f5.phrases import PhraseStats
    from ishowtts_desktop.voices.voice import Voice


@dataclass(frozen=True)
class VoiceState:
    """The engine that was chosen with its quality, and where it stands.

    ``voice`` is the chosen voice's id, one of those ``cloned`` or an embedded one; empty follows
    the text's language. ``preset`` is None where the ``steps`` were chosen by number. Unless
    ``host`` is ready it is the embedded voice that speaks. ``phrases`` counts what its engine kept.
    """

    engine: EngineName
    preset: PresetName | None
    steps: int
    host: HostState
    voice: str = ""
    cloned: tuple[Voice, ...] = ()
    phrases: PhraseStats | None = None

    @property
    def name(self) -> str:
        """The chosen voice's name; empty where it follows the language."""
        return next((voice.name for voice in self.cloned if voice.id == self.voice), "")

    @classmethod
    def of(
        cls,
        speech: SpeechConfig,
        host: HostState,
        cloned: tuple[Voice, ...] = (),
        phrases: PhraseStats | None = None,
    ) -> VoiceState:
        """Put together what is known."""
        # What became of an engine that nobody wants any more says nothing.
        wanted = host if speech.engine != "espeak" else HostState(HostPhase.OFF)
        preset = None if speech.nfe else speech.preset
        return cls(speech.engine, preset, speech.steps, wanted, speech.voice, cloned, phrases)

    def as_json(self) -> dict[str, Any]:
        """Return the part of ``ctl status`` that tells it."""
        return {
            "engine": self.engine,
            "voice": self.voice,
            "preset": self.preset or "",
            "nfe": self.steps,
            "engine_state": self.host.phase.value,
            "warming": self.host.warming,
            "engine_detail": str(self.host.problem or ""),
            "speaks": self.engine if self.host.phase is HostPhase.READY else "espeak",
            **_counters(self.phrases),
        }


def _counters(stats: PhraseStats | None) -> dict[str, int]:
    """Return how often short lines had been kept; nothing where no engine keeps them."""
    if stats is None:
        return {}
    return {f"phrase_{name}": number for name, number in asdict(stats).items()}
