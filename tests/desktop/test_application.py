"""The application put together, in this process: what commands do to the pipeline and the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import tomlkit
from PySide6.QtWidgets import QApplication, QToolButton

from ishowtts_desktop.core.utterances import OutcomeState, Reason
from ishowtts_desktop.desktop.app import build
from ishowtts_desktop.desktop.banner import Banner
from ishowtts_desktop.desktop.icons import TrayState
from ishowtts_desktop.desktop.shell import Shell
from ishowtts_desktop.system.paths import Paths
from tests.support.desktop import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.desktop.application import Application


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path)


@pytest.fixture
def application(paths: Paths, qtbot: QtBot) -> Iterator[Application]:
    """Without a sound device, so that what is queued stays queued."""
    shell = Shell()
    application = build(paths, shell)
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    shell.show(qt)
    application.start()
    qtbot.addWidget(application.window)
    qtbot.waitUntil(
        lambda: "No sound device" in str(application.status()["problems"]), timeout=9000
    )
    yield application
    assert application.shutdown()


def saved(paths: Paths) -> dict[str, Any]:
    """What is in the configuration file, which comes a moment after the first change."""
    if not paths.config_file.exists():
        return {}
    return tomlkit.parse(paths.config_file.read_text("utf-8")).unwrap()


def test_a_first_start_shows_the_window_and_says_hello_when_asked(
    application: Application, qtbot: QtBot
) -> None:
    assert application.window.isVisible()
    application.commands.hear_voice()
    assert application.status()["queued"] == 1


def test_what_the_user_chose_is_in_the_file(
    application: Application, paths: Paths, qtbot: QtBot
) -> None:
    application.commands.set_volume(0.25)
    application.commands.connect_source("demo://")
    application.commands.stop_reading()

    def written() -> None:
        assert saved(paths).get("audio") == {"volume": 0.25}
        assert saved(paths).get("source") == {"url": "demo://", "recent": ["demo://"]}
        assert saved(paths).get("reading") == {"reading": False}

    qtbot.waitUntil(written, timeout=5000)


def test_a_chat_that_was_left_is_not_read_at_the_next_start(
    application: Application, paths: Paths, qtbot: QtBot
) -> None:
    application.commands.connect_source("demo://")
    assert application.status()["source"] == "demo://"
    application.commands.disconnect_source()
    assert application.status()["source"] == ""
    qtbot.waitUntil(lambda: application.status()["connection"] == "closed", timeout=5000)


def test_a_message_that_was_picked_waits_first_and_panic_clears_it(
    application: Application,
) -> None:
    application.commands.read_message(message(1, "read me"))
    assert application.status()["queued"] == 1
    application.commands.panic()
    status = application.status()
    assert (status["queued"], status["reading"]) == (0, False)
    assert status["dropped"] == 1


def test_nothing_selected_is_told(application: Application, qtbot: QtBot) -> None:
    application.commands.read_selected()
    qtbot.waitUntil(lambda: "selected" in str(application.status()["problems"]), timeout=9000)


def test_a_problem_that_the_user_closed_is_no_problem_of_the_trays(
    application: Application, qtbot: QtBot
) -> None:
    application.commands.read_selected()
    qtbot.waitUntil(lambda: "selected" in str(application.status()["problems"]), timeout=9000)
    banners = application.window.findChildren(Banner)
    assert banners
    for banner in banners:
        banner.findChildren(QToolButton)[0].click()
    qtbot.waitUntil(lambda: not application.status()["problems"], timeout=5000)
    assert application.tray.state is not TrayState.ERROR


def test_without_a_tray_the_window_says_what_closing_it_does(
    application: Application, qtbot: QtBot
) -> None:
    qtbot.waitUntil(
        lambda: "Closing the window" in str(application.status()["problems"]), timeout=9000
    )
    assert application.window.isVisible()


def test_an_answer_to_ctl_counts_what_became_of_messages(application: Application) -> None:
    conductor = application._pipeline.conductor
    conductor.handle(message(1, "!command"))
    conductor.handle(message(2, "hello"))
    conductor.drop(message(3, "too much"), Reason.OVERLOAD)
    conductor.clear()
    status = application.status()
    assert status[OutcomeState.REFUSED.value] == 1
    assert status[OutcomeState.DROPPED.value] == 2


def test_without_a_tray_closing_the_window_quits(application: Application, qtbot: QtBot) -> None:
    with qtbot.waitSignal(application.commands.quit_requested, timeout=2000):
        application.window.close()


def test_the_windows_place_is_remembered(
    application: Application, paths: Paths, qtbot: QtBot
) -> None:
    application.window.resize(700, 500)
    application.window.close()
    qtbot.waitUntil(lambda: "geometry" in saved(paths).get("window", {}), timeout=5000)


def test_an_engine_is_chosen_while_running_and_remembered(
    application: Application, paths: Paths, qtbot: QtBot
) -> None:
    assert application.status()["engine_state"] == "off"
    # WHEN a model is chosen that isn't one
    application.commands.use_model(str(paths.data))
    application.commands.use_preset("turbo")

    def failed() -> None:
        status = application.status()
        assert status["engine_state"] == "failed"
        assert str(paths.data) in status["engine_detail"]
        assert "next try" in str(status["problems"])

    qtbot.waitUntil(failed, timeout=30000)
    # THEN the embedded voice speaks, and the choice is in the file
    status = application.status()
    assert (status["engine"], status["preset"], status["nfe"]) == ("f5", "turbo", 5)
    assert status["speaks"] == "espeak"
    chosen = {"engine": "f5", "checkpoint": str(paths.data), "preset": "turbo"}
    qtbot.waitUntil(lambda: saved(paths).get("speech") == chosen, timeout=5000)
    # AND going back solves it
    application.commands.use_engine("espeak")
    qtbot.waitUntil(lambda: application.status()["engine_state"] == "off", timeout=5000)
    qtbot.waitUntil(lambda: "next try" not in str(application.status()["problems"]), timeout=5000)
