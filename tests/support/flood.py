"""A program that floods a shown window with chat and prints how long its event loop was held up.

A process of its own, so that nothing traces it and no other test's remains are measured.
"""

from __future__ import annotations

import json
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ishowtts_desktop.core.config import Config
from ishowtts_desktop.core.utterances import OutcomeState, Reason
from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.chat_model import ChatModel
from ishowtts_desktop.desktop.feed import ChatFeed
from ishowtts_desktop.desktop.main_window import MainWindow
from ishowtts_desktop.desktop.stall_meter import StallMeter
from tests.support.desktop import message, outcome

if TYPE_CHECKING:
    from collections.abc import Callable

WARM_UP_MS = 500
TEXTS = ("hello everyone", "主播今天打什么游戏？", "a rather long line that wraps " * 4, "gg")


def post_all(feed: ChatFeed, lines: int) -> None:
    """Post as fast as a thread can."""
    for number in range(lines):
        line = message(number, TEXTS[number % 4], f"viewer{number % 500}")
        feed.post_message(line)
        feed.post_outcome(outcome(line, OutcomeState.DROPPED, Reason.OVERLOAD))


def warm_up(app: QApplication, feed: ChatFeed, model: ChatModel) -> None:
    """Show each script once: the first use of a font costs time, flood or not."""
    for number, text in enumerate(TEXTS):
        feed.post_message(message(f"warm-up {number}", text))
    timer = call_when(lambda: model.rowCount() == len(TEXTS), app.quit)
    app.exec()
    timer.stop()
    QTimer.singleShot(WARM_UP_MS, app.quit)
    app.exec()


def call_when(ready: Callable[[], bool], what: Callable[[], None]) -> QTimer:
    """Look ten times a second whether it is time."""
    timer = QTimer()
    timer.timeout.connect(lambda: what() if ready() else None)
    timer.start(100)
    return timer


def main(lines: int) -> None:
    """Flood, wait until the newest line is shown, print the figures as JSON."""
    app = QApplication([])
    feed = ChatFeed()
    window = MainWindow(feed, Commands(), Config(), lambda: False)
    window.show()
    model = window.findChild(ChatModel)
    assert model is not None
    warm_up(app, feed, model)
    flood = threading.Thread(target=post_all, args=(feed, lines), name="flood")
    meter = StallMeter()
    meter.start()
    flood.start()

    def all_shown() -> bool:
        rows = model.rowCount()
        return rows > 0 and model.row_at(rows - 1).key[2] == str(lines - 1)

    timer = call_when(all_shown, app.quit)
    app.exec()
    timer.stop()
    meter.stop()
    flood.join()
    shown = [int(model.row_at(row).key[2]) for row in range(model.rowCount())]
    figures = {"p99": meter.percentile(99), "longest": meter.longest, "ticks": meter.ticks}
    print(json.dumps({**figures, "shown": shown}))
    window.leave()


if __name__ == "__main__":
    main(int(sys.argv[1]))
