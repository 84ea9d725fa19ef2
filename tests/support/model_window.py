"""The model manager as a program: with the real verbs, on the small catalogue of a stand-in hub.

Prints a JSON line whenever what is to be seen changes: the ``focus``, what is ``said``, and the
folder in ``use``.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QLabel

from ishowtts_desktop.desktop.actions import Commands
from ishowtts_desktop.desktop.app import make_qt, quit_on_signals
from ishowtts_desktop.desktop.feed import ChatFeed
from ishowtts_desktop.desktop.model_manager.jobs import ModelJobs
from ishowtts_desktop.desktop.model_manager.window import ModelManager
from tests.support.models_child import PROGRAM

LOOK_MS = 20


def look(window: ModelManager, used: list[str]) -> str:
    focus = window.focusWidget()
    labels = window.findChildren(QLabel)
    seen = {
        "focus": focus.text().replace("&", "") if isinstance(focus, QAbstractButton) else "",
        "said": [label.text() for label in labels if label.isVisible() and label.text()],
        "use": used[-1],
        "active": window.isActiveWindow(),
    }
    return json.dumps(seen)


def main() -> None:
    qt = make_qt()
    used, told = [""], [""]
    jobs, commands, feed = ModelJobs((sys.executable, "-c", PROGRAM)), Commands(), ChatFeed()
    commands.model_requested.connect(used.append)
    window = ModelManager(jobs, commands, feed, lambda: used[-1])

    def tell() -> None:
        seen = look(window, used)
        if seen != told[-1]:
            told.append(seen)
            print(seen, flush=True)

    timer = QTimer()
    timer.timeout.connect(tell)
    timer.start(LOOK_MS)
    window.bring_to_front()
    with quit_on_signals(qt.quit):
        qt.exec()
    window.close()
    jobs.close()
    window.deleteLater()


main()
