"""The window of models itself: its list, its folder, its languages, its place on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QFileDialog,
    QLabel,
    QWidget,
)

from ishowtts_desktop.desktop.language import Language
from ishowtts_desktop.desktop.model_manager.window import ModelManager
from tests.support.model_desk import MODEL, OTHER, Desk
from tests.support.models import CHECKING, REFUSED, entry, progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

FOLDER = "/models/v1-base"
FETCHING = (CHECKING, progress(500_000_000), ["wait", "go"])


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.jobs.close()


def test_closing_the_window_stops_nothing(desk: Desk) -> None:
    desk.scene.plays(f"download {MODEL}", *FETCHING)
    desk.show(entry(MODEL, licence_accepted=True))
    desk.press("Download")
    desk.until(lambda: desk.says("500 MB of 1.4 GB"))
    with desk.qtbot.waitSignal(desk.window.geometry_changed):
        desk.qtbot.keyClick(desk.window.focusWidget(), Qt.Key.Key_Escape)
    assert not desk.window.isVisible()
    assert desk.jobs.job(MODEL) is not None
    desk.show()
    assert desk.says("500 MB of 1.4 GB")
    assert desk.buttons[0] == "Cancel"
    # AND whoever left the licence open finds the models again
    desk.press("Licence")
    desk.window.close()
    desk.show()
    assert desk.buttons[0] == "Cancel"


def test_a_list_that_cannot_be_had_is_a_banner(desk: Desk) -> None:
    said = "ishowtts-desktop: It needs huggingface-hub. Install the extra f5."
    desk.scene.plays("before list", ["complain", said], ["end", 1])
    desk.show()
    desk.until(lambda: desk.says("It needs huggingface-hub. Install the extra f5."))
    desk.scene.plays("before list")
    desk.press("Try again")
    desk.until(lambda: desk.says("Not downloaded"))
    assert not desk.says("It needs huggingface-hub")


def test_the_folder_is_shown_or_named(desk: Desk, tmp_path: Path) -> None:
    desk.show()
    desk.press("Open folder")  # which doesn't exist yet: the one it will be in is shown
    assert desk.opened[-1].toLocalFile() == str(tmp_path)
    (tmp_path / "hub").mkdir()
    desk.opens = False
    desk.press("Open folder")
    assert desk.opened[-1].toLocalFile() == str(tmp_path / "hub")
    desk.until(lambda: desk.says("The folder could not be shown."))
    desk.press("Licence", desk.card())
    desk.press("The whole licence...")
    desk.until(lambda: desk.says("No browser answered."))
    assert desk.says("https://creativecommons.org")


def test_a_folder_can_be_chosen_by_hand(desk: Desk, tmp_path: Path) -> None:
    desk.show()
    desk.press("Choose a folder by hand...")
    dialog = desk.window.findChild(QFileDialog)
    assert dialog is not None
    # WHEN there is no model in it THEN that is told here, and what speaks goes on
    dialog.fileSelected.emit(str(tmp_path))
    assert desk.used == ""
    desk.until(lambda: desk.says("should have a model"))
    # WHEN there is one THEN it is used, and the window says so
    for name in ("model_1.safetensors", "vocab.txt", "vocos/pytorch_model.bin"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    dialog.fileSelected.emit(str(tmp_path))
    assert desk.used == str(tmp_path)
    desk.until(lambda: desk.says(f"In use: {tmp_path}"))
    assert not desk.says("should have a model")
    dialog.reject()


def test_what_another_process_says_is_shown_as_plain_text(desk: Desk) -> None:
    evil = "<b>bold</b>\u202eevil\n" + "x" * 5000
    desk.show(entry(MODEL, name=evil, description=evil, licence=evil, licence_text=evil))
    desk.press("Licence")
    desk.press("Back")
    for label in desk.window.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or not label.text()
        assert "\u202e" not in label.text()
        assert len(label.text()) < 1000
    assert desk.window.width() < 2000


def test_everything_that_takes_the_focus_has_a_name(desk: Desk) -> None:
    desk.show(entry(MODEL, "complete"), entry(OTHER, "partial"))
    names = []
    for widget in desk.window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            names.append(widget.accessibleName() or text)
    assert len(names) > 8
    assert all(names)
    assert "Verify: F5-TTS v1-base" in names


def test_the_language_and_the_models_change_while_it_is_open(
    desk: Desk, qapp: QApplication
) -> None:
    language = Language(qapp)
    desk.scene.plays(f"download {MODEL}", *REFUSED)
    desk.show(entry(MODEL, licence_accepted=True), entry(OTHER))
    desk.press("Download", desk.card())
    desk.until(lambda: desk.says("No network."))
    english = set(desk.buttons)
    try:
        language.install("zh_CN")
        desk.until(lambda: not english & set(desk.buttons))
        assert desk.says("未下载")
        desk.press("下载", desk.card(1))
        assert desk.says("许可证")
    finally:
        language.install("en")
    desk.until(lambda: "Not now" in desk.buttons)
    desk.press("Not now")
    # WHEN there are other models THEN those are shown
    desk.scene.lists(entry("third"))
    desk.jobs.list.refresh()
    desk.until(lambda: desk.says("F5-TTS third"))
    assert not desk.says("F5-TTS v1-base")


def test_the_place_of_the_window_is_kept(desk: Desk, qtbot: QtBot) -> None:
    desk.show()
    desk.window.resize(700, 500)
    again = ModelManager(
        desk.jobs, desk.commands, desk.feed, lambda: "", desk.window.geometry_text()
    )
    qtbot.addWidget(again)
    assert again.size() == desk.window.size()
    odd = ModelManager(desk.jobs, desk.commands, desk.feed, lambda: "", "nonsense ü")
    qtbot.addWidget(odd)
    odd.bring_to_front()
    assert odd.isVisible()
