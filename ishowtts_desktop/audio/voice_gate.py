"""Listens to a microphone and tells when the streamer begins and ends to talk."""

from __future__ import annotations

import logging
import math
import queue
import threading
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ishowtts_desktop.audio.capture import LEVEL_SECONDS, Level, decibels
from ishowtts_desktop.audio.gate import Gate
from ishowtts_desktop.audio.input_stream import InputStream, silent_server
from ishowtts_desktop.core.errors import AudioError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ishowtts_desktop.audio.input_stream import InputBackend
    from ishowtts_desktop.core.reading_config import GateConfig

_log = logging.getLogger(__name__)

LOOK_SECONDS = 0.1
# A device that gives no block for so long may be gone; nobody is held up meanwhile.
QUIET_SECONDS = 0.3
RETRY_SECONDS = 1.0
LONGEST_RETRY_SECONDS = 15.0
# Longer than an output waits between two attempts.
STAND_ASIDE_SECONDS = 2.5
LAST_RELEASE_SECONDS = 0.4
JOIN_SECONDS = 0.9
# A device that is lost may never be released, and another one do; a server that answers to none of
# so many is frozen.
MOST_HANGING = 2


class Block(NamedTuple):
    """What is kept of a stretch of sound: its length, highest sample and mean power."""

    frames: int
    peak: float
    power: float


