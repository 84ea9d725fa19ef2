"""A recorded or written chat, played again in its own time."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from ishowtts_desktop.chat.irc.line import LINE_LIMIT
from ishowtts_desktop.chat.run_ids import RunIds
from ishowtts_desktop.chat.script import ScriptReader
from ishowtts_desktop.core.errors import ChatError, SourceUrlError
from ishowtts_desktop.core.messages import ConnectionState, Phase

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from ishowtts_desktop.chat.script import Cue
    from ishowtts_desktop.chat.source import EventSink
    from ishowtts_desktop.chat.url import SourceUrl
    from ishowtts_desktop.core.clock import Clock

_SPEEDS = (0.01, 1000.0)
_LINES_IN_A_ROW = 50
_HEAD = 4096


class ReplaySource:
    """Plays a file's lines, read as they are needed. Ends with `Phase.CLOSED`."""

    def __init__(
        self,
        url: SourceUrl,
        path: Path,
        channel: str,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._url = str(url)
        self._path = path
        self._channel = channel
        self._speed = _speed(url)
        self._clock = clock
        self._sleep = sleep
        self._ids = RunIds()

    @property
    def url(self) -> str:
        """See `ChatSource`."""
        return self._url

    async def run(self, sink: EventSink) -> None:
        """See `ChatSource`."""
        try:
            check_text_file(self._path)
            sink.emit(self._state(Phase.CONNECTED))
            await self._play(sink)
        except ChatError as error:
            sink.emit(self._state(Phase.FAILED, str(error)))
        except OSError as error:
            sink.emit(self._state(Phase.FAILED, str(_unreadable(self._path, error))))
        else:
            sink.emit(self._state(Phase.CLOSED, "The replay has ended."))

    async def _play(self, sink: EventSink) -> None:
        began = self._clock.now()
        for number, cue in enumerate(self._cues(), 1):
            if cue is not None:
                wait = cue.at / self._speed - (self._clock.now() - began)
                if wait > 0:
                    await self._sleep(wait)
                sink.emit(self._ids.name(cue.event))
            if number % _LINES_IN_A_ROW == 0:
                await asyncio.sleep(0)

    def _cues(self) -> Iterator[Cue | None]:
        """Yield a cue a line, None where it says nothing; a huge line comes in several parts."""
        reader = ScriptReader(self._url, self._channel)
        with self._path.open("rb") as file:
            inside = False
            while part := file.readline(LINE_LIMIT + 1):
                yield None if inside else reader.read(part)
                inside = not part.endswith(b"\n") and len(part) > LINE_LIMIT

    def _state(self, phase: Phase, detail: str = "") -> ConnectionState:
        return ConnectionState(self._url, self._channel, phase, detail)


def check_text_file(path: Path) -> None:
    """Raise `ChatError` where ``path`` is no file that a chat can be read from."""
    try:
        # A pipe or a device could keep the chat thread waiting for ever.
        if not path.is_file():
            what = "is not a file" if path.exists() else "does not exist"
            raise ChatError(f"{path} {what}.", "Check the path after replay://.")
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if b"\0" in head:
        raise ChatError(f"{path} is not a text file.", "Save the chat as UTF-8 text.")


def _unreadable(path: Path, error: Exception) -> ChatError:
    reason = getattr(error, "strerror", None) or str(error)
    return ChatError(f"{path} can't be read: {reason}.", "Check the file and its permissions.")


def _speed(url: SourceUrl) -> float:
    text = url.option("speed")
    if text is None:
        return 1.0
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    slowest, fastest = _SPEEDS
    if not slowest <= speed <= fastest:
        raise SourceUrlError(
            f"{text[:40]!r} is no speed of a replay.",
            f"Write ?speed= and a number from {slowest:g} to {fastest:g}.",
        )
    return speed


def replay_source(url: SourceUrl, clock: Clock) -> ReplaySource:
    """Return the source for ``replay://FILE``."""
    try:
        path = Path(url.path).expanduser()
    except RuntimeError:  # "~somebody" who has no home here
        path = Path(url.path)
    return ReplaySource(url, path, path.stem, clock)
