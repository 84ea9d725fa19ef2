"""What the voice gate does to the reading: hold it or lower it while the streamer talks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ishowtts_desktop.audio.voice_gate import VoiceGate

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.audio.input_stream import InputBackend
    from ishowtts_desktop.audio.output import AudioOutput
    from ishowtts_desktop.core.errors import AudioError
    from ishowtts_desktop.core.reading_config import GateConfig
    from ishowtts_desktop.reading.conductor import Conductor


class Gating:
    """Owns the `gate` and follows it. Thread-safe."""

    def __init__(
        self,
        conductor: Conductor,
        output: AudioOutput,
        backend: InputBackend,
        config: GateConfig,
    ) -> None:
        self._conductor = conductor
        self._output = output
        self._config = config
        self._listeners: list[Callable[[AudioError | None], None]] = []
        self.gate = VoiceGate(backend, config, self._take_talk, self._take_problem)

    def watch_problem(self, listener: Callable[[AudioError | None], None]) -> None:
        """Call ``listener`` with what is wrong, None when it is solved, on the gate's thread."""
        self._listeners.append(listener)

    def use(self, config: GateConfig) -> None:
        """Go by ``config`` from now on."""
        self._config = config
        self.gate.use(config)

    def _take_talk(self, talking: bool) -> None:
        config = self._config
        self._conductor.hold(talking and config.mode == "hold")
        ducked = talking and config.mode == "duck"
        self._output.duck(10 ** (config.duck_db / 20) if ducked else 1.0)

    def _take_problem(self, problem: AudioError | None) -> None:
        for listener in self._listeners:
            listener(problem)
