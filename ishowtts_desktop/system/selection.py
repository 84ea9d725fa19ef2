"""The text that is selected anywhere on the screen: X11's PRIMARY selection.

Not by QClipboard, which blocks the window for 15 s behind an owner that hangs. This asks on a
connection of its own and gives up after a second (ICCCM 2.4, "Use of Selection Mechanism").
"""

from __future__ import annotations

import contextlib
import logging
import select
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from Xlib import X, error
from Xlib.display import Display

from ishowtts_desktop.core.errors import IshowttsError

if TYPE_CHECKING:
    from collections.abc import Callable

TIMEOUT_SECONDS: Final = 1.0
MAX_BYTES: Final = 65_536
JOIN_SECONDS: Final = 3.0

_log = logging.getLogger(__name__)


def read_primary(timeout: float = TIMEOUT_SECONDS, display_name: str | None = None) -> str:
    """Return the selected text, empty when nothing is selected.

    ``timeout`` is seconds to wait for the owner. Raises `IshowttsError` when there is no X11
    display, the owner doesn't answer in time or at all, or the text is longer than 64 KiB.
    """
    try:
        with contextlib.closing(Display(display_name)) as display:
            return _ask(display, time.monotonic() + timeout)
    except (error.XError, error.DisplayError, error.XauthError, OSError) as problem:
        raise IshowttsError(
            f"The selected text can't be read: {problem}",
            "Select the message in the window instead.",
        ) from problem


class SelectionReader:
    """Reads the selection on its own thread "selection", one request at a time."""

    def __init__(self, timeout: float = TIMEOUT_SECONDS) -> None:
        self._timeout = timeout
        self._thread: threading.Thread | None = None

    def read(
        self, take: Callable[[str], None], tell_problem: Callable[[IshowttsError], None]
    ) -> bool:
        """Read, then call one of the two on the thread; False while a request is under way."""
        if self._thread is not None and self._thread.is_alive():
            return False
        self._thread = threading.Thread(
            target=self._run, args=(take, tell_problem), name="selection", daemon=True
        )
        self._thread.start()
        return True

    def close(self) -> None:
        """Wait for the request under way."""
        if self._thread is not None:
            self._thread.join(JOIN_SECONDS)

    def _run(
        self, take: Callable[[str], None], tell_problem: Callable[[IshowttsError], None]
    ) -> None:
        try:
            take(read_primary(self._timeout))
        except IshowttsError as problem:
            tell_problem(problem)
        except Exception as problem:  # noqa: BLE001 - thread edge
            _log.exception("reading the selection failed")
            tell_problem(IshowttsError(f"The selected text can't be read: {problem}"))


def _ask(display: Display, deadline: float) -> str:
    primary = display.intern_atom("PRIMARY")
    utf8 = display.intern_atom("UTF8_STRING")
    target = display.intern_atom("ISHOWTTS_SELECTION")
    if display.get_selection_owner(primary) == X.NONE:
        return ""
    window = display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
    window.convert_selection(primary, utf8, target, X.CurrentTime)
    event = _wait_for_answer(display, deadline)
    if event is None:
        raise IshowttsError(
            "The program that owns the selected text does not answer.", "Select it again."
        )
    if event.property == X.NONE:
        raise IshowttsError("What is selected is not text.", "Select some text first.")
    # X counts a property's length in units of four bytes.
    answer = window.get_property(target, X.AnyPropertyType, 0, MAX_BYTES // 4)
    return _text(display, answer, utf8)


def _text(display: Display, answer: Any, utf8: int) -> str:  # noqa: ANN401 - Xlib is untyped
    if answer is None:
        return ""
    # An owner answers INCR when it wants to hand over more than fits into one property.
    if answer.property_type == display.intern_atom("INCR") or answer.bytes_after:
        raise IshowttsError("The selected text is too long.", "Select less than 64 KiB.")
    if answer.property_type != utf8 or answer.format != 8:
        raise IshowttsError("What is selected is not text.", "Select some text first.")
    return bytes(answer.value).decode("utf-8", "replace")


def _wait_for_answer(display: Display, deadline: float) -> Any:  # noqa: ANN401 - Xlib is untyped
    while True:
        while display.pending_events():
            event = display.next_event()
            if event.type == X.SelectionNotify:
                return event
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([display.fileno()], [], [], left)[0]:
            return None
