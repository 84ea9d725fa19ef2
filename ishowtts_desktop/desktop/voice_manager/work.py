"""Work of the voice windows that may take long, off the GUI thread: files, checks, devices."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from ishowtts_desktop.core.errors import IshowttsError, VoiceError

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)

CLOSE_SECONDS: Final = 1.5

T = TypeVar("T")


@dataclass(frozen=True)
class _Ending:
    kind: str
    ticket: int
    result: Any = None
    problem: IshowttsError | None = None


class VoiceWork(QObject):
    """Runs jobs, each on a thread of its own, and tells their endings on the thread it lives on.

    Every job is run to its end, but of each kind only the newest counts: what an older one brings
    is dropped. ``busy_changed`` tells a kind and whether a job of it is under way.
    """

    busy_changed = Signal(str, bool)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: list[threading.Thread] = []
        self._tickets: dict[str, int] = {}
        self._waiting: dict[
            str, tuple[Callable[[Any], None], Callable[[IshowttsError], None] | None]
        ] = {}
        self._closed = threading.Event()
        self._ended.connect(self._settle)

    def run(
        self,
        kind: str,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[IshowttsError], None] | None = None,
    ) -> None:
        """Call ``job`` on another thread, then ``done`` or ``failed`` here.

        Without ``failed`` an expected error is only logged.
        """
        if self._closed.is_set():
            return
        ticket = self._tickets[kind] = self._tickets.get(kind, 0) + 1
        self._waiting[kind] = (done, failed)
        self.busy_changed.emit(kind, True)
        # Daemons, because what hangs (a dead network folder) must not hold the process.
        thread = threading.Thread(
            target=self._work, args=(kind, ticket, job), name=f"voices-{kind}", daemon=True
        )
        self._threads = [known for known in self._threads if known.is_alive()] + [thread]
        thread.start()

    def forget(self, kind: str) -> None:
        """Drop what the job of this kind will bring; it may go on for a while."""
        self._tickets[kind] = self._tickets.get(kind, 0) + 1
        if self._waiting.pop(kind, None) is not None:
            self.busy_changed.emit(kind, False)

    def busy(self, kind: str) -> bool:
        """Whether a job of this kind is under way."""
        return kind in self._waiting

    def close(self) -> bool:
        """Take no more work, and wait for what is under way; False when it takes too long."""
        self._closed.set()
        self._waiting.clear()
        deadline = time.monotonic() + CLOSE_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        left = [thread.name for thread in self._threads if thread.is_alive()]
        if left:
            _log.warning("Left to the end of the process: %s", ", ".join(left))
        return not left

    def _work(self, kind: str, ticket: int, job: Callable[[], object]) -> None:
        try:
            ending = _Ending(kind, ticket, job())
        except IshowttsError as error:
            ending = _Ending(kind, ticket, problem=error)
        except Exception as error:  # noqa: BLE001 - thread edge: told as every problem is
            _log.exception("Work on a voice failed: %s", kind)
            what = f"Something went wrong: {type(error).__name__}: {error}."
            ending = _Ending(kind, ticket, problem=VoiceError(what, "See the log."))
        if not self._closed.is_set():
            with contextlib.suppress(RuntimeError):  # nobody is there any more
                self._ended.emit(ending)

    @Slot(object)
    def _settle(self, ending: _Ending) -> None:
        if ending.ticket != self._tickets.get(ending.kind) or ending.kind not in self._waiting:
            return
        done, failed = self._waiting.pop(ending.kind)
        self.busy_changed.emit(ending.kind, False)
        if ending.problem is None:
            done(ending.result)
        elif failed is not None:
            failed(ending.problem)
        else:
            _log.warning("%s: %s", ending.kind, ending.problem)
