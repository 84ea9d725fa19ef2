"""The engine's thread, and the meter that watches the GUI's."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QThread

from ishowtts_desktop.desktop.engine_thread import EngineThread
from ishowtts_desktop.desktop.stall_meter import StallMeter

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot


def test_the_work_runs_on_a_thread_of_its_own_and_ends_when_it_returns(qtbot: QtBot) -> None:
    go, seen = threading.Event(), []

    def work() -> None:
        seen.append(QThread.currentThread())
        go.wait(10)

    thread = EngineThread(work, "engine")
    thread.start()
    assert not thread.join(0.05)
    go.set()
    assert thread.join(10)
    assert seen == [thread]


def test_what_nobody_expected_is_logged_and_told(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> None:
        raise ZeroDivisionError("boom")

    thread = EngineThread(work, "speaker")
    with qtbot.waitSignal(thread.failed) as failed, caplog.at_level(logging.CRITICAL):
        thread.start()
    assert thread.join(10)
    assert failed.args == ["ZeroDivisionError: boom"]
    assert "the thread speaker ended" in caplog.text


def test_a_stall_is_measured(qtbot: QtBot) -> None:
    meter = StallMeter()
    assert meter.longest == meter.percentile(99) == 0.0
    meter.start()
    qtbot.waitUntil(lambda: meter.ticks > 5)
    time.sleep(0.3)
    count = meter.ticks
    qtbot.waitUntil(lambda: meter.ticks > count + 5)
    meter.stop()
    assert 0.25 < meter.longest < 5
    assert meter.percentile(50) < 0.1
    # WHEN started again THEN it begins anew
    meter.start()
    assert meter.ticks == 0
    meter.stop()
