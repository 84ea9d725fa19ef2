"""How far ``models download`` is: JSON lines for programs, one moving line for people."""

from __future__ import annotations

import json
import sys
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Final

from ishowtts_desktop.core.sizes import readable
from ishowtts_desktop.models.events import Checking, Event, Fetching, Verifying
from ishowtts_desktop.models.speed import SpeedMeter

if TYPE_CHECKING:
    from pathlib import Path

    from ishowtts_desktop.core.clock import Clock
    from ishowtts_desktop.core.errors import IshowttsError

# Between two lines about the same file: a window redraws no faster, and a terminal is slower.
PAUSE_SECONDS: Final = 0.25


class Teller(ABC):
    """Thins out what a download tells, and knows its speed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._meter = SpeedMeter(clock)
        self._last: Event | None = None
        self._told_at = float("-inf")

    def tell(self, event: Event) -> None:
        """Take an event; most of those about one file are left out."""
        changed = type(event) is not type(self._last)
        if isinstance(event, Fetching):
            changed = changed or (
                isinstance(self._last, Fetching) and event.file != self._last.file
            )
            self._meter.add(event.done)
        finished = isinstance(event, (Fetching, Verifying)) and event.done == event.total
        self._last = event
        if changed or finished or self._clock.now() - self._told_at >= PAUSE_SECONDS:
            self._show(event)

    def tick(self) -> None:
        """Nothing has come for a while: so the speed goes down."""
        if isinstance(self._last, Fetching):
            self._meter.add(self._last.done)
            self._show(self._last)

    def _show(self, event: Event) -> None:
        self._told_at = self._clock.now()
        if isinstance(event, Checking):
            self._write({"event": "checking"})
        elif isinstance(event, Verifying):
            self._write({"event": "verifying", "bytes": event.done, "total": event.total})
        else:
            left = self._meter.seconds_left(event.total)
            told: dict[str, Any] = {
                "event": "progress",
                "file": event.file,
                "bytes": event.done,
                "total": event.total,
                "bytes_per_second": round(self._meter.bytes_per_second),
            }
            self._write(told if left is None else {**told, "seconds_left": round(left, 1)})

    @abstractmethod
    def _write(self, told: dict[str, Any]) -> None:
        """Write one event."""

    @abstractmethod
    def done(self, folder: Path) -> None:
        """Tell where the model is."""

    @abstractmethod
    def failed(self, error: IshowttsError) -> None:
        """Tell why it isn't here."""

    @abstractmethod
    def cancelled(self) -> None:
        """Tell that somebody stopped it."""


class JsonTeller(Teller):
    """One JSON object a line."""

    def _write(self, told: dict[str, Any]) -> None:
        print(json.dumps(told), flush=True)

    def done(self, folder: Path) -> None:
        """Tell where the model is."""
        self._write({"event": "done", "folder": str(folder)})

    def failed(self, error: IshowttsError) -> None:
        """Tell why it isn't here."""
        self._write({"event": "failed", "message": error.message, "advice": error.advice})

    def cancelled(self) -> None:
        """Tell that somebody stopped it."""
        self._write({"event": "cancelled"})


class PlainTeller(Teller):
    """A line that moves on a terminal; elsewhere a line for each tenth of the way."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self._moving = sys.stderr.isatty()
        self._written = ""

    def _write(self, told: dict[str, Any]) -> None:
        line = _sentence(told)
        if self._moving:
            print(f"\r{line:<{len(self._written)}}", end="", file=sys.stderr, flush=True)
            self._written = line
            return
        # The tenth, in place of what changes all the time.
        tenth = f"{told['event']} {10 * told.get('bytes', 0) // max(1, told.get('total', 1))}"
        if tenth != self._written:
            print(line, file=sys.stderr, flush=True)
            self._written = tenth

    def _leave_line(self) -> None:
        if self._moving and self._written:
            print(file=sys.stderr)

    def done(self, folder: Path) -> None:
        """Tell where the model is."""
        self._leave_line()
        print(folder)

    def failed(self, error: IshowttsError) -> None:  # noqa: ARG002 - the command line tells it
        """Make room for the error."""
        self._leave_line()

    def cancelled(self) -> None:
        """Tell that somebody stopped it."""
        self._leave_line()
        print("Cancelled: the next download goes on from there.", file=sys.stderr)


def _sentence(told: dict[str, Any]) -> str:
    if told["event"] == "checking":
        return "Looking what there is to fetch"
    share = f"{100 * told['bytes'] // max(1, told['total'])} %"
    if told["event"] == "verifying":
        return f"Checking its checksum: {share}"
    line = f"{told['file']}: {share}, {readable(told['bytes_per_second'])}/s"
    left = told.get("seconds_left")
    return line if left is None else f"{line}, {_duration(left)} left"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
