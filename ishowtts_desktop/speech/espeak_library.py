"""espeak-ng's shared library, through ctypes.

espeak keeps its state in C globals, one set per process: a voice, a rate, a callback, the phase of
its pitch flutter. So the library is opened for one utterance and unloaded after it (0.5 ms
together), which gives each utterance the same fresh state and makes the same request the same
samples. A lock held by the class, because the globals it guards belong to the process, lets one
utterance in at a time; any number of `EspeakLibrary` objects may exist. Price: 2 KB an utterance
that espeak doesn't free.

API: espeak-ng 1.52, ``speak_lib.h`` and ``espeak_ng.h``.
"""

from __future__ import annotations

import _ctypes
import ctypes
import os
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ishowtts_desktop.core.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_BUFFER_MS = 60
_POSITION_CHARACTER = 1
_UTF8 = 1  # and neither espeakSSML nor espeakPHONEMES: markup is text
_RATE = 1
_SEED = 1
_POLL_SECONDS = 0.05
_TURN_SECONDS = 60.0
_REINSTALL = "Install the application again; its espeakng-loader package is damaged or missing."
_SHORTER = f"{_REINSTALL} Choose a folder whose path is under 200 bytes."

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class EspeakSession:
    """The library, open for one utterance. Comes from `EspeakLibrary.session`."""

    def __init__(self, library: ctypes.CDLL, rate: int) -> None:
        self._library = library
        self.rate = rate

    def speak(
        self, text: str, voice: str, words_per_minute: int, take: Callable[[bytes], bool]
    ) -> bool:
        """Say ``text`` and give the samples to ``take`` as they are made; False when it refused.

        Samples are int16, mono, `rate` Hz. Raises `EngineError`, or what ``take`` raised.
        """
        failed: list[BaseException] = []
        stopped = False

        def heard(samples: int | None, count: int, _events: int | None) -> int:
            nonlocal stopped
            if samples and count > 0 and not stopped:
                try:
                    stopped = not take(ctypes.string_at(samples, 2 * count))
                except Exception as error:  # noqa: BLE001 - C's edge: raised again below
                    failed.append(error)
                    stopped = True
            return int(stopped)

        callback = _Callback(heard)
        self._library.espeak_SetSynthCallback(callback)
        if self._library.espeak_SetVoiceByName(os.fsencode(voice)):
            raise EngineError(f"espeak has no voice {voice}.", _REINSTALL)
        self._library.espeak_SetParameter(_RATE, words_per_minute, 0)
        data = text.encode("utf-8")
        status = self._library.espeak_Synth(
            data,
            ctypes.c_size_t(len(data) + 1),
            ctypes.c_uint(0),
            _POSITION_CHARACTER,
            ctypes.c_uint(0),
            ctypes.c_uint(_UTF8),
            None,
            None,
        )
        if failed:
            raise failed[0]
        if status and not stopped:
            raise EngineError(f"espeak could not speak (status {status}).", "Try another text.")
        return not stopped


class EspeakLibrary:
    """Opens espeak-ng for one utterance at a time.

    The paths are those of the espeakng-loader package unless given: the shared library's file and
    the folder ``espeak-ng-data``.
    """

    _turn: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, library: Path | None = None, data: Path | None = None) -> None:
        self._library = library
        self._data = data

    @contextmanager
    def session(self, given_up: Callable[[], bool]) -> Iterator[EspeakSession | None]:
        """Wait for the turn and open the library; None when ``given_up`` came true meanwhile.

        Raises `EngineError` when the library can't be loaded, or another engine holds it for a
        minute.
        """
        if not self._wait_for_turn(given_up):
            yield None
            return
        try:
            library = self._open()
            try:
                yield EspeakSession(library, self._initialize(library))
            finally:
                library.espeak_Terminate()
                _unload(library)
        finally:
            self._turn.release()

    def _wait_for_turn(self, given_up: Callable[[], bool]) -> bool:
        for _ in range(int(_TURN_SECONDS / _POLL_SECONDS)):
            if given_up():
                return False
            if self._turn.acquire(timeout=_POLL_SECONDS):
                return True
        raise EngineError("Another espeak engine is speaking.", "Stop it and try again.")

    def _open(self) -> ctypes.CDLL:
        try:
            path = self._library or _loader_path("get_library_path")
            return ctypes.CDLL(str(path))
        except OSError as error:
            raise EngineError(f"espeak-ng can't be loaded: {error}.", _REINSTALL) from error

    def _initialize(self, library: ctypes.CDLL) -> int:
        data = self._data or _loader_path("get_data_path")
        if not (data / "phontab").is_file():
            raise EngineError(f"espeak-ng's data isn't in {data}.", _REINSTALL)
        path = os.fsencode(data)
        rate = int(library.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, path, _DONT_EXIT))
        if rate <= 0:
            raise EngineError(f"espeak-ng can't read its data in {data}.", _SHORTER)
        library.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))
        return rate


def _loader_path(function: str) -> Path:
    try:
        import espeakng_loader

        path = Path(getattr(espeakng_loader, function)())
    except (ImportError, RuntimeError) as error:
        raise EngineError(f"espeak-ng is not installed: {error}.", _REINSTALL) from error
    # The loader answers the folder above, or the data itself, by version.
    inner = path / "espeak-ng-data"
    return inner if inner.is_dir() else path


def _unload(library: ctypes.CDLL) -> None:
    if sys.platform == "win32":
        _ctypes.FreeLibrary(library._handle)  # noqa: SLF001 - ctypes has no public unload
    else:
        _ctypes.dlclose(library._handle)  # noqa: SLF001 - ctypes has no public unload
