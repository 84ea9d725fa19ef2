"""The global hotkeys that the user chose, each of which runs a verb of ``ctl``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from ishowtts_desktop.system.hotkeys import Binding, HotkeyListener

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ishowtts_desktop.core.config import HotkeyConfig
    from ishowtts_desktop.core.errors import HotkeyError
    from ishowtts_desktop.desktop.feed import ChatFeed
    from ishowtts_desktop.desktop.verbs import VerbDispatcher

HOTKEY_PROBLEM: Final = "hotkey"


class Hotkeys(QObject):
    """Listens on a thread of its own, and runs ``dispatcher``'s verbs on the GUI thread.

    Each hotkey that can't be had is a problem of its own key in ``feed``.
    """

    pressed = Signal(str)

    def __init__(
        self,
        config: HotkeyConfig,
        dispatcher: VerbDispatcher,
        feed: ChatFeed,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._dispatcher = dispatcher
        self._feed = feed
        self._listener = HotkeyListener(
            [Binding(verb, text, partial(self.pressed.emit, verb)) for verb, text in verbs(config)],
            self._tell,
        )
        self.pressed.connect(self._run)

    def start(self) -> None:
        """Grab them; they come to be a moment later."""
        self._listener.start()

    def wait_ready(self, seconds: float) -> bool:
        """Wait until every one is grabbed or refused."""
        return self._listener.wait_ready(seconds)

    def stop(self) -> None:
        """Let them go."""
        self._listener.stop()

    @Slot(str)
    def _run(self, verb: str) -> None:
        self._dispatcher.run(verb, ())

    def _tell(self, verb: str, problem: HotkeyError) -> None:
        self._feed.post_problem(problem, f"{HOTKEY_PROBLEM} {verb}".strip())


def verbs(config: HotkeyConfig) -> Iterator[tuple[str, str]]:
    """Yield each hotkey's verb and its notation. What silences comes first: it wins a conflict."""
    yield "panic", config.panic
    yield "release", config.release
    yield "skip", config.skip
    yield "toggle-pause", config.pause
    yield "mute-speaking", config.mute
    yield "read-selected", config.read_selected
    yield "clear", config.clear
    yield "replay", config.replay
