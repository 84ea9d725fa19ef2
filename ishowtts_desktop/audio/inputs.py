"""PortAudio with its inputs: what records beside what plays, through one library.

The library finds new devices only by a restart that ends every stream, so outputs and microphones
of one process share one of these; it knows when nobody has a stream.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ishowtts_desktop.audio.capture import Microphone
from ishowtts_desktop.audio.portaudio import PortAudio
from ishowtts_desktop.core.errors import AudioError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ishowtts_desktop.audio.portaudio import Stream

MOST_CHANNELS = 2
LOWEST_RATE = 8_000
HIGHEST_RATE = 48_000
BLOCK_SECONDS = 0.02
QUICK_SECONDS = 0.06


class SoundDevices(PortAudio):
    """Opens output streams as `PortAudio` does, and input streams."""

    def inputs(self) -> list[str]:
        """Return the names of the devices that can record, as the last `refresh` saw them.

        Looks anew itself where no stream is open. Raises `AudioError`.
        """
        self.refresh()
        return self._inputs()

    def microphone(self, device: str) -> Microphone:
        """Return a microphone that isn't started yet; ``device`` "" is the default one."""
        return Microphone(self, device)

    def open_input(
        self, device: str, callback: Callable[..., None], *, quick: bool = False
    ) -> tuple[Stream, int]:
        """Open and start a float32 stream; return it with its rate, Hz.

        ``device`` "" is the default one. The rate is the device's own, 48 kHz at most. ``callback``
        gets (samples of shape (frames, channels), frames, time, status). ``quick`` asks for little
        delay and may lose a block. Raises `AudioError`.
        """
        self.refresh()
        present = self._inputs()
        if not present:
            raise AudioError("No microphone was found.", "Connect one and try again.")
        problem: AudioError | None = None
        for name in self._candidates(device, present):
            try:
                return self._start_input(name, callback, quick)
            except AudioError as error:  # noqa: PERF203 - the next one may do
                problem = error
        raise problem or AudioError(
            f'The microphone "{device}" was not found.', "Choose another one."
        )

    def _inputs(self) -> list[str]:
        return [str(device["name"]) for device in self._known() if device["max_input_channels"] > 0]

    def _known(self) -> Any:  # noqa: ANN401 - sounddevice has no types
        try:
            with self._lock:
                return self._module.query_devices()
        except self._module.PortAudioError as error:
            raise _failed("The microphones can't be listed", error) from error

    def _start_input(
        self, name: str | None, callback: Callable[..., None], quick: bool
    ) -> tuple[Stream, int]:
        shown = name or "default"
        try:
            with self._lock:
                found = self._module.query_devices(name, "input")
                rate = round(min(HIGHEST_RATE, max(LOWEST_RATE, found["default_samplerate"])))
                stream: Stream = self._module.InputStream(
                    samplerate=rate,
                    blocksize=int(rate * BLOCK_SECONDS),
                    device=name,
                    channels=min(MOST_CHANNELS, found["max_input_channels"]),
                    dtype="float32",
                    # For a recording nothing waits, and nothing of it may get lost.
                    latency=QUICK_SECONDS if quick else "high",
                    callback=callback,
                )
                self._held += 1
        except (self._module.PortAudioError, ValueError) as error:
            raise _failed(f"The microphone {shown} can't be opened", error) from error
        try:
            stream.start()
        except self._module.PortAudioError as error:
            self.release(stream)
            raise _failed(f"The microphone {shown} can't start", error) from error
        return stream, rate


def _failed(what: str, error: Exception) -> AudioError:
    why = " ".join(str(error).split()).rstrip(".")
    return AudioError(
        f"{what}: {why}.", "Check the sound settings of your desktop, or choose another one."
    )
