"""The window "Reading" in the application: opened by a command, followed by the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QListWidget, QPlainTextEdit

from ishowtts_desktop.core.clock import SystemClock
from ishowtts_desktop.core.config_file import ConfigFile
from ishowtts_desktop.desktop.app import build
from ishowtts_desktop.desktop.banner import BannerArea
from ishowtts_desktop.desktop.chat_model import ChatRow
from ishowtts_desktop.desktop.feed import Remedy, row_key
from ishowtts_desktop.desktop.person import Person
from ishowtts_desktop.desktop.reading_window.people_page import PeoplePage
from ishowtts_desktop.desktop.shell import Shell
from ishowtts_desktop.system.paths import Paths
from tests.support.desktop import message

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


def row_by(person: Person) -> ChatRow:
    line = message(1, "hi", name=person.name)
    return ChatRow(row_key(line), line.name, line.text, line.author_id, 0.0, line)


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


def test_who_is_let_back_in_here_can_be_muted_again_at_once(application: Application) -> None:
    window = opened(application)
    page = window.findChild(PeoplePage)
    assert page is not None
    application.commands.mute("Noisy")
    menus, noisy = application.window._menus, Person("noisy", "Noisy")
    assert not menus.menu_for(row_by(noisy), "Noisy", window).actions()[4].text().startswith("&M")
    page.unmuted.emit("Noisy")
    assert application.status()["muted"] == []
    assert page.findChild(QListWidget).count() == 0
    application.commands.undo()
    assert application.status()["muted"] == ["Noisy"]
    # AND the window and the menus of the chat follow
    assert page.findChild(QListWidget).item(0).text() == "Noisy"
    menus.toggle_mute(noisy)
    assert application.status()["muted"] == []


def test_it_tells_that_all_is_silenced_and_ends_that(
    application: Application, qtbot: QtBot
) -> None:
    application.commands.panic()
    # GIVEN a window that is opened only then
    window = opened(application)
    banners = window.findChild(BannerArea)
    assert banners is not None
    qtbot.waitUntil(lambda: "silence" in banners.keys)
    banners.remedy_requested.emit(Remedy.RELEASE)
    qtbot.waitUntil(lambda: "silence" not in banners.keys)
    assert not application._pipeline.conductor.state.panicked


def test_a_line_is_tried_by_the_real_rules(application: Application, qtbot: QtBot) -> None:
    application._config.private.words = ["Elm Street"]
    window = opened(application)
    line = next(x for x in window.findChildren(QLineEdit) if x.accessibleName() == "A line to try")
    QTest.keyClicks(line, "you live in E.l.m Street")
    qtbot.waitUntil(lambda: "private word" in line.accessibleDescription(), timeout=10_000)
    line.clear()
    QTest.keyClicks(line, "666")
    qtbot.waitUntil(lambda: "about" in line.accessibleDescription(), timeout=10_000)
