"""PortAudio, as far as we use it: found or not, looked at anew, one stream opened and released."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import sys
import threading
from typing import TYPE_CHECKING, Any, Protocol

from ishowtts_desktop.core.errors import AudioError

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)

BLOCK_SECONDS = 0.01
LATENCY_SECONDS = 0.04
# The sound server's own devices: they follow the user's default and survive a lost headset.
SERVERS = ("pulse", "pipewire")


class Stream(Protocol):
    """An open stream, as sounddevice gives it."""

    @property
    def latency(self) -> float:
        """Seconds from a sample's callback to its sound."""
        ...

    @property
    def active(self) -> bool:
        """Whether callbacks are due."""
        ...

    def start(self) -> None:
        """Let the callbacks begin."""
        ...

    def abort(self) -> None:
        """Stop, dropping what is buffered."""
        ...

    def close(self) -> None:
        """Free it."""
        ...


def active(stream: Stream) -> bool:
    """Tell whether callbacks are due; not for a stream that can't tell."""
    try:
        return stream.active
    except Exception:  # noqa: BLE001 - thread edge: who watches outlives the stream
        _log.warning("The sound device lost its stream", exc_info=True)
        return False


class PortAudio:
    """Opens output streams. Share one among all outputs: it knows when nobody has a stream."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held = 0
        self._starved = False
        self._module: Any = None

    def refresh(self) -> None:
        """Load the library, or look for new devices; not while a stream is open, it would die.

        Raises `AudioError` when the library is missing or broken.
        """
        with self._lock:
            if self._module is None:
                _quiet_alsa()
            new = "sounddevice" not in sys.modules  # its import looks for the devices
            self._module = _load()
            if not (new or self._held):
                self._restart()
                self._starved = False

    @property
    def starved(self) -> bool:
        """Whether an output can't be opened while other streams keep us from looking anew."""
        return self._starved

    def devices(self) -> list[str]:
        """Return the names of the devices that can play, as the last `refresh` saw them."""
        if self._module is None:
            self.refresh()
        try:
            with self._lock:
                found = self._module.query_devices()
        except self._module.PortAudioError as error:
            raise _failed("The sound devices can't be listed", error) from error
        return [str(device["name"]) for device in found if device["max_output_channels"] > 0]

    def open(self, device: str, rate: int, callback: Callable[..., None]) -> Stream:
        """Open and start a float32 stream with blocks of 10 ms; ``device`` "" is the default one.

        ``callback`` gets (out of shape (frames, channels), frames, time, status). Raises
        `AudioError`.
        """
        try:
            stream = self._open(device, rate, callback)
        except AudioError:
            self._starved = self._held > 0
            raise
        self._starved = False
        return stream

    def _open(self, device: str, rate: int, callback: Callable[..., None]) -> Stream:
        present = self.devices()
        if not present:
            raise AudioError(
                "No sound device was found.", "Connect one, or start the sound server."
            )
        problem: AudioError | None = None
        for name in self._candidates(device, present):
            try:
                return self._start(name, rate, callback)
            except AudioError as error:  # noqa: PERF203 - the next one may do
                problem = error
        raise problem or AudioError(
            f'The sound device "{device}" was not found.', "Choose another one in the settings."
        )

    def release(self, stream: Stream) -> None:
        """Close ``stream``. May block for as long as the sound server does."""
        try:
            stream.abort()
        finally:
            with self._lock:  # PortAudio's list of streams has no lock of its own
                self._held -= 1
                stream.close()

    def _restart(self) -> None:
        # sounddevice has no other way; there may be nothing to end after a start that failed.
        with contextlib.suppress(self._module.PortAudioError):
            self._module._terminate()  # noqa: SLF001
        try:
            self._module._initialize()  # noqa: SLF001
        except self._module.PortAudioError as error:
            raise _failed("The sound system can't be started", error) from error

    def _candidates(self, device: str, present: list[str]) -> list[str | None]:
        if device:
            return [device] if device in present else []
        servers: list[str | None] = [name for name in SERVERS if name in present]
        return [*servers, None]

    def _start(self, name: str | None, rate: int, callback: Callable[..., None]) -> Stream:
        try:
            with self._lock:
                channels = self._module.query_devices(name, "output")["max_output_channels"]
                stream: Stream = self._module.OutputStream(
                    samplerate=rate,
                    blocksize=int(rate * BLOCK_SECONDS),
                    device=name,
                    channels=min(2, channels),
                    dtype="float32",
                    latency=LATENCY_SECONDS,
                    callback=callback,
                )
                self._held += 1
        except (self._module.PortAudioError, ValueError) as error:
            raise _failed(f"The sound device {name or 'default'} can't be opened", error) from error
        try:
            stream.start()
        except self._module.PortAudioError as error:
            self.release(stream)
            raise _failed(f"The sound device {name or 'default'} can't start", error) from error
        return stream


def _load() -> Any:  # noqa: ANN401 - sounddevice has no types
    try:
        import sounddevice
    except (OSError, ImportError) as error:
        _log.info("PortAudio can't be loaded: %s", error)
        raise AudioError(
            "PortAudio is missing, so nothing can sound.",
            "Install it: sudo apt install libportaudio2",
        ) from error
    return sounddevice


def _quiet_alsa() -> None:
    """Keep ALSA from printing every device that it doesn't find on standard error.

    Its handler is replaced by a C function that ignores its arguments, so that there is no callback
    of ours that could be freed too early.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        silent = ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p)
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(silent)
    except (OSError, AttributeError) as error:
        _log.debug("ALSA stays talkative: %s", error)


def _failed(what: str, error: Exception) -> AudioError:
    why = " ".join(str(error).split()).rstrip(".")
    return AudioError(f"{what}: {why}.", "Check the sound settings of your desktop.")
