"""The window "Reading" in the application: opened by a command, followed by the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QListWidget, QPlainTextEdit

from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.config_file import ConfigFile
from ishowtts_desktop.desktop.app import build
from ishowtts_desktop.desktop.reading_window.people_page import PeoplePage
from ishowtts_desktop.desktop.shell import Shell
from ishowtts_desktop.system.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ishowtts_desktop.core.config import Config
    from ishowtts_desktop.desktop.application import Application
    from ishowtts_desktop.desktop.reading_window.window import ReadingWindow


@pytest.fixture
def application(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    """Without a sound device."""
    monkeypatch.setattr("ishowtts_desktop.assembly.maker", lambda *_: None)
    shell = Shell()
    application = build(Paths.under(tmp_path), shell)
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    shell.show(qt)
    application.start()
    qtbot.addWidget(application.window)
    yield application
    assert application.shutdown()


def opened(application: Application) -> ReadingWindow:
    application.commands.manage_reading()
    window = application._windows._reading
    assert window is not None
    assert window.isVisible()
    return window


def test_it_opens_once_and_its_place_is_remembered(application: Application) -> None:
    window = opened(application)
    window.resize(701, 602)
    window.close()
    assert application._config.window.reading_geometry == window.geometry_text()
    assert opened(application) is window


def test_what_is_changed_is_read_by_at_once_and_saved(
    application: Application, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    used: list[Config] = []
    monkeypatch.setattr(application._pipeline, "use_reading", used.append)
    window = opened(application)
    box = next(b for b in window.findChildren(QCheckBox) if "mention" in b.text())
    box.click()
    assert used == [application._config]
    assert application._config.rules.only_mentions
    file = ConfigFile(Paths.under(tmp_path).config_file, SystemClock())
    qtbot.waitUntil(lambda: file.load()[0].rules.only_mentions, timeout=10_000)


def test_it_follows_what_is_done_to_people_elsewhere(application: Application) -> None:
    window = opened(application)
    page = window.findChild(PeoplePage)
    assert page is not None
    application.commands.block("Troll")
    assert page.findChildren(QPlainTextEdit)[0].toPlainText() == "Troll"
    application.commands.mute("@Noisy")
    assert page.findChild(QListWidget).item(0).text() == "@Noisy"
    application.commands.unmute("noisy")
    assert page.findChild(QListWidget).count() == 0


def test_a_line_is_tried_by_the_real_rules(application: Application, qtbot: QtBot) -> None:
    application._config.private.words = ["Elm Street"]
    window = opened(application)
    line = next(x for x in window.findChildren(QLineEdit) if x.accessibleName() == "A line to try")
    QTest.keyClicks(line, "you live in E.l.m Street")
    qtbot.waitUntil(lambda: "private word" in line.accessibleDescription(), timeout=10_000)
    line.clear()
    QTest.keyClicks(line, "666")
    qtbot.waitUntil(lambda: "about" in line.accessibleDescription(), timeout=10_000)