class VoiceGate:
    """Tells ``on_talk`` when talk begins (True) and ends (False), unless the mode is "off".

    Nothing is opened before `open`, nor while the mode is off and nobody wants to `listen`. What is
    heard isn't kept. A microphone that is missing or stops is told to ``on_problem`` and tried
    again; None takes the problem back. Both are called on the gate's own thread and must be quick.
    Every True is followed by a False, also when the mode changes, the device goes or the gate is
    closed.
    """

    def __init__(
        self,
        backend: InputBackend,
        config: GateConfig,
        on_talk: Callable[[bool], None],
        on_problem: Callable[[AudioError | None], None],
    ) -> None:
        self._backend = backend
        self._config = config.model_copy()
        self._on_talk = on_talk
        self._on_problem = on_problem
        self._wanted = False
        self._changed = threading.Event()
        self._closing = threading.Event()
        self._stream: InputStream | None = None
        self._thread = threading.Thread(target=self._run, name="voice-gate", daemon=True)
        # From here on: the gate's own thread's.
        self._gate = Gate(self._config)
        self._level: Level | None = None
        self._told_mode = ""
        self._told_problem = ""
        self._retry = RETRY_SECONDS
        self._left: list[InputStream] = []

    def open(self) -> None:
        """Begin to do what the configuration asks for."""
        self._thread.start()

    def use(self, config: GateConfig) -> None:
        """Go by ``config`` from now on: mode, device, thresholds. From any thread."""
        self._config = config.model_copy()
        self._changed.set()

    def listen(self, wanted: bool) -> None:
        """Listen for the sake of `level` even while the mode is off, or no more."""
        self._wanted = wanted
        self._changed.set()

    @property
    def talking(self) -> bool:
        """Whether somebody talks, whatever the mode."""
        return self._gate.talking

    @property
    def level(self) -> Level | None:
        """How loud the last tenth of a second was; None while nothing is heard."""
        return self._level

    def close(self) -> None:
        """Stop listening and release the device, within a second. Calling it again does nothing."""
        self._closing.set()
        self._changed.set()
        if self._thread.ident is None:
            return
        stream = self._stream
        if stream is not None:
            stream.release(LAST_RELEASE_SECONDS)
        self._thread.join(JOIN_SECONDS - LAST_RELEASE_SECONDS)
        if self._thread.is_alive():
            _log.warning("The microphone doesn't answer; it is left to the end of the process")

    def _run(self) -> None:
        while not self._closing.is_set():
            self._changed.clear()
            if not self._due(self._config.device):
                self._tell_problem(None)
                self._changed.wait()
                continue
            rest = self._listen_to(self._config.device)
            if self._changed.wait(rest):
                self._retry = RETRY_SECONDS

    def _due(self, device: str) -> bool:
        config = self._config
        due = self._wanted or config.mode != "off"
        return due and config.device == device and not self._closing.is_set()

    def _listen_to(self, device: str) -> float:
        """Listen until something changes; return how many seconds to wait before the next try."""
        blocks: queue.SimpleQueue[Block] = queue.SimpleQueue()
        stream = InputStream(
            self._backend, device, lambda samples: blocks.put(_measured(samples)), quick=True
        )
        self._stream = stream
        problem: AudioError | None = None
        try:
            self._left = [each for each in self._left if each.hanging]
            if len(self._left) >= MOST_HANGING:
                raise silent_server()  # noqa: TRY301 - told as all that `open` raises
            if self._due(device):  # looked at after `close` could have seen the stream
                stream.open()
                self._follow(stream, blocks, device)
        except AudioError as error:
            problem = error
        except Exception as error:  # noqa: BLE001 - thread edge: it is tried again
            _log.exception("The voice gate failed")
            problem = AudioError(f"The voice gate failed: {error}.", "See the log.")
        self._stream = None
        self._hush()
        self._level = None
        stream.release(LAST_RELEASE_SECONDS)
        if stream.hanging:
            self._left.append(stream)
        if problem is not None and self._due(device):
            return self._fail(problem)
        return STAND_ASIDE_SECONDS if self._backend.starved else 0.0

    def _fail(self, problem: AudioError) -> float:
        """Tell a problem; return how many seconds to wait before the next try."""
        self._tell_problem(problem)
        rest, self._retry = self._retry, min(2 * self._retry, LONGEST_RETRY_SECONDS)
        return rest

    def _follow(self, stream: InputStream, blocks: queue.SimpleQueue[Block], device: str) -> None:
        """Hear what ``stream`` gives until it isn't wanted any more; raises its problem."""
        now = 0.0
        lately: deque[Block] = deque()
        while self._due(device) and not self._backend.starved:
            try:
                block = blocks.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                if stream.still > QUIET_SECONDS:
                    self._hush()
                problem = stream.problem
                if problem is not None:
                    raise problem from None
                continue
            self._retry = RETRY_SECONDS
            self._tell_problem(None)
            now += block.frames / stream.rate
            lately.append(block)
            while sum(each.frames for each in lately) > LEVEL_SECONDS * stream.rate:
                lately.popleft()
            self._level = _level(lately or [block])
            self._hear(block, now)

    def _hear(self, block: Block, now: float) -> None:
        config = self._config
        self._gate.use(config)
        talking = self._gate.hear(decibels(math.sqrt(block.power)), now)
        self._tell_talk(config.mode if talking and config.mode != "off" else "")

    def _hush(self) -> None:
        self._gate.reset()
        self._tell_talk("")

    def _tell_talk(self, mode: str) -> None:
        """Tell that talk is acted upon by ``mode``, "" for not at all, if that is news."""
        before, self._told_mode = self._told_mode, mode
        if before and before != mode:
            _call(self._on_talk, False)
        if mode and before != mode:
            _call(self._on_talk, True)

    def _tell_problem(self, problem: AudioError | None) -> None:
        text = "" if problem is None else str(problem)
        if text != self._told_problem:
            self._told_problem = text
            _call(self._on_problem, problem)


def _measured(samples: NDArray[np.float32]) -> Block:
    return Block(len(samples), float(np.abs(samples).max()), float(np.mean(np.square(samples))))


def _level(blocks: deque[Block] | list[Block]) -> Level:
    power = sum(block.frames * block.power for block in blocks)
    rms = math.sqrt(power / sum(block.frames for block in blocks))
    return Level(decibels(max(block.peak for block in blocks)), decibels(rms))


def _call(listener: Callable[..., None], news: object) -> None:
    try:
        listener(news)
    except Exception:  # noqa: BLE001 - thread edge: a listener's fault must not end the gate
        _log.exception("A listener of the voice gate failed")
